"""The names people use for an initiative or organisation, cut into words that can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sociale_kaart.matching.weights import GENERIC
from sociale_kaart.matching.words import tokens

_LEGAL_FORM = re.compile(r"^(?:stichting|coöperatie|cooperatie|vereniging)\s+|\s+U\.A\.$", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Name:
    """How a name is shown when it is meant, and the words it is recognised by."""

    shown: str
    words: tuple[str, ...]


def names_of(
    name: str,
    also: Iterable[str],
    organisation: str | None,
    local: Iterable[str],
    generic: frozenset[str],
) -> list[Name]:
    """The names to look an initiative up by.

    `also` are other names (shown by the official one), `local` its place, municipality and
    province, `generic` the words that many names share. Names without any word of their
    own are left out: nobody means one organisation by 'inloophuis'.
    """
    place_words = {word for part in local for word in tokens(part)}
    official = _without_place(name, place_words)
    if not any(_is_own(word, generic, place_words) for word in tokens(official)):
        official = name
    spoken = [(name, None), *((other, official) for other in also)]
    spoken += [(part, None) for part in _organisations(organisation)]
    found: dict[tuple[str, ...], Name] = {}
    for full, shown_as in spoken:
        full = _LEGAL_FORM.sub("", _PARENTHESIS.sub("", full)).strip()
        for spelling in (full, _without_place(full, place_words), full.split(",")[0]):
            words = tuple(tokens(spelling))
            if any(_is_own(word, generic, place_words) for word in words):
                found.setdefault(words, Name(shown_as or spelling, words))
    return list(found.values())


def weight(word: str, generic: frozenset[str]) -> float:
    """How much a word of a name tells, 0..1."""
    return GENERIC if word in generic or len(word) == 1 else 1.0


def _is_own(word: str, generic: frozenset[str], place_words: set[str]) -> bool:
    return len(word) > 1 and word not in generic and word not in place_words


def _organisations(organisation: str | None) -> list[str]:
    return [part.strip() for part in re.split(r"\s+/\s+|[;(),]", organisation or "") if part.strip()]


def _without_place(name: str, place_words: set[str]) -> str:
    """`Toon Hermans Huis Venlo` becomes `Toon Hermans Huis`; only words at the end are taken off."""
    parts = re.split(r"(\s+|,\s*)", name)
    while len(parts) > 1 and set(tokens(parts[-1])) <= place_words | {
        "inloophuis",
        "locatie",
        "regio",
        "e",
        "o",
    }:
        parts = parts[:-2]
    return "".join(parts).rstrip(" ,")
