"""Initiatives, places and help lines (the Dutch 'sociale kaart'). Knows nothing of Rasa or FastAPI.

The folder `catalogue/` itself is no Python package: spaCy needs the PyPI package of that name.
"""
