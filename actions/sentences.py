"""What the assistant puts together itself: the sentences of data/answers/zinnen.yml, filled in."""

from __future__ import annotations

from sociale_kaart.model import Place
from sociale_kaart.sentences import Sentences

from actions.responses import ANSWERS

SENTENCES = ANSWERS / "zinnen.yml"


def say(name: str, /, **values: object) -> str:
    """The sentence called `name`; raises KeyError for an unknown name or a value that is missing."""
    return Sentences.load(SENTENCES).say(name, **values)


def say_near(name: str, place: Place | None) -> str:
    """The sentence called `name`, in its form with the place where that is known."""
    return say(f"{name}_bij", plaats=place.name) if place else say(name)
