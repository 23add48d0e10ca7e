"""Percentiles by nearest rank, and the median over rounds."""

from __future__ import annotations

from api.cli.bench.figures import over_rounds, percentile, spread


def test_percentiles_of_known_figures():
    hundred = [float(n) for n in range(100, 0, -1)]
    assert spread(hundred) == {"p50Ms": 50.0, "p95Ms": 95.0, "p99Ms": 99.0}
    assert percentile([7.0], 0.99) == 7.0
    assert percentile([1.0, 2.0], 0.5) == 1.0
    assert percentile([1.0, 2.0, 3.0], 1.0) == 3.0


def test_over_rounds_counts_add_up_and_figures_have_a_median():
    rounds = [
        {"load": {"16": {"p95Ms": ms, "turns": 8, "errors": errors}}, "curve": [[5, ms], [9, ms + 1]]}
        for ms, errors in ((3.0, 0), (90.0, 2), (4.0, 0))
    ]
    assert over_rounds(rounds) == {
        "load": {"16": {"p95Ms": 4.0, "turns": 24, "errors": 2}},
        "curve": [[5, 4.0], [9, 5.0]],
    }
