"""The answer to "where do you live?": which place, and is the message little more than that?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import read_yaml
from sociale_kaart.model import PlaceMatch

WORDS_FILE = Path(__file__).parents[2] / "data" / "decision" / "place_question.yml"
UNKNOWN_PLACE = "onbekend"
"""The value of a place the person does not want to or cannot name."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class PlaceReading:
    """`name` is what the slot gets (official name, or what was typed when it is unknown);
    `is_answer` when the message says little else."""

    name: str | None = None
    is_answer: bool = False


@lru_cache
def _words() -> dict[str, frozenset[str]]:
    data = read_yaml(WORDS_FILE)
    return {
        name: frozenset(words.split() if isinstance(words, str) else words) for name, words in data.items()
    }


def is_place_question_open(requested_slot: str | None) -> bool:
    """True while the form waits for a place."""
    return requested_slot == "plaats"


def read_place(text: str, matches: Sequence[PlaceMatch], asked: bool) -> PlaceReading:
    """Read `text` as (containing) a place.

    `matches` are the gazetteer's, best first; `asked` is true while the place question is open:
    then a short text that is no known place is still an answer, to be asked about again.
    """
    if asked and _is_refusal(text):
        return PlaceReading(UNKNOWN_PLACE, is_answer=True)
    if matches:
        best = matches[0]
        name = best.fragment if best.ambiguous else best.place.full_name
        return PlaceReading(name, is_answer=_says_little_else(text, matches))
    if asked and 0 < len(_WORD.findall(text)) <= 2 and not _is_small_talk(text):
        return PlaceReading(text.strip(), is_answer=True)
    return PlaceReading()


def message_with_place(text: str, place: str | None, matches: Sequence[PlaceMatch]) -> str:
    """`text`, with what was typed as `place` when that says more than a place.

    A place field is a text field too: "Groningen, maar dan ben ik er toch niet meer" is part of
    the message. `matches` are the gazetteer's for `place`.
    """
    if not place or read_place(place, matches, asked=False).is_answer:
        return text
    return f"{text}\n{place}"


def _says_little_else(text: str, matches: Sequence[PlaceMatch]) -> bool:
    rest = text
    for match in sorted(matches, key=lambda match: -match.start):
        rest = rest[: match.start] + " " + rest[match.end :]
    words = [word.lower() for word in _WORD.findall(rest)]
    telling = [word for word in words if word not in _words()["around_a_place"]]
    return not telling


def _is_refusal(text: str) -> bool:
    spoken = " ".join(_WORD.findall(text.lower()))
    return any(phrase in f" {spoken} " for phrase in (f" {p} " for p in _words()["no_place"]))


def _is_small_talk(text: str) -> bool:
    return any(word.lower() in _words()["no_place_but_talk"] for word in _WORD.findall(text))
