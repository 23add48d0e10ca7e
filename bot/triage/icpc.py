"""Which ICPC-1 codes of chapter Z may fit a Decision: suggestions for the GP assistant, no coding.

Codes, our own wording and what points to them: `data/balie/icpc.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import read_yaml

from bot.triage.decision import Decision
from bot.triage.types import SOCIAL

FILE = Path(__file__).parents[2] / "data" / "balie" / "icpc.yml"
MOST = 2

_TYPED_CODE = re.compile(r"(?<!\w)(Z\d\d)(?!\d)", re.IGNORECASE)


def suggest(decision: Decision, typed: str = "") -> list[tuple[str, str]]:
    """At most two `(code, wording)`, the likeliest first; none unless the Decision is social or mixed.

    A code that stands in `typed` goes first, then what the reasons point to, then what the first
    route does, unless one of those is about the same.
    """
    if decision.outcome not in SOCIAL:
        return []
    codes = load_codes()
    found = dict.fromkeys(_likely(decision, typed, codes))
    return [(code, codes[code]["omschrijving"]) for code in found][:MOST]


def typed_codes(text: str) -> list[str]:
    """The codes of our list that somebody typed in `text`, in capitals, in order; subcodes are not read."""
    return [code for code in map(str.upper, _TYPED_CODE.findall(text)) if code in load_codes()]


@lru_cache
def load_codes() -> Mapping[str, Mapping]:
    """What data/balie/icpc.yml says of each code: `omschrijving`, and perhaps `begrippen` and `routes`."""
    return read_yaml(FILE)["codes"]


def _likely(decision: Decision, typed: str, codes: Mapping[str, Mapping]) -> Iterator[str]:
    found = typed_codes(typed)
    for reason in decision.reasons:
        found += _pointed_to(reason.points_to, "begrippen", codes)
    yield from found
    for route in decision.routes[:1]:
        if not any(route in _spoken_for(codes[code]) for code in found):
            yield from _pointed_to(route, "routes", codes)


def _spoken_for(entry: Mapping) -> list[str]:
    """The routes of which this code already says what it is about: who died, whose partner is ill."""
    return [*entry.get("routes", ()), *entry.get("in_plaats_van", ())]


def _pointed_to(target: str, field: str, codes: Mapping[str, Mapping]) -> Iterable[str]:
    return (code for code, entry in codes.items() if target in entry.get(field, ()))
