"""`practices`: who may sign in at the front desk."""

from __future__ import annotations

import argparse

from api.cli.holders import Family, add_family

FAMILY = Family("practices", "praktijk", "praktijk", "GP practices that may sign in at the front desk")


def add_commands(commands: argparse._SubParsersAction) -> None:
    add = add_family(commands, FAMILY)
    add.add_argument("--gemeente", metavar="G", required=True, help="the municipality it is in")
