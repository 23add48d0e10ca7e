"""The fixed answer for when the assistant fails or takes too long."""

from __future__ import annotations

from pathlib import Path

import yaml

ANSWERS = Path(__file__).parents[1] / "data" / "answers" / "gevaar.yml"

_TEXT = (
    "Er gaat iets mis. Ik kan nu geen antwoord geven. Probeer het straks nog een keer.\n"
    "Is er nu gevaar of moet er direct een dokter komen? Bel 112.\n"
    "Denkt u aan zelfmoord? Bel gratis 113 of chat op 113.nl. Dat kan dag en nacht.\n"
    "Hebt u vandaag een dokter nodig? Bel uw eigen huisarts, of buiten kantooruren de huisartsenpost."
)

_CALL = [
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
        variants = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]["utter_storing"]
        text = next(item["text"] for item in variants if "condition" not in item)
        usable = "112" in text and "113" in text and "{" not in text
    except (OSError, yaml.YAMLError, LookupError, TypeError, StopIteration):
        usable = False
    return text.strip() if usable else _TEXT


class Fallback:
    """The fixed answer in the forms that the contract knows."""

    def __init__(self, text: str) -> None:
        self.text = text

    def turn(self) -> dict:
        """The answer to a message in a conversation."""
        message = {
            "van": "assistent",
            "tekst": self.text,
            "knoppen": [],
            "initiatieven": [],
            "bel": [dict(line) for line in _CALL],
        }
        return {"berichten": [message], "triage": None}

    def rest(self, sender: str) -> list[dict]:
        """The answer in the form of Rasa's REST channel."""
        return [
            {"recipient_id": sender, "text": self.text, "custom": {"bel": [dict(line) for line in _CALL]}}
        ]
