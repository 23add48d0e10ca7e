"""`receivers`: who is told of events, and where."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from api.cli import holders
from api.cli.common import print_json
from api.cli.errors import CommandError
from api.delivery.events import EVENT_TYPES

if TYPE_CHECKING:
    from api.delivery.receivers import Receiver, Receivers

FAMILY = holders.Family("receivers", "ontvanger", "ontvanger", "systems that are told of events")

_STATES = {"closed": "werkt", "open": "rust even uit", "paused": "gestopt (410)", "revoked": "ingetrokken"}
"""The state of a receiver, as an operator reads it."""


def add_commands(commands: argparse._SubParsersAction) -> None:
    actions = commands.add_parser(FAMILY.command, help=FAMILY.help).add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    add = actions.add_parser("add", help="make one and print its token and signing secret, this once")
    add.add_argument("name", metavar="NAAM", type=holders.name, help="how people know it")
    add.add_argument("--url", metavar="U", required=True, help="https address that events are sent to")
    add.add_argument("--gemeente", metavar="G", help="the municipality of its events (default: all)")
    add.add_argument(
        "--events", metavar="A,B", type=_event_types, required=True, help=f"of {', '.join(EVENT_TYPES)}"
    )
    add.set_defaults(run=run_add)
    listed = actions.add_parser("list", help="all of them with their state, revoked ones too")
    listed.add_argument("--json", action="store_true", help="print a JSON list")
    listed.set_defaults(run=run_list)
    secret = actions.add_parser("rotate-secret", help="make a new signing secret and print it, this once")
    _id_and_grace(secret, "hours that events are signed with the old secret, too")
    secret.set_defaults(run=run_rotate_secret)
    token = actions.add_parser("rotate-token", help="make a new token and print it, this once")
    _id_and_grace(token, "hours that the old token still works")
    token.set_defaults(run=lambda arguments: holders.run_rotate(FAMILY, arguments))
    for command, help, run in (
        ("resume", "send to it again, after 410 Gone or while it rests", run_resume),
        ("revoke", "send it nothing more and end its tokens, for good", _run_revoke),
        ("test", "send it one test event now and say what it answers", run_test),
    ):
        action = actions.add_parser(command, help=help)
        action.add_argument("id", metavar="ID")
        action.set_defaults(run=run)


def run_add(arguments: argparse.Namespace) -> int:
    """Make a receiver; raises CommandError for an address that no events may go to."""
    from api.delivery.safe_address import AddressNotAllowed, check_url

    municipality = holders.official_municipality(arguments.gemeente)
    with _opened() as (store, receivers):
        try:
            check_url(arguments.url, store.settings.private_addresses)
        except AddressNotAllowed as error:
            raise CommandError(f"--url: {error}.") from error
        receiver, token, secret = receivers.add(arguments.name, arguments.url, arguments.events, municipality)
        store.audit.note(None, "token_gemaakt", receiver.id)
    print(f"Toegevoegd: ontvanger {receiver.name} ({receiver.id}).")
    holders.print_token(token)
    _print_secret(secret)
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """Print every receiver, oldest first."""
    with _opened() as (_, receivers):
        found = receivers.all()
    if arguments.json:
        print_json([_as_json(receiver) for receiver in found])
    else:
        print("\n".join(map(_as_line, found)) or "Er is nog geen ontvanger.")
    return 0


def run_rotate_secret(arguments: argparse.Namespace) -> int:
    """Give a receiver a new signing secret."""
    with _opened() as (store, receivers):
        holder = holders.known(store, FAMILY, arguments.id)
        secret = receivers.rotate_secret(holder.id, timedelta(hours=arguments.grace))
        store.audit.note(None, "token_vervangen", holder.id)
    still = f"ondertekent nog {arguments.grace} uur mee" if arguments.grace else "werkt niet meer"
    print(f"Vervangen: de sleutel van {holder.name} ({holder.id}). De oude sleutel {still}.")
    _print_secret(secret)
    return 0


def run_resume(arguments: argparse.Namespace) -> int:
    """Send to a receiver again."""
    with _opened() as (store, receivers):
        holder = holders.known(store, FAMILY, arguments.id)
        receivers.resume(holder.id)
    print(f"Hervat: {holder.name} ({holder.id}). Wat wachtte, gaat nu op weg.")
    return 0


def run_test(arguments: argparse.Namespace) -> int:
    """Send one test event past the outbox; exit code 0 when the receiver took it, else 1."""
    from api.delivery.trial import send_trial

    with _opened() as (store, receivers):
        holder = holders.known(store, FAMILY, arguments.id)
        receiver, secrets = receivers.get(holder.id), receivers.secrets(holder.id)
        outcome = asyncio.run(send_trial(receiver, secrets, store.settings))
    print(f"{receiver.url}: {outcome.status or outcome.error}")
    return 0 if outcome.is_delivered else 1


def _run_revoke(arguments: argparse.Namespace) -> int:
    return holders.run_revoke(FAMILY, arguments)


@contextmanager
def _opened() -> Iterator[tuple[holders.Store, Receivers]]:
    """The store with its receivers; without the key one line (CommandError)."""
    from api.delivery.receivers import Receivers
    from api.storage.seal import NoKey, Seal

    with holders.open_store() as store:
        try:
            yield store, Receivers(store.database, Seal(store.settings.store_keys))
        except NoKey as error:
            raise CommandError(
                "er is geen sleutel die past; maak er een met 'sociale-triage key' voor OPSLAG_SLEUTELS."
            ) from error


def _event_types(text: str) -> tuple[str, ...]:
    """Argument type: types of EVENT_TYPES with commas between them."""
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    if not set(found) <= set(EVENT_TYPES):
        raise argparse.ArgumentTypeError(f"events are {', '.join(EVENT_TYPES)}, with commas between them")
    return found


def _id_and_grace(action: argparse.ArgumentParser, grace: str) -> None:
    action.add_argument("id", metavar="ID")
    action.add_argument("--grace", metavar="HOURS", type=holders.hours, default=0, help=grace)


def _print_secret(secret: str) -> None:
    print("Met deze sleutel controleert de ontvanger de handtekening. Hij wordt alleen nu getoond:")
    print(secret)


def _as_json(receiver: Receiver) -> dict:
    return {
        "id": receiver.id,
        "naam": receiver.name,
        "gemeente": receiver.municipality,
        "url": receiver.url,
        "events": list(receiver.event_types),
        "stand": receiver.state,
        "mislukt": receiver.failures,
        "rustTot": receiver.open_until.isoformat(timespec="seconds") if receiver.open_until else None,
        "gemaaktOp": receiver.created_at.isoformat(timespec="seconds"),
    }


def _as_line(receiver: Receiver) -> str:
    where = receiver.municipality or "alle gemeenten"
    types = ",".join(receiver.event_types)
    return "  ".join((receiver.id, receiver.name, where, _STATES[receiver.state], receiver.url, types))
