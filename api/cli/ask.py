"""`ask`: one message, one answer."""

from __future__ import annotations

import argparse

from actions.sentences import say
from api.cli.common import open_assessor, print_json, read_settings, readable_errors
from api.cli.errors import CommandError

CHANNELS = ("bewoner", "balie")


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add `ask` to the command line."""
    ask = commands.add_parser("ask", help="one message, one answer")
    ask.add_argument("tekst", metavar="TEKST", help="what someone types, in Dutch")
    ask.add_argument("--plaats", metavar="P", help="place or municipality, beside what the message says")
    ask.add_argument(
        "--kanaal", choices=CHANNELS, default="bewoner", help="resident or front desk (default: bewoner)"
    )
    ask.add_argument("--json", action="store_true", help="print the Triage object of the contract")
    ask.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Answer one message; raises CommandError when there is nothing to answer."""
    from api.text import clean

    text = clean(arguments.tekst)
    most = read_settings().max_message_characters
    if not 0 < len(text) <= most:
        raise CommandError(f"geef een tekst van 1 tot {most} tekens.")
    assessor = open_assessor()
    with readable_errors():
        triage = assessor.triage(text, place=arguments.plaats, channel=arguments.kanaal)
    if arguments.json:
        print_json(triage)
    else:
        print(in_words(triage))
    return 0


def in_words(triage: dict) -> str:
    """The Triage object for a reader: what it is, the answer, and what the answer does not name yet."""
    answer = triage["antwoord"]
    blocks = [say(f"uitkomst.{triage['uitkomst']}"), answer]
    blocks += [_initiative(one) for one in triage["initiatieven"] if one["naam"] not in answer]
    numbers = [_number(line) for line in triage["bel"] if (line["telefoon"] or line["naam"]) not in answer]
    if numbers:
        blocks.append("\n".join([say("bellen"), *numbers]))
    return "\n\n".join(block for block in blocks if block)


def _initiative(initiative: dict) -> str:
    where = initiative["adres"] or initiative["plaats"]
    contact = [initiative[field] for field in ("telefoon", "email", "website") if initiative[field]]
    return "\n  ".join([f"- {initiative['naam']} ({where})", initiative["waarom"], *contact])


def _number(line: dict) -> str:
    parts = [line["telefoon"] or line["url"], line["openingstijden"]]
    return f"- {line['naam']}: {', '.join(part for part in parts if part) or say('nummer_onbekend')}"
