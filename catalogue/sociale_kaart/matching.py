"""Finding the initiative or organisation that a search text names, by look-alike words.

Only names with a word that begins, ends or sounds like a word of the text are compared, so
that the work follows the text and not the size of the catalogue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sociale_kaart.names import weight
from sociale_kaart.store import Catalogue
from sociale_kaart.words import SHORTEST_WITH_SLIP, lookup_keys, similarity

NAMED = 0.8
"""From this coverage (0..1) of its words a name is taken to be meant."""

PARTLY_NAMED = 0.6
"""From this coverage a name is worth showing when nothing better was understood."""

_JOINED = 0.9
_WORDS_PER_WORD = 2000
_NAMES_PER_WORD = 400


@dataclass(frozen=True)
class NameMatch:
    """A name found in a text: how much of it (0..1), by which words (their positions)."""

    initiative_ids: tuple[str, ...]
    shown: str
    coverage: float
    size: float
    positions: frozenset[int]


def names_in(catalogue: Catalogue, text: Sequence[str], exact_only: frozenset[int]) -> list[NameMatch]:
    """The names that the words of a text point to, best first.

    `exact_only` are the positions of words that already mean something else (a route, a
    place, filler): they count only when spelled exactly as in the name.
    """
    alike = _look_alikes(catalogue, text, exact_only)
    if not alike:
        return []
    found: dict[str, list[tuple[str, float, float, frozenset[int]]]] = defaultdict(list)
    for row in _names_with(catalogue, alike):
        words = row["words"].split()
        coverage, size, positions = _coverage(words, text, alike, catalogue.vocabulary.generic)
        if coverage >= PARTLY_NAMED:
            found[row["shown"]].append((row["initiative_id"], coverage, size, positions))
    matches = [_best_of(shown, entries) for shown, entries in found.items()]
    return sorted(matches, key=lambda match: (-match.coverage * match.size, -match.coverage, match.shown))


def _best_of(shown: str, entries: list[tuple[str, float, float, frozenset[int]]]) -> NameMatch:
    """One match per shown name: all its initiatives, by the spelling that fits the text best."""
    _, coverage, size, positions = max(entries, key=lambda entry: (entry[1], entry[2]))
    ids = tuple(dict.fromkeys(initiative_id for initiative_id, *_ in entries))
    return NameMatch(ids, shown, coverage, size, positions)


def _look_alikes(
    catalogue: Catalogue, text: Sequence[str], exact_only: frozenset[int]
) -> dict[str, dict[int, float]]:
    """Words of names that look like words of the text: `{name word: {position: similarity}}`.

    Two neighbours written together also count ("hamel huys" for Hamelhuys).
    """
    alike: dict[str, dict[int, float]] = defaultdict(dict)
    generic = catalogue.vocabulary.generic
    for position, word in enumerate(text):
        if word in generic or len(word) < 2:
            continue
        for candidate in [word] if position in exact_only else _words_like(catalogue, word):
            likeness = similarity(word, candidate)
            if likeness:
                alike[candidate][position] = likeness
    for position in range(len(text) - 1):
        joined = text[position] + text[position + 1]
        if len(joined) >= 6 and not {position, position + 1} <= exact_only:
            for candidate in _words_like(catalogue, joined):
                likeness = similarity(joined, candidate)
                if likeness >= _JOINED and candidate not in alike:
                    alike[candidate] = {position: likeness, position + 1: likeness}
    return alike


def _words_like(catalogue: Catalogue, word: str) -> list[str]:
    if len(word) <= SHORTEST_WITH_SLIP:
        return [word]
    keys = lookup_keys(word)
    marks = ", ".join("?" * len(keys))
    rows = catalogue.rows(
        f"select distinct word from word_keys where key in ({marks}) limit ?", [*keys, _WORDS_PER_WORD]
    )
    return [word, *(row["word"] for row in rows)]


def _names_with(catalogue: Catalogue, words: dict[str, dict[int, float]]):
    numbers: dict[int, None] = {}
    for word in words:
        for row in catalogue.rows(
            "select name_id from name_words where word = ? limit ?", [word, _NAMES_PER_WORD]
        ):
            numbers[row["name_id"]] = None
    wanted = list(numbers)[:_NAMES_PER_WORD]
    marks = ", ".join("?" * len(wanted))
    return catalogue.rows(f"select initiative_id, shown, words from names where id in ({marks})", wanted)


def _coverage(
    words: list[str], text: Sequence[str], alike: dict[str, dict[int, float]], generic: frozenset[str]
) -> tuple[float, float, frozenset[int]]:
    size = sum(weight(word, generic) for word in words)
    total, positions = 0.0, set()
    exact = set(text)
    for word in words:
        places = alike.get(word, {})
        if places:
            best = max(places.values())
            total += weight(word, generic) * best
            positions.update(position for position, likeness in places.items() if likeness == best)
        elif word in exact:
            total += weight(word, generic)
            positions.add(text.index(word))
    joined = alike.get("".join(words), {}) if len(words) > 1 else {}
    if joined and max(joined.values()) > total / size:
        return max(joined.values()), size, frozenset(joined)
    return total / size, size, frozenset(positions)
