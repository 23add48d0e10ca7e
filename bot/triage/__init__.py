"""What a message means: the pure core. Imports neither rasa nor fastapi."""
