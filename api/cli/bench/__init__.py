"""`bench`: this program beside stock Rasa with the same model and actions, on one machine in one run."""

from api.cli.bench.command import add_commands
from api.cli.bench.texts import TALK

__all__ = ["TALK", "add_commands"]
