"""From a search text to what is meant: words, names, route, place, audience. No rasa, no fastapi."""
