"""Measuring the search at national size: invented catalogues, misspelled queries, other ways to find."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sociale_kaart.files import Row, read_initiatives
from sociale_kaart.rivals import RIVALS, Finder
from sociale_kaart.sample import write_sample
from sociale_kaart.search import search
from sociale_kaart.slips import misspelled
from sociale_kaart.store import open_catalogue

OURS = "ours"
SLIPS = (1, 1, 2, 2, 3)
"""Mistakes in a query: one or two, now and then three."""


@dataclass(frozen=True)
class Measured:
    """One way to search, on one size: share of queries whose initiative came first or in three; ms."""

    way: str
    size: int
    queries: int
    recall_1: float
    recall_3: float
    median_ms: float
    p95_ms: float


@dataclass(frozen=True)
class Compiled:
    """What it took to compile: seconds, and MB the compiled file takes."""

    size: int
    seconds: float
    file_mb: float


def measure_size(
    size: int, queries: int, folder: Path, rivals: bool, seed: int = 1
) -> Iterator[Compiled | Measured]:
    """Make, compile and search a catalogue of `size`; with `rivals` also the other ways."""
    data = folder / str(size)
    write_sample(data, size, seed)
    database = folder / f"{size}.sqlite"
    started = time.perf_counter()
    catalogue = open_catalogue(data, database)
    yield Compiled(size, round(time.perf_counter() - started, 1), round(database.stat().st_size / 1e6, 1))
    rows = read_initiatives(data)
    asked = misspelled_queries(rows, queries, seed)
    yield _measured(
        OURS,
        size,
        asked,
        lambda text: [one.initiative.id for one in search(catalogue, text, limit=3).results],
    )
    if rivals:
        ids, texts = [row["id"] for row in rows], [_name_and_place(row) for row in rows]
        for way, prepare in RIVALS.items():
            yield _measured(way, size, asked, prepare(ids, texts))


def misspelled_queries(rows: Sequence[Row], count: int, seed: int) -> list[tuple[str, str]]:
    """`count` queries as people would type name and place, with the id that is meant."""
    chance = random.Random(seed)
    return [(_query(row, chance), row["id"]) for row in chance.sample(list(rows), min(count, len(rows)))]


def _query(row: Row, chance: random.Random) -> str:
    text = _name_and_place(row)
    if text != row["naam"] and chance.random() < 0.25:
        text = f"{row['naam']} in {row['plaats']}"
    return misspelled(text, chance, chance.choice(SLIPS))


def _name_and_place(row: Row) -> str:
    """As people would say it: the place once."""
    name, place = row["naam"], row["plaats"]
    return name if place.lower() in name.lower() else f"{name} {place}"


def _measured(way: str, size: int, asked: Sequence[tuple[str, str]], find: Finder | Callable) -> Measured:
    find(asked[0][0])  # the first query pays for what is read once
    milliseconds, first, three = [], 0, 0
    for text, wanted in asked:
        started = time.perf_counter()
        found = find(text)
        milliseconds.append((time.perf_counter() - started) * 1000)
        first += found[:1] == [wanted]
        three += wanted in found[:3]
    milliseconds.sort()
    count = len(asked)
    return Measured(
        way,
        size,
        count,
        round(first / count, 3),
        round(three / count, 3),
        round(milliseconds[count // 2], 2),
        round(milliseconds[min(count - 1, int(0.95 * count))], 2),
    )
