"""docs/soak.md: what half an hour of use with faults did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from string import Template

TEMPLATE = Path(__file__).with_name("page.txt")
SIDES = {"alone": "one process", "withRedis": "with Redis"}
MOST_GROWTH = 0.05
"""Target of memory growth over the run."""


def page(report: Mapping) -> str:
    """The page of a run."""
    machine, faults = report["machine"], report["faults"]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        measured=report["measuredAt"],
        minutes=round(report["seconds"] / 60),
        people=report["people"],
        hung=faults["redisHung"],
        killed=faults["redisKilled"],
        machine=f"Machine: {machine['cpu']}, {machine['cores']} cores; load average {machine['loadAverage']} "
        "at the end of the run.",
        table=_table("", _figures(report)),
        uses=_table("use", _uses(report)),
    )


def _figures(report: Mapping) -> Iterable[list[str]]:
    rows: dict[str, Callable[[Mapping], str]] = {
        "memory after warming up (MB)": lambda side: f"{side['memoryMb']['afterWarmUp']:.0f}",
        "memory at the end (MB)": lambda side: f"{side['memoryMb']['atTheEnd']:.0f}",
        f"growth (target: at most {MOST_GROWTH:.0%})": _growth,
        "requests": lambda side: str(side["requests"]),
        "median (ms)": lambda side: f"{side['p50Ms']:.0f}",
        "95th percentile (ms)": lambda side: f"{side['p95Ms']:.0f}",
        "wrong (target: 0)": lambda side: str(side["wrong"]),
    }
    return ([name, *(figure(report[side]) for side in SIDES)] for name, figure in rows.items())


def _growth(side: Mapping) -> str:
    return f"{side['growth']:+.1%}, {'met' if side['growth'] <= MOST_GROWTH else 'missed'}"


def _uses(report: Mapping) -> Iterable[list[str]]:
    uses = sorted({use for side in SIDES for use in report[side]["ends"]})
    return ([use, *(_ends(report[side]["ends"].get(use, {})) for side in SIDES)] for use in uses)


def _ends(ends: Mapping[str, int]) -> str:
    return ", ".join(f"{end} {number}" for end, number in ends.items())


def _table(first: str, rows: Iterable[list[str]]) -> str:
    head = [first, *SIDES.values()]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))
