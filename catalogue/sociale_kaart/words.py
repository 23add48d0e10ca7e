"""Text as the search compares it: lower case, without accents, cut into words."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

SHORTEST_WITH_SLIP = 3
"""Words of up to so many letters must be spelled exactly."""

_LEADING_S = re.compile(r"(?<!\w)['’`]?s[-‐ ](?=gra|her)", re.IGNORECASE)
_LEADING_T = re.compile(r"(?<!\w)['’`]t(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")


def normalise(text: str) -> str:
    """Lower case, no accents, `'s-Hertogenbosch` as one word, `&` as `en`."""
    text = _LEADING_T.sub(" ", _LEADING_S.sub("s", text)).replace("&", " en ")
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()


def tokens(text: str) -> list[str]:
    """The words of a text, normalised, in order."""
    return _WORD.findall(normalise(text).replace("'", "").replace("’", ""))


def lookup_keys(token: str) -> list[str]:
    """Keys that a word and its misspellings have in common, for finding look-alikes by index.

    How it begins, how it ends, and its consonants without doubles: one slip of the pen
    leaves at least one of the three as it was.
    """
    consonants = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", token))
    return [f"{token[:3]}*", f"*{token[-3:]}", f"={consonants}"]


def similarity(left: str, right: str) -> float:
    """How much two words look alike, 0..1; short words must be the same.

    Up to three letters count only when equal, four or five letters with at most one slip.
    """
    if left == right:
        return 1.0
    shortest = min(len(left), len(right))
    if shortest <= SHORTEST_WITH_SLIP:
        return 0.0
    floor = 85 if shortest <= 5 else 80
    ratio = fuzz.ratio(left, right, score_cutoff=floor)
    return ratio / 100
