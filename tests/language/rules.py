"""What data/language says: which words are explained, which are forbidden, and where "je" may stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from sociale_kaart.files import read_yaml

from tests.language.measure import sentences, words
from tests.language.ordinary_words import is_ordinary, words_of
from tests.language.texts import BUILDER, FRONT_DESK, RESIDENT, Text

FOLDER = Path(__file__).parents[2] / "data" / "language"
READS_ALSO = {RESIDENT: ("iedereen",), FRONT_DESK: ("iedereen", FRONT_DESK)}
"""Which lists of explained words hold for a reader: professionals' words only for professionals."""

_JE = re.compile(r"\b(?:je|jij|jou|jouw|jullie|jezelf)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Forbidden:
    """One word or phrase that `readers` must not read, and what to say instead."""

    phrase: str
    better: str
    source: str
    readers: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(rf"\b{re.escape(self.phrase)}\b".replace(r"\*\b", r"\w*"), re.IGNORECASE)


def hard_words(text: Text) -> list[str]:
    """The words of `text` that are not ordinary and that no list explains, in the order of the text.

    Who connects a program is read in its own terms: there every word may stand.
    """
    if text.reader == BUILDER:
        return []
    known = explained_words(text.reader) | (_names_in(text) if text.by_municipality else set())
    return [word for word in words_of(text.text) if word not in known and not is_ordinary(word)]


def forbidden_phrases(text: Text) -> list[Forbidden]:
    """What `text` may not say to its reader."""
    return [one for one in _forbidden() if text.reader in one.readers and one.pattern.search(text.text)]


def says_je(text: Text) -> bool:
    """Whether `text` addresses somebody as "je" where no exception allows it."""
    rest = text.text
    for exception in _rules()["je_mag"]:
        rest = re.sub(re.escape(exception["tekst"]), "", rest, flags=re.IGNORECASE)
    return bool(_JE.search(rest))


def pictures(text: Text) -> list[str]:
    """Emoji and other pictures in `text`: nobody can hear them."""
    return [char for char in text.text if unicodedata.category(char) == "So"]


@cache
def explained_words(reader: str) -> frozenset[str]:
    """The words that may be read by `reader` although they are not ordinary."""
    return frozenset(word for name in READS_ALSO[reader] for word in _listed(name))


def exceptions_for_je() -> list[str]:
    return [exception["tekst"] for exception in _rules()["je_mag"]]


def _names_in(text: Text) -> set[str]:
    """What a municipality writes with a capital within a sentence: names that its people know."""
    return {
        word.lower()
        for sentence in sentences(text.text)
        for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(words(sentence)[1:]))
        if word[0].isupper()
    }


def _listed(name: str) -> Iterator[str]:
    for group in _lists()[name]:
        assert group["waarom"], f"woorden.yml, {name}: say why these words are used: {group['woorden']}"
        yield from group["woorden"]


@lru_cache(maxsize=1)
def _forbidden() -> tuple[Forbidden, ...]:
    everybody = (RESIDENT, FRONT_DESK, BUILDER)
    return tuple(
        Forbidden(phrase, rule["wel"], rule["bron"], tuple(rule.get("voor", everybody)))
        for rule in _rules()["verboden"]
        for phrase in rule["niet"]
    )


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[dict]]:
    return read_yaml(FOLDER / "woorden.yml")


@lru_cache(maxsize=1)
def _rules() -> dict[str, list[dict]]:
    return read_yaml(FOLDER / "verboden.yml")
