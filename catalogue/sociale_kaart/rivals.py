"""Other ways to find a name among many, to measure ours against: from a query to ids, best first."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from sociale_kaart.matching.words import normalise

Finder = Callable[[str], list[str]]
LIMIT = 3


def brute_force(ids: Sequence[str], texts: Sequence[str]) -> Finder:
    """rapidfuzz over every text with its all-round scorer."""
    plain = [normalise(text) for text in texts]

    def find(query: str) -> list[str]:
        found = process.extract(normalise(query), plain, scorer=fuzz.WRatio, limit=LIMIT)
        return [ids[index] for _, _, index in found]

    return find


def full_text(ids: Sequence[str], texts: Sequence[str]) -> Finder:
    """SQLite FTS5 with the trigram tokenizer: any three letters of the query, ranked by BM25."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table names using fts5(text, tokenize = 'trigram')")
    database.executemany("insert into names(rowid, text) values (?, ?)", enumerate(map(normalise, texts)))

    def find(query: str) -> list[str]:
        plain = normalise(query).replace('"', "")
        grams = dict.fromkeys(plain[at : at + 3] for at in range(len(plain) - 2))
        match = " OR ".join(f'"{gram}"' for gram in grams)
        if not match:
            return []
        rows = database.execute(
            "select rowid from names where names match ? order by rank limit ?", [match, LIMIT]
        )
        return [ids[row[0]] for row in rows]

    return find


def close_matches(ids: Sequence[str], texts: Sequence[str]) -> Finder:
    """Python's own difflib."""
    by_text: dict[str, str] = {}
    for id_, text in zip(ids, texts, strict=True):
        by_text.setdefault(normalise(text), id_)
    plain = list(by_text)

    def find(query: str) -> list[str]:
        return [by_text[text] for text in difflib.get_close_matches(normalise(query), plain, LIMIT, 0.6)]

    return find


RIVALS = {
    "rapidfuzz process.extract (WRatio)": brute_force,
    "SQLite FTS5 trigram": full_text,
    "difflib": close_matches,
}
