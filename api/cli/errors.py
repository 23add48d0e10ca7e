"""What ends a command with one clear line."""

from __future__ import annotations


class CommandError(Exception):
    """The command cannot be carried out; the message says what is wrong and what to do next."""
