"""How figures look on the page: counts, shares, times, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WITHOUT_END = "without end"
"""Shown for a wait in a queue that grows for as long as the hour lasts."""


def share(part: float) -> str:
    """A share of 1 in percent."""
    if 0 < part < 0.0005:
        return "under 0.1 %"
    return f"{100 * part:.1f} %"


def times(factor: float) -> str:
    """How many times something."""
    return f"{factor:,.1f} times" if factor < 10 else f"{factor:,.0f} times"


def milliseconds(seconds: float | None) -> str:
    """A wait of `seconds`; None is one that does not end."""
    if seconds is None:
        return WITHOUT_END
    if not seconds:
        return "none"
    if seconds < 0.000_05:
        return "under 0.1 ms"
    return f"{1000 * seconds:.1f} ms" if seconds < 0.01 else f"{1000 * seconds:,.0f} ms"


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    marks = ["---"] * len(head)
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, marks, *lines))
