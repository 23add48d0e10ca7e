"""Half an hour of mixed traffic with faults."""

from __future__ import annotations

from api.cli.soak.command import add_commands

__all__ = ["add_commands"]
