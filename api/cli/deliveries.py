"""`deliveries`: what came of the events, and dead letters sent again. Codes, ids and moments only."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from api.cli.common import positive, print_json
from api.cli.errors import CommandError
from api.cli.holders import open_store

if TYPE_CHECKING:
    from api.delivery.ledger import Line

_STATUSES = {"waiting": "wacht", "delivered": "bezorgd", "dead": "opgegeven"}
"""The status of a delivery, as an operator reads it."""


def add_commands(commands: argparse._SubParsersAction) -> None:
    actions = commands.add_parser(
        "deliveries", help="events on their way, delivered and given up"
    ).add_subparsers(title="commands", metavar="COMMAND", required=True)
    listed = actions.add_parser("list", help="one line for each event and receiver")
    listed.add_argument("--dead", action="store_true", help="only dead letters")
    listed.add_argument("--json", action="store_true", help="print a JSON list")
    listed.set_defaults(run=run_list)
    resend = actions.add_parser("resend", help="send again: one, or every dead letter")
    which = resend.add_mutually_exclusive_group(required=True)
    which.add_argument("id", metavar="ID", nargs="?", type=positive)
    which.add_argument("--all-dead", action="store_true")
    resend.set_defaults(run=run_resend)


def run_list(arguments: argparse.Namespace) -> int:
    """Print the deliveries in the order of publishing."""
    from api.delivery.ledger import Ledger
    from api.delivery.outbox import DEAD

    with open_store() as store:
        lines = Ledger(store.database).lines(DEAD if arguments.dead else None)
    if arguments.json:
        print_json([_as_json(line) for line in lines])
    else:
        print("\n".join(map(_as_text, lines)) or "Er is niets.")
    return 0


def run_resend(arguments: argparse.Namespace) -> int:
    """Send one or all dead letters again; raises CommandError where there is no such delivery."""
    from api.delivery.ledger import Ledger

    with open_store() as store:
        ledger = Ledger(store.database)
        if arguments.all_dead:
            print(f"Opnieuw op weg: {ledger.resend_dead()}.")
        elif ledger.resend(arguments.id):
            print(f"Opnieuw op weg: {arguments.id}.")
        else:
            raise CommandError(f"er is geen bezorging {arguments.id}; 'deliveries list' toont ze alle.")
    return 0


def _as_json(line: Line) -> dict:
    return {
        "id": line.id,
        "event": line.event_id,
        "type": line.event_type,
        "onderwerp": line.subject,
        "tijd": line.time.isoformat(timespec="seconds"),
        "ontvanger": line.receiver_id,
        "stand": line.status,
        "pogingen": line.attempts,
        "volgendePoging": line.next_at.isoformat(timespec="seconds") if line.status == "waiting" else None,
        "laatstePoging": line.last_at.isoformat(timespec="seconds") if line.last_at else None,
        "laatsteStatus": line.last_status,
        "laatsteFout": line.last_error,
    }


def _as_text(line: Line) -> str:
    last = str(line.last_status or line.last_error or "-")
    moment = line.time.astimezone().isoformat(sep=" ", timespec="seconds")[:19]
    parts = (str(line.id), moment, line.event_type, line.subject, line.receiver_id)
    return "  ".join((*parts, _STATUSES[line.status], f"{line.attempts}x", last))
