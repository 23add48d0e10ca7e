"""Percentiles, and the median of several rounds."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, median_low
from typing import Any

SUMMED = ("turns", "errors", "checks", "requests")
"""Counts: over the rounds they add up, where other figures have a median (a whole number stays one)."""


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` (not empty) that at least `share` of them does not exceed: nearest rank."""
    ordered = sorted(values)
    rank = -(-share * len(ordered) // 1)
    return ordered[max(0, min(len(ordered), int(rank)) - 1)]


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th and 99th percentile (ms) of values that are not empty."""
    shares = {"p50Ms": 0.50, "p95Ms": 0.95, "p99Ms": 0.99}
    return {name: round(percentile(milliseconds, share), 2) for name, share in shares.items()}


def over_rounds(rounds: Sequence[Any]) -> Any:
    """Figures of equal shape, one per round, as one: counts added, of all others the median."""
    first = rounds[0]
    if isinstance(first, dict):
        return {
            name: sum(one[name] for one in rounds)
            if name in SUMMED
            else over_rounds([one[name] for one in rounds])
            for name in first
        }
    if isinstance(first, list):
        return [over_rounds(values) for values in zip(*rounds, strict=True)]
    return round(median(rounds), 2) if isinstance(first, float) else median_low(rounds)
