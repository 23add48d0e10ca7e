"""The assistant: understands a message, decides, and holds the dialogue."""
