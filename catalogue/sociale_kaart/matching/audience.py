"""For whom somebody asks, as far as the search text says so, and whether an initiative is for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sociale_kaart.files import AUDIENCES, DATA_DIR, read_yaml
from sociale_kaart.matching.weights import OTHER_AUDIENCE, OUTSIDE_AGE
from sociale_kaart.matching.words import tokens
from sociale_kaart.model import Initiative

EVERYONE = "iedereen"
_AGE = re.compile(
    r"(?<!al )(?<!na )(?<!over )(?<!sinds )\b(1[01]\d|\d{1,2})[ -]?(?:jaar|jr|jarige?|j)\b"
    r"(?!\s+(?:geleden|getrouwd|lang|samen|ziek|weg|terug|alleen))",
    re.IGNORECASE,
)
"""An age, and no stretch of time: "al 40 jaar getrouwd", "2 jaar geleden"."""


@dataclass(frozen=True)
class Audience:
    """Who is meant: codes of `doelgroepen.yml`, and an age in years where one is named."""

    codes: frozenset[str] = frozenset()
    age: int | None = None

    def fit(self, initiative: Initiative) -> float:
        """How well the initiative is for them, 1 for all that is not known to be for others."""
        least, most = initiative.minimum_age, initiative.maximum_age
        if self.age is not None and not (least or 0) <= self.age <= (most if most is not None else 200):
            return OUTSIDE_AGE
        known = set(initiative.audiences)
        if self.codes and known and EVERYONE not in known and not known & self.codes:
            return OTHER_AUDIENCE
        return 1.0


def audience_in(text: str) -> Audience:
    """For whom a search text asks."""
    words = tokens(text)
    phrase = f" {' '.join(words)} "
    codes = {code for term, code in _whole_terms() if f" {term} " in phrase}
    codes |= {code for start, code in _starts() if f" {start}" in phrase}
    age = _AGE.search(text)
    return Audience(frozenset(codes), int(age[1]) if age else None)


def audience_name(code: str) -> str:
    """The Dutch words for a code of `doelgroepen.yml`; KeyError where there is no such code."""
    return _file()[code]["naam"]


@lru_cache(maxsize=1)
def _file() -> dict:
    return read_yaml(DATA_DIR / AUDIENCES)


@lru_cache(maxsize=1)
def _whole_terms() -> list[tuple[str, str]]:
    return [(term, code) for term, code in _terms() if not term.endswith("*")]


@lru_cache(maxsize=1)
def _starts() -> list[tuple[str, str]]:
    return [(term[:-1], code) for term, code in _terms() if term.endswith("*")]


def _terms() -> list[tuple[str, str]]:
    return [
        (" ".join(tokens(word)) + "*" * word.endswith("*"), code)
        for code, entry in _file().items()
        for word in entry["woorden"]
    ]
