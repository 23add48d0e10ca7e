"""Finding the same initiative twice: by id, by name, by telephone number or by website.

Rows are compared only within one kind in one place, so the work grows with the catalogue,
not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from sociale_kaart.files import Row
from sociale_kaart.matching.words import normalise, tokens
from sociale_kaart.phones import digits

SAME_NAME = 93
"""From this likeness (0..100) two names are the same but for spelling: one letter in fourteen."""

SAME_WORD = 80
"""From this likeness two words are the same but for spelling: so that De Bank is not Het Anker."""

SHORTEST_WITH_SLIP = 3
"""Words of up to so many letters are other words when they differ: 't Bos is not De Vos."""

RELATED_NAME = 80
"""From this likeness of the words they share, the same number or site means the same initiative."""

LARGE_GROUP = 300
NEIGHBOURS = 20
"""In a group of over 300 names each is compared with the twenty next to it, from its start and its end."""

_LEGAL_FORMS = frozenset(("stichting", "vereniging", "cooperatie", "ua", "bv", "nv", "vof", "u", "a"))
_GONE = "gesloten"
_WEB_START = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)

Key = tuple[str, int]
Found = dict[Key, list[tuple[str, str]]]


@dataclass
class Doubles:
    """By file and row number, field and message: what surely stands there twice, and what perhaps does."""

    sure: Found = field(default_factory=lambda: defaultdict(list))
    perhaps: Found = field(default_factory=lambda: defaultdict(list))


def doubles_in(rows: list[Row]) -> Doubles:
    """The double rows among these; closed initiatives may stand beside what took their place."""
    found = Doubles()
    _same_id(rows, found)
    for group in _groups(rows):
        named: set[tuple[Key, Key]] = set()
        for row, other in _same_name(group):
            named.add((_key(row), _key(other)))
            found.sure[_key(row)].append(
                ("naam", f"dit lijkt hetzelfde initiatief als {_pointer(row, other)}; voeg de rijen samen.")
            )
        for column, form in (("telefoon", digits), ("website", _site)):
            _same_contact(group, column, form, named, found)
    return found


def _same_id(rows: Iterable[Row], found: Doubles) -> None:
    first: dict[str, Row] = {}
    for row in rows:
        if not row["id"]:
            continue
        other = first.setdefault(row["id"], row)
        if other is not row:
            found.sure[_key(row)].append(
                ("id", f"dit id staat ook op {_pointer(row, other)}; geef elk initiatief een eigen id.")
            )


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["status"] != _GONE:
            groups[row["soort"], _folded(row["plaats"]), _folded(row["gemeente"])].append(row)
    return (group for group in groups.values() if len(group) > 1)


@dataclass(frozen=True)
class _Name:
    """A name: its words sorted, and in their own order without legal forms and spaces."""

    words: tuple[str, ...]
    sorted: str
    glued: str

    @classmethod
    def of(cls, name: str) -> _Name:
        words = tokens(name)
        named = [word for word in words if word not in _LEGAL_FORMS] or words
        return cls(tuple(sorted(words)), " ".join(sorted(words)), "".join(named))


def _same(name: _Name, other: _Name) -> bool:
    """Whether two names differ only by legal form, by word order, or by spaces or a slip of the pen."""
    if name.glued == other.glued:
        return True
    if len(name.words) != len(other.words):
        if any(word.isdecimal() for word in {*name.words} ^ {*other.words}):
            return False
        return Levenshtein.distance(name.glued, other.glued, score_cutoff=1) <= 1
    if not fuzz.ratio(name.sorted, other.sorted, score_cutoff=SAME_NAME):
        return False
    pairs = zip(name.words, other.words, strict=True)
    return all(_same_word(*pair) for pair in pairs if pair[0] != pair[1])


def _same_word(word: str, other: str) -> bool:
    if min(len(word), len(other)) <= SHORTEST_WITH_SLIP or word.isdecimal():
        return False
    return fuzz.ratio(word, other) >= SAME_WORD


def _same_name(group: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Each row that has a like-named row before it, with the first of those."""
    names = [_Name.of(row["naam"]) for row in group]
    seen: set[int] = set()
    for first, second in _pairs([name.glued for name in names]):
        if second not in seen and _same(names[first], names[second]):
            seen.add(second)
            yield group[second], group[first]


def _pairs(names: list[str]) -> Iterator[tuple[int, int]]:
    """Which names to compare, as positions with the lower first."""
    count = len(names)
    if count <= LARGE_GROUP:
        yield from ((first, second) for second in range(count) for first in range(second))
        return
    for order in (
        sorted(range(count), key=names.__getitem__),
        sorted(range(count), key=lambda at: names[at][::-1]),
    ):
        for at, first in enumerate(order):
            yield from (
                (min(first, second), max(first, second)) for second in order[at + 1 : at + 1 + NEIGHBOURS]
            )


def _same_contact(
    group: list[Row], column: str, form: Callable[[str], str], named: set[tuple[Key, Key]], found: Doubles
) -> None:
    first: dict[str, Row] = {}
    for row in group:
        if not row[column]:
            continue
        other = first.setdefault(form(row[column]), row)
        if other is row or (_key(row), _key(other)) in named or _elsewhere(row, other):
            continue
        names = [_Name.of(one["naam"]).sorted for one in (row, other)]
        related = fuzz.token_set_ratio(*names) >= RELATED_NAME
        what = "ditzelfde nummer" if column == "telefoon" else "deze website"
        message = f"{what} staat ook op {_pointer(row, other)}, met dezelfde soort en plaats; "
        if related:
            found.sure[_key(row)].append((column, message + "voeg de rijen samen of vul beide adressen in."))
        else:
            found.perhaps[_key(row)].append((column, message + "is dit hetzelfde initiatief?"))


def _elsewhere(row: Row, other: Row) -> bool:
    here, there = row["straat_huisnummer"], other["straat_huisnummer"]
    return bool(here and there and _folded(here) != _folded(there))


def _site(address: str) -> str:
    return _WEB_START.sub("", address).rstrip("/").lower()


def _key(row: Row) -> Key:
    return row.file, row.number


def _pointer(row: Row, other: Row) -> str:
    return f"rij {other.number}" + (f" van {other.file}" if other.file != row.file else "")


_folded = lru_cache(maxsize=50_000)(normalise)
