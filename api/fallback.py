"""The fixed answer for when the assistant fails or takes too long.

Text and numbers come from the reviewed data. What is written out here is the last net: a file that
cannot be read must not silence 112 and 113.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import yaml
from sociale_kaart.files import read_yaml
from sociale_kaart.helplines import load_helplines
from sociale_kaart.model import HelpLine

ANSWERS = Path(__file__).parents[1] / "data" / "answers" / "gevaar.yml"

_TEXT = (
    "Er gaat iets mis. Ik kan nu geen antwoord geven. Probeer het straks nog een keer.\n"
    "Is er nu gevaar of moet er direct een dokter komen? Bel 112.\n"
    "Denkt u aan zelfmoord? Bel gratis 113 of chat op 113.nl. Dat kan dag en nacht.\n"
    "Hebt u vandaag een dokter nodig? Bel uw eigen huisarts, of buiten kantooruren de huisartsenpost."
)

_CALLS = [
    {
        "naam": "Alarmnummer",
        "telefoon": "112",
        "url": "https://www.rijksoverheid.nl/onderwerpen/alarmnummer-112",
        "openingstijden": "24 uur per dag, 7 dagen per week",
        "wanneer": "Er is nu gevaar of er moet direct een dokter komen",
    },
    {
        "naam": "113 Zelfmoordpreventie",
        "telefoon": "113",
        "url": "https://www.113.nl",
        "openingstijden": "24 uur per dag, 7 dagen per week",
        "wanneer": "U denkt aan zelfmoord of maakt zich zorgen over iemand anders",
    },
]
"""Source: domain/noodnummers.csv, rows 112 and 113 (November 2026)."""


def fixed_text(path: Path = ANSWERS) -> str:
    """The reviewed text of the response `utter_storing`; a built-in text where that cannot be read.

    This is the last net, so it never raises.
    """
    try:
        variants = read_yaml(path)["responses"]["utter_storing"]
        text = next(item["text"] for item in variants if "condition" not in item)
        usable = "112" in text and "113" in text and "{" not in text
    except (OSError, yaml.YAMLError, LookupError, TypeError, StopIteration):
        usable = False
    return text.strip() if usable else _TEXT


def fixed_calls(data_dir: Path | None = None) -> list[dict]:
    """Bel objects of 112 and 113 as the catalogue's help lines have them; built-in ones where it has not.

    `data_dir`: another folder than the catalogue's own. This is the last net, so it never raises.
    """
    try:
        lines = load_helplines(data_dir)
        calls = [_call(lines[key]) for key in ("112", "113")]
        usable = [call["telefoon"] for call in calls] == ["112", "113"]
    except (OSError, csv.Error, LookupError, ValueError):
        usable = False
    return calls if usable else [dict(call) for call in _CALLS]


def _call(line: HelpLine) -> dict:
    return {
        "naam": line.name,
        "telefoon": line.phone,
        "url": line.url,
        "openingstijden": line.opening_hours,
        "wanneer": line.when,
    }


class Fallback:
    """The fixed answer in the forms that the contract knows."""

    def __init__(self, text: str, calls: list[dict]) -> None:
        self.text = text
        self.calls = calls

    def messages(self) -> list[dict]:
        """The answer to a message in a conversation, as Bericht objects."""
        message = {
            "van": "assistent",
            "tekst": self.text,
            "knoppen": [],
            "initiatieven": [],
            "bel": [dict(call) for call in self.calls],
        }
        return [message]


@cache
def fixed_answer() -> Fallback:
    """The fixed answer of this process, from the reviewed data as it is at the first call."""
    return Fallback(fixed_text(), fixed_calls())
