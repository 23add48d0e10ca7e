"""The texts of the card, from data/balie/kaart.yml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sociale_kaart.sentences import Sentences

CARD_TEXTS = Path(__file__).parents[2] / "data" / "balie" / "kaart.yml"


def say(name: str, /, **values: object) -> str:
    """The text called `name` (parts with dots between them), filled in. Raises KeyError for another name."""
    return Sentences.load(CARD_TEXTS).say(name, **values)


def heading(outcome: str, certain: bool) -> str:
    """The heading of the card; it says doubt where the model saw danger and no rule did."""
    return say(f"koppen.{outcome}" if certain else f"koppen_twijfel.{outcome}")


def all_texts(group: str) -> Mapping[str, str]:
    """The texts of one group of the file, by their own name."""
    texts = Sentences.load(CARD_TEXTS).all()
    return {
        name.removeprefix(f"{group}."): text for name, text in texts.items() if name.startswith(f"{group}.")
    }
