"""`key`: a new key for encryption at rest."""

from __future__ import annotations

import argparse


def add_commands(commands: argparse._SubParsersAction) -> None:
    key = commands.add_parser(
        "key", help="print a new key for OPSLAG_SLEUTELS (put it in front of the others)"
    )
    key.set_defaults(run=run_key)


def run_key(arguments: argparse.Namespace) -> int:
    """Print one key and nothing else, for use in scripts."""
    from api.storage.seal import new_key

    print(new_key())
    return 0
