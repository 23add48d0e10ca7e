"""What the families of holders of tokens share: `add`, `list`, `rotate` and `revoke`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from api.cli.common import print_json, read_settings
from api.cli.errors import CommandError

if TYPE_CHECKING:
    from api.access.audit import Audit
    from api.access.tokens import Holder, Tokens
    from api.settings import Settings
    from api.storage.database import Database

LONGEST_NAME = 100
LONGEST_GRACE_HOURS = 24 * 90


@dataclass(frozen=True)
class Family:
    """Holders of one kind. `noun` is how a Dutch sentence calls one, `help` what `--help` says."""

    command: str
    kind: str
    noun: str
    help: str


@dataclass(frozen=True)
class Store:
    """The opened database and what commands do with it."""

    settings: Settings
    database: Database
    tokens: Tokens
    audit: Audit


def add_family(commands: argparse._SubParsersAction, family: Family) -> argparse.ArgumentParser:
    """Offer the four commands of a family; the parser of `add`, which makes a holder, for more arguments."""
    actions = commands.add_parser(family.command, help=family.help).add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    add = actions.add_parser("add", help="make one and print its token, this once")
    add.add_argument("name", metavar="NAAM", type=name, help="how people know it")
    add.set_defaults(run=lambda arguments: run_add(family, arguments))

    listed = actions.add_parser("list", help="all of them, revoked ones too")
    listed.add_argument("--json", action="store_true", help="print a JSON list")
    listed.set_defaults(run=lambda arguments: run_list(family, arguments))

    rotate = actions.add_parser("rotate", help="make a new token and print it, this once")
    rotate.add_argument("id", metavar="ID")
    rotate.add_argument(
        "--grace", metavar="HOURS", type=hours, default=0, help="hours that the old token still works"
    )
    rotate.set_defaults(run=lambda arguments: run_rotate(family, arguments))

    revoke = actions.add_parser("revoke", help="let its tokens and sessions end at once, for good")
    revoke.add_argument("id", metavar="ID")
    revoke.set_defaults(run=lambda arguments: run_revoke(family, arguments))
    return add


def run_add(family: Family, arguments: argparse.Namespace) -> int:
    """Make a holder; `arguments` holds `name` and possibly `gemeente`."""
    municipality = official_municipality(getattr(arguments, "gemeente", None))
    with open_store() as store:
        holder, token = store.tokens.make(family.kind, arguments.name, municipality)
        store.audit.note(None, "token_gemaakt", holder.id)
    print(f"Toegevoegd: {family.noun} {holder.name} ({holder.id}).")
    print_token(token)
    return 0


def run_list(family: Family, arguments: argparse.Namespace) -> int:
    """Print every holder of the family, oldest first."""
    with open_store() as store:
        found = store.tokens.all(family.kind)
    if arguments.json:
        print_json([_as_json(holder) for holder in found])
    else:
        print("\n".join(map(_as_line, found)) or f"Er is nog geen {family.noun}.")
    return 0


def run_rotate(family: Family, arguments: argparse.Namespace) -> int:
    """Give a holder a new token; raises CommandError where there is none of that id."""
    with open_store() as store:
        holder = known(store, family, arguments.id)
        token = store.tokens.rotate(holder.id, timedelta(hours=arguments.grace))
        store.audit.note(None, "token_vervangen", holder.id)
    still = f"werkt nog {arguments.grace} uur" if arguments.grace else "werkt niet meer"
    print(f"Vervangen: het token van {holder.name} ({holder.id}). Het oude token {still}.")
    print_token(token)
    return 0


def run_revoke(family: Family, arguments: argparse.Namespace) -> int:
    """Revoke a holder; raises CommandError where there is none of that id."""
    with open_store() as store:
        holder = known(store, family, arguments.id)
        store.tokens.revoke(holder.id)
        store.audit.note(None, "token_ingetrokken", holder.id)
    print(f"Ingetrokken: {holder.name} ({holder.id}). Geen token of sessie werkt nog.")
    return 0


@contextmanager
def open_store() -> Iterator[Store]:
    """The database of the settings, closed afterwards; its errors become one line (CommandError)."""
    from sqlalchemy.exc import SQLAlchemyError

    from api.access.audit import Audit
    from api.access.tokens import Tokens
    from api.storage.database import Database

    settings = read_settings()
    database = Database(settings.store_address)
    try:
        yield Store(settings, database, Tokens(database), Audit(database, settings))
    except (SQLAlchemyError, OSError) as error:
        raise CommandError(
            f"de opslag is niet te gebruiken ({type(error).__name__}); controleer DATABASE_URL."
        ) from error
    finally:
        database.close()


def known(store: Store, family: Family, holder_id: str) -> Holder:
    """The holder of the family with that id; raises CommandError where there is none, or no longer."""
    holder = store.tokens.holder(holder_id)
    if holder is None or holder.kind != family.kind:
        raise CommandError(
            f"er is geen {family.noun} {holder_id!r} die nog werkt; '{family.command} list' toont ze alle."
        )
    return holder


def official_municipality(asked: str | None) -> str | None:
    """How the municipality spells itself, None for none; raises CommandError for an unknown one."""
    if asked is None:
        return None
    from api.site_contact import official_name

    found = official_name(asked)
    if found is None:
        raise CommandError(
            f"{asked!r} is geen gemeente; schrijf de naam zoals de gemeente hem zelf schrijft."
        )
    return found


def print_token(token: str) -> None:
    """The token on a line of its own, after one that says that it is shown this once."""
    print("Dit token wordt alleen nu getoond. Bewaar het op een veilige plek:")
    print(token)


def name(text: str) -> str:
    """Argument type: a name of at most LONGEST_NAME printable characters."""
    cleaned = re.sub(r"\s+", " ", text).strip()
    if not cleaned or len(cleaned) > LONGEST_NAME or not cleaned.isprintable():
        raise argparse.ArgumentTypeError(f"a name has 1 to {LONGEST_NAME} printable characters")
    return cleaned


def hours(text: str) -> int:
    """Argument type: a whole number of hours up to LONGEST_GRACE_HOURS."""
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or int(text) > LONGEST_GRACE_HOURS:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a whole number of hours up to {LONGEST_GRACE_HOURS}"
        )
    return int(text)


def _as_json(holder: Holder) -> dict:
    return {
        "id": holder.id,
        "naam": holder.name,
        "gemeente": holder.municipality,
        "gemaaktOp": holder.created_at.isoformat(timespec="seconds"),
        "ingetrokkenOp": holder.revoked_at.isoformat(timespec="seconds") if holder.revoked_at else None,
    }


def _as_line(holder: Holder) -> str:
    parts = [holder.id, holder.name, holder.municipality, f"sinds {_day(holder.created_at)}"]
    if holder.revoked_at:
        parts.append(f"ingetrokken op {_day(holder.revoked_at)}")
    return "  ".join(filter(None, parts))


def _day(moment: datetime) -> str:
    from sociale_kaart.freshness import in_words

    return in_words(moment.astimezone().date().isoformat())
