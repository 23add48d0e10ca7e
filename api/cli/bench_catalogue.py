"""`bench-catalogue`: the search on invented catalogues up to national size, beside other ways to search."""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from api.cli.common import positive
from bot.markdown import table


def add_commands(commands: argparse._SubParsersAction) -> None:
    bench = commands.add_parser(
        "bench-catalogue",
        help="measure the search on 1,000 to 100,000 invented initiatives; writes one JSON file",
        description="Makes invented catalogues, compiles them and searches them with misspelled names; the "
        "largest also with brute-force rapidfuzz, SQLite's trigrams and difflib. Prints a table and, as the "
        "last line, the path of one JSON file. Takes minutes: difflib is slow.",
    )
    bench.add_argument(
        "--sizes", type=positive, nargs="+", default=[1_000, 10_000, 100_000], help="numbers of initiatives"
    )
    bench.add_argument("--queries", type=positive, default=200, help="misspelled queries (default: 200)")
    bench.add_argument("--without-rivals", action="store_true", help="only our own search")
    bench.add_argument(
        "--output", type=Path, default=Path("build/bench-catalogue.json"), help="the file to write"
    )
    bench.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, print the table, write the file, print its path as the last line."""
    from sociale_kaart.search_bench import OURS, Compiled, measure_size

    compiled, measured = [], []
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted(set(arguments.sizes)):
            rivals = size == max(arguments.sizes) and not arguments.without_rivals
            for part in measure_size(size, arguments.queries, Path(folder), rivals):
                (compiled if isinstance(part, Compiled) else measured).append(asdict(part))
    ours = [row for row in measured if row["way"] == OURS]
    growth = round(ours[-1]["median_ms"] / ours[0]["median_ms"], 2)
    rows = [
        [str(row[name]) for name in ("way", "size", "recall_1", "recall_3", "median_ms", "p95_ms")]
        for row in measured
    ]
    print(table(["way", "initiatives", "recall@1", "recall@3", "median ms", "95th percentile ms"], rows))
    print(f"\nours, {ours[0]['size']} to {ours[-1]['size']} initiatives: {growth} times as slow")
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    report = {"compiled": compiled, "measured": measured, "ratios": {"growth": growth, **_faster(measured)}}
    arguments.output.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(arguments.output)
    return 0


def _faster(measured: list[dict]) -> dict[str, float]:
    """How many times faster than each other way ours is, by the median on the same catalogue."""
    largest = measured[-1]["size"]
    ours = next(row for row in measured if row["size"] == largest)
    return {
        f"faster than {row['way']}": round(row["median_ms"] / ours["median_ms"], 1)
        for row in measured
        if row["size"] == largest and row is not ours
    }
