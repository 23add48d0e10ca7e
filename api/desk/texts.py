"""The texts of the front desk that the server fills in: data/balie/kaart.yml and inloggen.yml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sociale_kaart.sentences import Sentences

_TEXTS = Path(__file__).parents[2] / "data" / "balie"
CARD_TEXTS = _TEXTS / "kaart.yml"


def say(name: str, /, **values: object) -> str:
    """The text called `name` (parts with dots between them), filled in. Raises KeyError for another name."""
    return Sentences.load(CARD_TEXTS).say(name, **values)


def all_texts(group: str) -> Mapping[str, str]:
    """The texts of one group of the file, by their own name."""
    texts = Sentences.load(CARD_TEXTS).all()
    return {
        name.removeprefix(f"{group}."): text for name, text in texts.items() if name.startswith(f"{group}.")
    }


def sign_in_failures() -> Mapping[str, str]:
    """What to say where signing in through a provider failed, by the code in the address of the page."""
    texts = Sentences.load(_TEXTS / "inloggen.yml").all()
    return {name.removeprefix("fouten."): text for name, text in texts.items()}
