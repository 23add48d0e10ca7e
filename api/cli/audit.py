"""`audit`: who did what at the front desk, and with its tokens."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from api.cli.common import print_json
from api.cli.errors import CommandError
from api.cli.holders import open_store

if TYPE_CHECKING:
    from api.access.audit import Line


def add_commands(commands: argparse._SubParsersAction) -> None:
    audit = commands.add_parser("audit", help="who did what at the front desk: codes and ids (docs/audit.md)")
    audit.add_argument("--since", metavar="DATE", help="only lines of this day and later, as 2026-11-22")
    audit.add_argument("--practice", metavar="ID", help="only lines of or about this practice")
    audit.add_argument("--json", action="store_true", help="print a JSON list")
    audit.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the lines, oldest first; raises CommandError for a wrong day."""
    since = _day(arguments.since) if arguments.since else None
    with open_store() as store:
        lines = store.audit.lines(since, arguments.practice)
        names = {holder.id: holder.name for holder in store.tokens.all()}
    if arguments.json:
        print_json([_as_json(line, names) for line in lines])
    else:
        print("\n".join(_as_text(line, names) for line in lines) or "Er zijn geen regels.")
    return 0


def _day(text: str) -> datetime:
    """The start of a day here."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").astimezone()
    except ValueError as error:
        raise CommandError(f"'{text}' is geen dag; schrijf de dag als 2026-11-22.") from error


def _as_json(line: Line, names: dict[str, str]) -> dict:
    return {
        "moment": line.moment.isoformat(timespec="seconds"),
        "wie": line.holder_id,
        "soort": line.holder_kind,
        "naam": names.get(line.holder_id or ""),
        "handeling": line.action,
        "onderwerp": line.subject,
    }


def _as_text(line: Line, names: dict[str, str]) -> str:
    moment = line.moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    who = f"{names.get(line.holder_id, '')} ({line.holder_id})".strip() if line.holder_id else "-"
    return "  ".join(filter(None, [moment, line.action, who, line.subject]))
