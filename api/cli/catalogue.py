"""`catalogue`: search the initiatives, check them, and take them in and out in bulk."""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from api.cli.common import existing_file, positive, print_json, read_settings, readable_errors
from api.cli.errors import CommandError


def add_commands(commands: argparse._SubParsersAction) -> None:
    family = commands.add_parser("catalogue", help="search, check, import and export the initiatives")
    actions = family.add_subparsers(title="commands", metavar="COMMAND", required=True)

    search = actions.add_parser("search", help="the same search that the assistant uses")
    search.add_argument("zoek", metavar="ZOEK", help="what to look for: a kind of help, a name, a place")
    search.add_argument("--plaats", metavar="P", help="place, where the search text names none")
    search.add_argument("--soort", metavar="S", help="only this kind, or the kinds of this route")
    search.add_argument("--limit", metavar="N", type=positive, default=10, help="at most N (default: 10)")
    search.add_argument("--json", action="store_true", help="print what was understood and found")
    search.set_defaults(run=run_search)

    check = actions.add_parser("check", help="validate the catalogue; exit 1 and a line per fault")
    check.add_argument("path", metavar="PATH", nargs="?", type=Path, help="a CSV file or a folder of data")
    check.set_defaults(run=run_check)

    import_ = actions.add_parser("import", help="merge a CSV file of initiatives; nothing is lost")
    import_.add_argument("file", metavar="FILE", type=existing_file)
    import_.add_argument("--source", metavar="NAME", required=True, help="who delivered the file")
    import_.add_argument("--dry-run", action="store_true", help="only say what would change")
    import_.set_defaults(run=run_import)

    export = actions.add_parser("export", help="print all initiatives")
    export.add_argument("--format", choices=("csv", "hsds"), required=True, help="hsds: Open Referral JSON")
    export.set_defaults(run=run_export)


def run_search(arguments: argparse.Namespace) -> int:
    """Print what was found, best first; raises CommandError for a kind that does not exist."""
    from sociale_kaart.present import as_text
    from sociale_kaart.store import open_catalogue

    from actions.context import build_context
    from bot.search_door import find_initiatives, found_json

    with readable_errors():
        catalogue = open_catalogue(database=read_settings().catalogue_file)
    known = {*catalogue.kinds, *catalogue.routes}
    if arguments.soort and arguments.soort not in known:
        raise CommandError(
            f"'{arguments.soort}' is geen soort of route; kies uit: {', '.join(sorted(known))}"
        )
    context = build_context(catalogue)
    found = find_initiatives(context, arguments.zoek, arguments.plaats, arguments.soort, arguments.limit)
    content = found_json(found, context)
    if arguments.json:
        print_json(content)
        return 0
    if found.warning:
        print(f"{found.warning['antwoord']}\n")
    understood = {name: value for name, value in content["begrepen"].items() if value}
    print(
        "Begrepen: " + (", ".join(f"{name} {value}" for name, value in understood.items()) or "niets herkend")
    )
    shown = "".join(f"\n{as_text(result)}\n" for result in found.answer.results)
    print(context.numbers.checked(shown) or "Niets gevonden.")
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Print one Dutch line per fault; 1 when there are any."""
    from sociale_kaart.check import check_catalogue, check_file

    path = arguments.path
    if path and not path.exists():
        raise CommandError(f"er is geen bestand of map {path}")
    faults = check_file(path) if path and path.is_file() else check_catalogue(path)
    for fault in faults:
        print(fault)
    if not faults:
        print("Geen fouten gevonden.")
    return 1 if faults else 0


def run_import(arguments: argparse.Namespace) -> int:
    """Merge the file, or say what would change; 1 when its rows hold faults (nothing is written then)."""
    from sociale_kaart.interchange import import_csv

    try:
        report = import_csv(arguments.file, arguments.source, dry_run=arguments.dry_run)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(
            f"{arguments.file} is niet te lezen; sla het op als CSV met tekenset UTF-8."
        ) from error
    print("\n".join(report.lines()))
    return 1 if report.faults else 0


def run_export(arguments: argparse.Namespace) -> int:
    """Print the whole catalogue as CSV (what `import` reads) or as Open Referral HSDS (JSON)."""
    if arguments.format == "csv":
        from sociale_kaart.interchange import export_csv

        sys.stdout.write(export_csv())
        return 0
    from sociale_kaart.hsds import export_hsds
    from sociale_kaart.store import open_catalogue

    with readable_errors():
        print_json(export_hsds(open_catalogue(database=read_settings().catalogue_file)))
    return 0
