"""Telling other systems what happened: events, who receives them, and bringing them there for certain."""
