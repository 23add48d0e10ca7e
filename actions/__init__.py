"""Thin custom actions: read slots, call a function, utter a named response."""
