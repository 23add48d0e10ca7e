"""Finding look-alike texts by index: runs of three letters, the rarer the more they tell.

A text is folded to its sound first, so that what is heard alike has the same runs. Each run
points to the numbers of the texts that have it. A search reads the rarest runs of its text until
it has seen enough numbers, so that what it costs hardly grows with the catalogue.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import sqlite_utils

from sociale_kaart.bulk import fill_table
from sociale_kaart.matching.sounds import sound_of

SIZE = 3
LOOKED_AT = 40_000
"""How many numbers one search looks at, at most, once it has read its FEWEST rarest runs."""

FEWEST = 8

TYPICAL = 25
"""Runs in a typical name: long names share more runs by chance, so they count for less."""

WORTH_A_LOOK = 0.3
"""Share of the best weight from which a text is looked at."""


def grams_of(words: Iterable[str]) -> set[str]:
    """The runs of three signs in the sound of normalised words, borders of words included."""
    text = f" {' '.join(map(sound_of, words))} "
    return {text[at : at + SIZE] for at in range(len(text) - SIZE + 1)}


class GramIndex:
    """The index while it is being made: `add` each text, then `store` it."""

    def __init__(self) -> None:
        self._numbers: dict[str, array] = defaultdict(lambda: array("i"))
        self._sizes = array("i")

    def add(self, words: Sequence[str]) -> int:
        """Add a text; its number, counting from 0."""
        number = len(self._sizes)
        grams = grams_of(words)
        self._sizes.append(len(grams))
        for gram in grams:
            self._numbers[gram].append(number)
        return number

    def store(self, database: sqlite_utils.Database) -> None:
        """Write the tables `grams` (run, how many texts, their numbers) and `gram_sizes`."""
        columns = {"gram": str, "texts": int, "numbers": bytes}
        fill_table(database, "grams", columns, self._rows(), pk="gram")
        database["gram_sizes"].insert({"sizes": self._sizes.tobytes()})

    def _rows(self) -> Iterator[dict[str, object]]:
        for gram, numbers in self._numbers.items():
            yield {"gram": gram, "texts": len(numbers), "numbers": numbers.tobytes()}


class NameIndex:
    """The index as it stands in the compiled file; `rows(query, parameters)` runs a SELECT there."""

    def __init__(self, rows: Callable[..., list]):
        self._rows = rows
        stored = rows("select sizes from gram_sizes")[0]["sizes"]
        sizes = np.frombuffer(stored, dtype=np.int32).astype(np.float32)
        self._by_length = 1 / np.sqrt(TYPICAL + sizes)

    def most_alike(self, words: Sequence[str], limit: int) -> list[int]:
        """The numbers of at most `limit` texts that share the most telling runs with `words`, best first."""
        count = len(self._by_length)
        chosen = self._telling(words, count)
        if not chosen:
            return []
        weights = np.zeros(count, dtype=np.float32)
        marks = ", ".join("?" * len(chosen))
        for gram, numbers in self._rows(
            f"select gram, numbers from grams where gram in ({marks})", list(chosen)
        ):
            weights[np.frombuffer(numbers, dtype=np.int32)] += chosen[gram]
        weights *= self._by_length
        best = np.flatnonzero(weights >= WORTH_A_LOOK * weights.max())
        return best[np.argsort(-weights[best], kind="stable")[:limit]].tolist()

    def _telling(self, words: Sequence[str], count: int) -> dict[str, float]:
        """The rarest runs of the words that the index knows, each with what it tells (the rarer the more)."""
        grams = sorted(grams_of(words))
        marks = ", ".join("?" * len(grams))
        known = self._rows(
            f"select gram, texts from grams where gram in ({marks}) order by texts, gram", grams
        )
        chosen, seen = {}, 0
        for gram, texts in known:
            if len(chosen) >= FEWEST and seen + texts > LOOKED_AT:
                break
            chosen[gram] = math.log(1 + count / texts)
            seen += texts
        return chosen
