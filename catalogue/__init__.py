"""Initiatives, places and help lines. Knows nothing of Rasa or FastAPI."""
