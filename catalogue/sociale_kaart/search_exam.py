"""Scoring the search on a list of queries: how each was read (`begrepen`) against how it should be.

Only totals by group come out, never a single query: the list is an exam, and is not tuned on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sociale_kaart.matching.words import normalise, tokens
from sociale_kaart.model import Understood
from sociale_kaart.search import search
from sociale_kaart.store import Catalogue

ASK_WHICH = "dubbelzinnig"
"""The group of place names that several places share: right is to ask, so no municipality."""


@dataclass
class Share:
    """How many of how many were right."""

    right: int = 0
    of: int = 0

    def count(self, is_right: bool) -> None:
        self.right += is_right
        self.of += 1

    @property
    def share(self) -> float | None:
        """0..1, or None where there was nothing to count."""
        return self.right / self.of if self.of else None


@dataclass
class SearchScore:
    """Right of all, for the whole list or one group.

    `place_named` counts only queries that name a place, `organisation` only those that mean one.
    """

    route: Share = field(default_factory=Share)
    place: Share = field(default_factory=Share)
    place_named: Share = field(default_factory=Share)
    organisation: Share = field(default_factory=Share)


def load_queries(path: Path | str) -> list[dict]:
    """The queries of a JSON Lines file (format: data/exam/README.md); raises OSError or ValueError."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def score_queries(catalogue: Catalogue, queries: Iterable[dict]) -> dict[str, SearchScore]:
    """The scores of the whole list (under "") and of each group."""
    scores: dict[str, SearchScore] = defaultdict(SearchScore)
    for query in queries:
        understood = search(catalogue, query["zoek"], place=query.get("plaats"), limit=1).understood
        for score in (scores[""], scores[query["groep"]]):
            _count(score, query, understood)
    return dict(scores)


def _count(score: SearchScore, query: dict, understood: Understood) -> None:
    wanted = query["begrepen"]
    score.route.count(understood.route in (wanted["route"], *query.get("ook_goed_route", ())))
    place_right = _place_right(query, understood)
    score.place.count(place_right)
    if wanted["plaats"]:
        score.place_named.count(place_right)
    if wanted["organisatie"]:
        score.organisation.count(_same_name(wanted["organisatie"], understood.organisation))


def _place_right(query: dict, understood: Understood) -> bool:
    if query["groep"] == ASK_WHICH:
        return understood.place is not None and understood.municipality is None
    wanted = query["begrepen"]
    if not wanted["plaats"]:
        return understood.place is None
    same_municipality = normalise(understood.municipality or "") == normalise(wanted["gemeente"])
    return same_municipality or normalise(understood.place or "") == normalise(wanted["plaats"])


def _same_name(wanted: str, given: str | None) -> bool:
    """One name contains the other: `Join Us` and `Join Us Castricum`."""
    one, other = set(tokens(wanted)), set(tokens(given or ""))
    return bool(other) and (one <= other or other <= one)
