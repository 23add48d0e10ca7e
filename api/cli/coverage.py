"""`catalogue coverage`: what the catalogue holds per province, route and kind, written to docs/."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.common import read_settings, readable_errors

if TYPE_CHECKING:
    from sociale_kaart.store import Catalogue

PAGE = Path("dekking.md")
MAP = Path("images") / "dekking.svg"


def add_commands(actions: argparse._SubParsersAction) -> None:
    coverage = actions.add_parser(
        "coverage", help="what there is per province, route and kind: writes a page and a map in docs/"
    )
    coverage.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the page and the map, and print where they are."""
    from sociale_kaart.files import REPOSITORY
    from sociale_kaart.store import open_catalogue

    with readable_errors():
        catalogue = open_catalogue(database=read_settings().catalogue_file)
    for path in write_coverage(catalogue, REPOSITORY / "docs"):
        print(f"Geschreven: {path}")
    return 0


def write_coverage(catalogue: Catalogue, folder: Path) -> list[Path]:
    """Write PAGE and MAP below `folder`, both or neither; gives their paths. Raises OSError."""
    from sociale_kaart.coverage import measure_coverage
    from sociale_kaart.coverage_map import draw_map, on_map
    from sociale_kaart.coverage_page import coverage_page
    from sociale_kaart.files import write_files

    initiatives, kinds, places = catalogue.all(), catalogue.kinds, catalogue.gazetteer.places
    coverage = measure_coverage(initiatives, kinds, catalogue.routes, places)
    contents = {
        folder / PAGE: coverage_page(coverage, kinds, catalogue.routes, len(on_map(initiatives))),
        folder / MAP: draw_map(initiatives, kinds, places, coverage),
    }
    write_files(contents)
    return list(contents)
