"""Which initiatives a search text names: candidates by index, then measured word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sociale_kaart.matching.alignment import Coverage, TextWords
from sociale_kaart.matching.weights import PARTLY_NAMED, WHOLE_TEXT_ALIKE
from sociale_kaart.store import Catalogue

CANDIDATES = 32
"""How many names are compared with the whole text: the right one is hardly ever below the tenth."""

READ_BY_WORD = 16
"""How many of those are also compared word by word, which costs more."""


@dataclass(frozen=True)
class NameMatch:
    """A name found in a text.

    `coverage` is how much of the name (0..1) is in the text, by which words (`positions`);
    `whole` by id: how much the whole text looks like this name with that initiative's place;
    `own` is False for a name without a word of its own ("Alzheimer Café Odijk").
    """

    whole: dict[str, float]
    shown: str
    coverage: float
    size: float
    positions: frozenset[int]
    own: bool
    route: str | None = None
    """What a known organisation without initiatives stands for."""

    @property
    def initiative_ids(self) -> tuple[str, ...]:
        return tuple(id_ for id_ in self.whole if id_)


def names_in(catalogue: Catalogue, words: Sequence[str], exact_only: frozenset[int]) -> list[NameMatch]:
    """The names that a text points to, best first; `exact_only` as in TextWords."""
    text = TextWords(words, exact_only, catalogue.vocabulary.generic)
    found: dict[tuple[str, bool], list[tuple[str, Coverage, float]]] = defaultdict(list)
    routes: dict[str, str | None] = {}
    for rank, row in enumerate(_candidates(catalogue, words)):
        whole = text.likeness(
            f"{row['words']} {row['place_words']}".strip(), f"{row['heard']} {row['place_heard']}".strip()
        )
        if row["own"]:
            whole = max(whole, text.likeness(row["words"], row["heard"]))
        if whole < WHOLE_TEXT_ALIKE and (rank >= READ_BY_WORD or not row["own"]):
            continue
        coverage = text.coverage(row["words"].split())
        if whole >= WHOLE_TEXT_ALIKE or coverage.share >= PARTLY_NAMED:
            found[row["shown"], bool(row["own"])].append((row["initiative_id"], coverage, whole))
            routes[row["shown"]] = routes.get(row["shown"]) or row["route"]
    matches = [_match(shown, own, routes[shown], entries) for (shown, own), entries in found.items()]
    return sorted(matches, key=lambda match: (-match.coverage * match.size, -match.coverage, match.shown))


def _candidates(catalogue: Catalogue, words: Sequence[str]):
    numbers = catalogue.name_index.most_alike(words, CANDIDATES)
    rank = {number: at for at, number in enumerate(numbers)}
    marks = ", ".join("?" * len(numbers))
    rows = catalogue.rows(
        "select id, initiative_id, shown, words, place_words, heard, place_heard, own, route "
        f"from names where id in ({marks})",
        numbers,
    )
    return sorted(rows, key=lambda row: rank[row["id"]])


def _match(shown: str, own: bool, route: str | None, entries: list[tuple[str, Coverage, float]]) -> NameMatch:
    """One match per shown name: all its initiatives, by the spelling that fits the text best."""
    best = max((coverage for _, coverage, _ in entries), key=lambda one: (one.share, one.size))
    whole: dict[str, float] = {}
    for initiative_id, _, likeness in entries:
        whole[initiative_id] = max(likeness, whole.get(initiative_id, 0.0))
    return NameMatch(whole, shown, best.share, best.size, best.positions, own, route)
