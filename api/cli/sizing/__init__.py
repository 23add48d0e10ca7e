"""`sizing`: from the measured figures of `bench` to what a municipality, a city and the country need."""

from api.cli.sizing.command import add_commands

__all__ = ["add_commands"]
