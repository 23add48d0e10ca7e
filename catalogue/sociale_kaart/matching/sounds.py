"""How a Dutch word sounds, as one spelling for all ways people write it by ear."""

from __future__ import annotations

import re

from sociale_kaart.typed_words import cached_by_word

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"isch(e?)\b", r"is\1"),
        (r"sch", "sg"),
        (r"ch", "g"),
        (r"ij|ei|ey|y", "i"),
        (r"ouw?|auw?", "u"),
        (r"uy", "ui"),
        (r"ae", "a"),
        (r"oe", "o"),
        (r"eau", "o"),
        (r"ph|v", "f"),
        (r"th|dt|d", "t"),
        (r"qu|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"w\b|(?<=\w)h", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=\w{3})en\b", "e"),
    )
)
"""In this order. Own rules after Dutch spelling: what is heard alike is written alike."""


@cached_by_word(200_000)
def sound_of(word: str) -> str:
    """The sound of a normalised word: `praethuys` and `praathuis` are one."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word
