"""Text as the search compares it: lower case, without accents, cut into words and trigrams."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

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


def trigrams(token: str) -> set[str]:
    """Groups of three letters with the word's edges marked, for finding look-alikes by index."""
    padded = f"^{token}$"
    return {padded[i : i + 3] for i in range(max(1, len(padded) - 2))}


def similarity(left: str, right: str) -> float:
    """How much two words look alike, 0..1; short words must be the same.

    Up to three letters count only when equal, four or five letters with at most one slip.
    """
    if left == right:
        return 1.0
    shortest = min(len(left), len(right))
    if shortest <= 3:
        return 0.0
    floor = 85 if shortest <= 5 else 80
    ratio = fuzz.ratio(left, right, score_cutoff=floor)
    return ratio / 100
