"""`referrals`: upkeep of the referrals that are kept."""

from __future__ import annotations

import argparse

from api.cli.errors import CommandError
from api.cli.holders import open_store


def add_commands(commands: argparse._SubParsersAction) -> None:
    family = commands.add_parser("referrals", help="upkeep of the referrals that are kept")
    actions = family.add_subparsers(title="commands", metavar="COMMAND", required=True)
    reseal = actions.add_parser(
        "reseal", help="encrypt all again with the first of OPSLAG_SLEUTELS, so that the others can go"
    )
    reseal.set_defaults(run=run_reseal)


def run_reseal(arguments: argparse.Namespace) -> int:
    """Seal every referral under the first key; raises CommandError where a key is missing."""
    from api.referral.retention import reseal
    from api.storage.seal import NoKey, Seal

    with open_store() as store:
        try:
            number = reseal(store.database, Seal(store.settings.store_keys))
        except NoKey:
            raise CommandError(
                "niet elke aanmelding past bij een sleutel; zet de oude sleutel achter de nieuwe in "
                "OPSLAG_SLEUTELS. Er is niets veranderd."
            ) from None
    print(f"Opnieuw versleuteld met de eerste sleutel: {number} aanmeldingen.")
    return 0
