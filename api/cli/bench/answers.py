"""Whether both sides say the same: speed says nothing where the answers differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SHOWN = 3
"""Differences of which the place is kept, to look at."""


def compare(ours: Sequence[Mapping[str, list]], stock: Sequence[Mapping[str, list]]) -> dict:
    """Of every turn over all rounds: `same` words, ours with an addition (`extended`), or `different`.

    We add that this is a computer to the first answer, and a number that belongs in sight. Errors
    of stock, which cannot be compared, count apart. `where` names some that differ: part and turn.
    """
    counts = {"turns": 0, "same": 0, "extended": 0, "different": 0, "noAnswerOfStock": 0}
    where = []
    for round_number, (one, other) in enumerate(zip(ours, stock, strict=True), start=1):
        for part in one:
            for turn, (we, they) in enumerate(zip(one[part], other[part], strict=True), start=1):
                kind = judge(we, they)
                counts["turns"] += 1
                counts[kind] += 1
                if kind == "different" and len(where) < SHOWN:
                    where.append(
                        {"round": round_number, "part": part, "turn": turn, "ours": we, "stock": they}
                    )
    return {**counts, "where": where}


def judge(ours: str | None, stock: str | None) -> str:
    """How our words relate to those of stock; see `compare`."""
    if stock is None:
        return "noAnswerOfStock"
    if ours == stock:
        return "same"
    return "extended" if stock in (ours or "") else "different"
