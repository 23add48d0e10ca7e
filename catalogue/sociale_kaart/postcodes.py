"""Postcodes: which places they cover, and where a text has one rather than a year, price or dose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from sociale_kaart.files import read_rows
from sociale_kaart.model import Place
from sociale_kaart.place_words import Reading

_CODE = re.compile(r"([1-9]\d{3})([a-z]{2})?")
_WHOLE = re.compile(r"([1-9]\d{3})[ \u00a0]{0,2}([A-Za-z]{2})?")
_GAP = re.compile(r"[ \u00a0-]{1,2}")
_AMOUNT_BEFORE = re.compile(r"(?:[€$]\s?|\d[ .,:/-]{0,2})$")
_AMOUNT_AFTER = re.compile(r"\s?(?:[€%]|,-|[.,:/-]?\d)")
_NEVER_LETTERS = frozenset({"sa", "sd", "ss"})
"""Letters that are never given out, for what they stood for in the war."""
_YEARS = range(1900, 2040)
_CUE_REACH = 4
_SHORT_ANSWER = 2
"""Words besides fillers up to which a whole message is read as the answer to "where?"."""


class Postcodes:
    """The four digits of the Dutch postcodes, with the places that each covers."""

    def __init__(self, places: dict[str, tuple[Place, ...]]) -> None:
        self._places = places

    @classmethod
    def read(cls, path: Path, places: Iterable[Place]) -> Postcodes:
        """The postcodes of a postcodes.csv, each in one or more of `places`.

        Raises ValueError (Dutch: file, row, field) when a place is not among them.
        """
        named = {(place.name, place.municipality, place.province): place for place in places}
        found: dict[str, tuple[Place, ...]] = defaultdict(tuple)
        for row in read_rows(path):
            place = named.get((row["plaats"], row["gemeente"], row["provincie"]))
            if place is None:
                raise ValueError(
                    f"{path.name}, rij {row.number}: 'plaats' {row['plaats']} in gemeente {row['gemeente']} "
                    f"({row['provincie']}) staat niet in plaatsen.csv. Schrijf ze alle drie zoals daar."
                )
            found[row["postcode"]] += (place,)
        return cls(dict(found))

    def named(self, text: str) -> tuple[Place, ...]:
        """The places of a text that is nothing but a postcode ("3701", "3701 AB"); empty when it is not."""
        whole = _WHOLE.fullmatch(text.strip())
        if whole is None or (whole[2] or "").lower() in _NEVER_LETTERS:
            return ()
        return self._places.get(whole[1], ())

    def at(self, reading: Reading, first: int, expected: bool) -> tuple[int, tuple[Place, ...]] | None:
        """The postcode that starts at word `first`: the index of its last word, and its places.

        `expected`: the person was just asked for a place.
        """
        code = _CODE.fullmatch(reading.words[first].key)
        places = self._places.get(code[1]) if code else None
        if places is None:
            return None
        year = int(code[1]) in _YEARS
        cue = _called_a_postcode(reading, first) or (_lives_in(reading, first) and not year)
        sure = cue or expected or _lives_in(reading, first)
        if sure or not year:
            if code[2]:
                return (first, places) if _are_letters(reading, first, 4) else None
            if _letters_follow(reading, first) and _are_letters(reading, first + 1, 0):
                return first + 1, places
        if code[2] or _is_amount(reading, first):
            return None
        return (first, places) if cue or _is_all_that_is_said(reading, expected, year) else None


def _called_a_postcode(reading: Reading, first: int) -> bool:
    before = {word.key for word in reading.words[max(first - _CUE_REACH, 0) : first]}
    return bool(before & reading.lists.postcode_words)


def _lives_in(reading: Reading, first: int) -> bool:
    """Whether "woon in", "woont op" or the like stands right before the word."""
    before = reading.back(first, _CUE_REACH)
    verb = next((word for word in before if word not in reading.lists.postcode_between), "")
    return verb in reading.lists.lives


def _letters_follow(reading: Reading, first: int) -> bool:
    if first + 1 == len(reading.words):
        return False
    word, after = reading.words[first], reading.words[first + 1]
    return len(after.key) == 2 and _GAP.fullmatch(reading.text, word.end, after.start) is not None


def _are_letters(reading: Reading, at: int, offset: int) -> bool:
    word = reading.words[at]
    letters = word.key[offset:]
    if not letters.isalpha() or letters in _NEVER_LETTERS or letters in reading.lists.units:
        return False
    written = reading.text[word.start + offset : word.end]
    if written.isupper() and not reading.shouted:
        return True
    return letters not in reading.lists.no_postcode_letters


def _is_amount(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    if _AMOUNT_BEFORE.search(reading.text, 0, word.start) or _AMOUNT_AFTER.match(reading.text, word.end):
        return True
    return at + 1 < len(reading.words) and reading.words[at + 1].key in reading.lists.units


def _is_all_that_is_said(reading: Reading, expected: bool, year: bool) -> bool:
    if not expected:
        return len(reading.words) == 1 and not year
    said = sum(word.key not in reading.lists.fillers for word in reading.words)
    return said == 1 or (said <= _SHORT_ANSWER and not year)
