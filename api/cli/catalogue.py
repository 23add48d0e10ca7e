"""`catalogue`: search the initiatives, check them, and take them in and out in bulk."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli import coverage, reports
from api.cli.common import positive, print_json, read_settings, readable_errors
from api.cli.errors import CommandError

if TYPE_CHECKING:
    from sociale_kaart.files import Row

MANY_ROWS = 1000
"""From more rows on an import shows how far it is."""


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
    check.add_argument("--waarschuwingen", action="store_true", help="also what is no fault but worth a look")
    check.add_argument("--encoding", metavar="E", help="encoding of a file that is not UTF-8, such as cp1252")
    check.set_defaults(run=run_check)

    import_ = actions.add_parser("import", help="merge a CSV or HSDS (JSON) file; nothing of yours is lost")
    import_.add_argument("file", metavar="FILE", type=Path)
    import_.add_argument("--source", metavar="NAME", required=True, help="who delivered the file")
    import_.add_argument("--dry-run", action="store_true", help="only say what would change")
    import_.add_argument("--soort", metavar="CODE", default="", help="the kind of rows that name none")
    import_.add_argument(
        "--encoding", metavar="E", help="encoding of a file that is not UTF-8, such as cp1252"
    )
    import_.set_defaults(run=run_import)

    export = actions.add_parser("export", help="all initiatives, to print or to a file")
    export.add_argument("--format", choices=("csv", "hsds"), required=True, help="hsds: Open Referral JSON")
    export.add_argument("--output", metavar="FILE", type=Path, help="write a file instead of printing")
    export.set_defaults(run=run_export)

    diff = actions.add_parser("diff", help="what differs between two catalogues, or from the program's own")
    diff.add_argument("old", metavar="OLD", type=Path, help="a CSV or HSDS file or a folder of data")
    diff.add_argument("new", metavar="NEW", type=Path, nargs="?", help="without it OLD is the new one")
    diff.add_argument("--json", action="store_true", help="print one object for other programs")
    diff.set_defaults(run=run_diff)

    reports.add_commands(actions)
    coverage.add_commands(actions)


def run_search(arguments: argparse.Namespace) -> int:
    """Print what was found, best first; raises CommandError for a kind that does not exist."""
    from sociale_kaart.present import as_text
    from sociale_kaart.store import open_catalogue

    from actions.context import build_context, municipality_of
    from bot.search_door import find_initiatives, found_json

    settings = read_settings()
    with readable_errors():
        catalogue = open_catalogue(database=settings.catalogue_file)
    known = {*catalogue.kinds, *catalogue.routes}
    if arguments.soort and arguments.soort not in known:
        raise CommandError(
            f"'{arguments.soort}' is geen soort of route; kies uit: {', '.join(sorted(known))}"
        )
    context = build_context(catalogue, municipality_of(settings))
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
    """Print one Dutch line per fault, and how many warnings; 1 when there are faults."""
    from sociale_kaart.check import examine_catalogue, examine_file

    path = arguments.path
    if path and not path.exists():
        raise CommandError(f"er is geen bestand of map {path}")
    file = path and path.is_file()
    found = examine_file(path, arguments.encoding) if file else examine_catalogue(path)
    for fault in found.faults:
        print(fault)
    if arguments.waarschuwingen:
        for warning in found.warnings:
            print(f"waarschuwing: {warning}")
    if not found.faults:
        print("Geen fouten gevonden.")
    if found.warnings:
        hint = "" if arguments.waarschuwingen else " U ziet ze met --waarschuwingen."
        print(f"Waarschuwingen: {len(found.warnings)}.{hint}", file=sys.stderr)
    return 1 if found.faults else 0


def run_import(arguments: argparse.Namespace) -> int:
    """Merge the file, or say what would change; 1 when it holds faults (nothing is written then)."""
    from sociale_kaart.faults import why_not
    from sociale_kaart.interchange import import_file

    try:
        report = import_file(
            arguments.file,
            arguments.source,
            dry_run=arguments.dry_run,
            encoding=arguments.encoding,
            kind=arguments.soort,
            progress=_with_bar,
        )
    except OSError as error:
        raise CommandError(f"er is niets overgenomen: schrijven lukt niet ({why_not(error)}).") from error
    print("\n".join(report.lines()))
    return 1 if report.faults else 0


def run_export(arguments: argparse.Namespace) -> int:
    """The whole catalogue as CSV (what `import` reads) or as Open Referral HSDS (JSON)."""
    from sociale_kaart.check import check_catalogue
    from sociale_kaart.compile import InvalidCatalogue
    from sociale_kaart.faults import why_not
    from sociale_kaart.files import write_files
    from sociale_kaart.hsds import export_hsds
    from sociale_kaart.interchange import export_csv
    from sociale_kaart.tables import UnreadableFile

    if arguments.format == "csv":
        try:
            text = export_csv()
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
    else:
        with readable_errors():
            faults = check_catalogue()
            if faults:
                raise InvalidCatalogue(faults)
        text = json.dumps(export_hsds(), ensure_ascii=False, indent=2) + "\n"
    if arguments.output:
        try:
            write_files({arguments.output: text})
        except OSError as error:
            raise CommandError(f"{arguments.output} is niet te schrijven ({why_not(error)}).") from error
    else:
        sys.stdout.write(text)
    return 0


def run_diff(arguments: argparse.Namespace) -> int:
    """Say what is new, gone and changed; raises CommandError for what cannot be read."""
    from sociale_kaart.diff import differences, rows_at
    from sociale_kaart.tables import UnreadableFile

    old, new = (arguments.old, arguments.new) if arguments.new else (None, arguments.old)
    try:
        found = differences(rows_at(old), rows_at(new))
    except UnreadableFile as error:
        raise CommandError(str(error)) from error
    if arguments.json:
        print_json(found.as_json())
    else:
        print("\n".join(found.lines()))
    return 0


def _with_bar(rows: Iterable[Row]) -> Iterable[Row]:
    """The rows, with a progress bar on a terminal where they are many."""
    from tqdm import tqdm

    listed = list(rows)
    few = len(listed) <= MANY_ROWS
    return tqdm(listed, desc="controleren", unit=" rijen", disable=few or not sys.stderr.isatty())
