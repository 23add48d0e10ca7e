"""`catalogue meldingen`: what readers reported as wrong, for the editor."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import yaml
from sociale_kaart.faults import why_not
from sociale_kaart.freshness import in_words
from sociale_kaart.reports import REASONS, Report, Reports

from api.cli.common import print_json, read_settings
from api.cli.errors import CommandError

if TYPE_CHECKING:
    from sociale_kaart.files import Row


def add_commands(actions: argparse._SubParsersAction) -> None:
    reports = actions.add_parser("meldingen", help="entries that readers reported as wrong")
    reports.add_argument("--sinds", metavar="DATE", help="only reports of this day and later, as 2026-11-22")
    reports.add_argument("--json", action="store_true", help="print all reports, also handled ones")
    reports.add_argument("--afgehandeld", metavar="ID", help="mark the report with this id as handled")
    reports.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """List the reports, or mark one as handled; raises CommandError for a wrong day, id or file."""
    reports = Reports(read_settings().reports_file)
    try:
        if arguments.afgehandeld:
            return _handle(reports, arguments.afgehandeld)
        found = _since(reports.all(), arguments.sinds)
    except OSError as error:
        raise CommandError(f"{reports.path} is niet te lezen of te schrijven ({why_not(error)}).") from error
    entries = _by_entry(found if arguments.json else [one for one in found if not one.handled])
    rows = _rows_by_id() if entries else {}
    if arguments.json:
        print_json([_entry_json(one, reports, rows.get(one, ())) for one, reports in entries.items()])
        return 0
    handled = sum(1 for one in found if one.handled)
    blocks = [_entry_text(one, reports, rows.get(one, ())) for one, reports in entries.items()]
    print("\n\n".join([*blocks, _closing(entries, handled)]))
    return 0


def _rows_by_id() -> dict[str, list[Row]]:
    try:
        return rows_by_id()
    except (OSError, ValueError, KeyError, AttributeError, csv.Error, yaml.YAMLError) as error:
        raise CommandError("de lijsten zijn niet te lezen; draai eerst 'catalogue check'.") from error


def rows_by_id() -> dict[str, list[Row]]:
    """Where each entry stands: the rows of the lists, then those of municipalities."""
    from sociale_kaart.files import read_initiatives
    from sociale_kaart.municipality import load_municipalities

    found: dict[str, list[Row]] = {}
    own = (row for one in load_municipalities() for row in one.own_rows)
    for row in (*read_initiatives(), *own):
        found.setdefault(row["id"], []).append(row)
    return found


def _handle(reports: Reports, report_id: str) -> int:
    if not reports.handle(report_id):
        raise CommandError(f"er is geen melding {report_id}; 'catalogue meldingen' toont de nummers.")
    print(f"Melding {report_id} is afgehandeld.")
    return 0


def _since(reports: Iterable[Report], day: str | None) -> list[Report]:
    if not day:
        return list(reports)
    try:
        first = date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise CommandError(f"'{day}' is geen dag; schrijf de dag als 2026-11-22.") from error
    return [report for report in reports if report.hour[:10] >= first]


def _by_entry(reports: Iterable[Report]) -> dict[str, list[Report]]:
    grouped: dict[str, list[Report]] = {}
    for report in reports:
        grouped.setdefault(report.initiative_id, []).append(report)
    return grouped


def _entry_json(initiative_id: str, reports: Sequence[Report], rows: Sequence[Row]) -> dict:
    return {
        "initiatief": initiative_id,
        "naam": _name(rows),
        "rijen": [{"bestand": row.file, "rij": row.number} for row in rows],
        "meldingen": [
            {
                "meldingId": report.id,
                "wat": report.reason,
                "toelichting": report.note,
                "kanaal": report.channel,
                "tijd": report.hour,
                "afgehandeld": report.handled,
            }
            for report in reports
        ],
    }


def _entry_text(initiative_id: str, reports: Sequence[Report], rows: Sequence[Row]) -> str:
    if rows:
        where = "; ".join(f"{row.file} rij {row.number}" for row in rows)
        heading = f"{_name(rows)} ({initiative_id})\n  {where}"
    else:
        heading = f"{initiative_id}: staat niet meer in de lijsten"
    return "\n".join([heading, *(_report_text(report) for report in reports)])


def _report_text(report: Report) -> str:
    """One report: number, day, reason, channel, and the note on a line of its own."""
    reason = REASONS.get(report.reason, report.reason)
    line = f"  {report.id}  {in_words(report.hour[:10])}  {reason} ({report.channel or '-'})"
    note = " ".join((report.note or "").split())
    return f'{line}\n    "{note}"' if note else line


def _name(rows: Sequence[Row]) -> str | None:
    return next((row["naam"] for row in rows if row["naam"]), None)


def _closing(entries: Mapping[str, list[Report]], handled: int) -> str:
    done = f" Afgehandeld: {handled}." if handled else ""
    if not entries:
        return f"Er zijn geen open meldingen.{done}"
    count = sum(len(reports) for reports in entries.values())
    how = "Klaar met een melding? sociale-triage catalogue meldingen --afgehandeld NUMMER"
    return f"Open meldingen: {count}.{done} {how}"
