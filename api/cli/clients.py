"""`clients`: which programs may talk to the webhooks."""

from __future__ import annotations

import argparse

from api.cli.holders import Family, add_family

FAMILY = Family("clients", "koppeling", "koppeling", "programs that may talk to the webhooks")


def add_commands(commands: argparse._SubParsersAction) -> None:
    add = add_family(commands, FAMILY)
    add.add_argument("--gemeente", metavar="G", help="the municipality it works for (default: several)")
