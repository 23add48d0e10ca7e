"""Text as place names see it: words with their offsets, folded so that spellings meet."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_GLUE = re.compile(r"[ \t\u00a0\-\u2010-\u2015'’‘`´,/]{0,3}")
_ABBREVIATION_GLUE = re.compile(r"\.[ \t\u00a0\-]{0,2}")
_LONGEST_ABBREVIATION = 3


_SHORTEST_STRIPPED = 7
_SHORT_FOR = (
    (" aan den ", " aan de "),
    (" aan den ", " a d "),
    (" aan den ", " ad "),
    (" aan de ", " a d "),
    (" aan de ", " ad "),
)


_SOUNDS_LIKE = (
    ("ij", "i"), ("ei", "i"), ("ey", "i"), ("y", "i"), ("ie", "i"), ("ae", "a"), ("ou", "au"), ("ck", "k"),
    ("ch", "g"), ("ks", "x"), ("th", "t"), ("ph", "f"), ("c", "k"), ("z", "s"), ("v", "f"), ("dt", "t"),
)  # fmt: skip
"""Spellings that sound the same in Dutch place names, in the order in which they are replaced."""
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Word:
    """One word of a text: `key` is its folded form, `start` and `end` its offsets in the original."""

    key: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text in lower case, without diacritics or ligatures ("Súdwest" -> "sudwest")."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> list[Word]:
    """The words of the text, in order, with offsets in the original text."""
    return [Word(fold(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]


def name_key(name: str) -> str:
    """The folded words of a name, separated by one space ("'s-Gravenhage" -> "s gravenhage")."""
    return " ".join(word.key for word in words(name))


def glued(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words can belong to one name: no sentence ends between them."""
    gap = text[left.end : right.start]
    if _GLUE.fullmatch(gap):
        return True
    return left.end - left.start <= _LONGEST_ABBREVIATION and _ABBREVIATION_GLUE.fullmatch(gap) is not None


def spaced(text: str, left: Word, right: Word) -> bool:
    """Whether nothing but a space, hyphen or apostrophe stands between two neighbouring words."""
    gap = text[left.end : right.start]
    return "," not in gap and "/" not in gap and _GLUE.fullmatch(gap) is not None


def spellings(key: str) -> set[str]:
    """The ways people write a folded name: in one word, with St., with a/d, without 's or 't."""
    forms = {key}
    if key.startswith("sint "):
        forms |= {"st " + key[5:], "st" + key[5:]}
    for long, short in _SHORT_FOR:
        if long in key:
            forms.add(key.replace(long, short))
    if key.startswith("s ") and len(key) > _SHORTEST_STRIPPED:
        forms.add(key[2:])
    if key.startswith(("de ", "het ", "t ")):
        return forms
    return forms | {form.replace(" ", "") for form in forms if len(form) > 6}


def sound(key: str) -> str:
    """How a folded name sounds, so that "tilburch" meets "tilburg" and "nymegen" meets "nijmegen"."""
    for written, heard in _SOUNDS_LIKE:
        key = key.replace(written, heard)
    return _DOUBLED.sub(r"\1", key[:-1] + "t" if key.endswith("d") else key)
