"""`evaluate-search`: how the catalogue's search reads a list of queries, in totals by group."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.cli.common import existing_file, print_json, read_settings, readable_errors
from api.cli.errors import CommandError
from bot.markdown import table

EXAM = Path(__file__).parents[2] / "data" / "exam" / "zoekvragen.jsonl"
COLUMNS = ("route", "place", "place_named", "organisation")


def add_commands(commands: argparse._SubParsersAction) -> None:
    evaluate = commands.add_parser(
        "evaluate-search",
        help="score how the catalogue's search reads queries (default: our own exam)",
        description="Prints, by group of queries, how many were read right: route, place or municipality, "
        "the same of those that name a place, and the organisation of those that mean one. Never a single "
        "query. Format: data/exam/README.md.",
    )
    evaluate.add_argument("file", metavar="FILE", nargs="?", type=existing_file, default=EXAM)
    evaluate.add_argument("--json", action="store_true", help="print one object instead of a table")
    evaluate.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the scores; raises CommandError where the file cannot be read."""
    from sociale_kaart.search_exam import load_queries, score_queries
    from sociale_kaart.store import open_catalogue

    with readable_errors():
        catalogue = open_catalogue(database=read_settings().catalogue_file)
    try:
        scores = score_queries(catalogue, load_queries(arguments.file))
    except (OSError, ValueError, KeyError) as error:
        raise CommandError(f"{arguments.file} holds no search queries; see data/exam/README.md") from error
    if arguments.json:
        print_json(
            {
                group or "alle": {name: vars(getattr(score, name)) for name in COLUMNS}
                for group, score in scores.items()
            }
        )
        return 0
    rows = [
        [group or "alle", *(_shown(getattr(score, name)) for name in COLUMNS)]
        for group, score in sorted(scores.items())
    ]
    print(table(["group", "route", "place", "place named", "organisation"], rows))
    return 0


def _shown(share) -> str:
    return f"{share.right}/{share.of} = {share.share:.1%}" if share.of else "-"
