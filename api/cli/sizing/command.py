"""`sizing`: docs/sizing.md from the published run of `bench` and the assumptions."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sociale_kaart.files import read_yaml

from api.cli.sizing.assumptions import Basis
from api.cli.sizing.page import page

ROOT = Path(__file__).parents[3]
ASSUMPTIONS = ROOT / "data" / "sizing" / "assumptions.yml"
RUN = ROOT / "docs" / "bench.json"
PAGE = ROOT / "docs" / "sizing.md"


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add `sizing` to the command line."""
    sizing = commands.add_parser(
        "sizing",
        help="what a municipality, a city and the country need; writes docs/sizing.md",
        description="Takes the figures of docs/bench.json and the assumptions of "
        "data/sizing/assumptions.yml. Measures nothing.",
    )
    sizing.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the page and print where it is."""
    from sociale_kaart.files import write_files

    write_files({PAGE: page(published())})
    print(PAGE)
    return 0


def published() -> Basis:
    """The assumptions and the run that the page is made from."""
    return Basis(
        read_yaml(ASSUMPTIONS),
        json.loads(RUN.read_text(encoding="utf-8")),
    )
