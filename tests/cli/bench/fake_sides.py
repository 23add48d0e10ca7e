"""Two sides for the bench that need no model, and a report as one run gives it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from api.cli.bench.servers import Program, Side
from bot.triage.corpus import Example

EXAMPLES = [
    Example(f"een {label}", label)
    for label in (
        *("sociaal", "gemengd", "medisch", "verduidelijken", "buiten_bereik", "mens"),
        *("spoed_112", "crisis_113", "onveilig", "huisarts_vandaag"),
        *("noem_plaats", "andere_optie", "iets_anders", "bedanken", "afscheid"),
    )
]


def fake_side(name: str, *given: str) -> Side:
    """A side of one process that runs `tests.cli.bench.fake_server`."""

    def programs(folder: Path, ports: Sequence[int]) -> list[Program]:
        return [Program((sys.executable, "-m", "tests.cli.bench.fake_server", str(ports[0]), *given), {})]

    return Side(name, "/health", programs, 1)


def _load(p50: float, per_second: float) -> dict:
    return {
        "p50Ms": p50,
        "p95Ms": 2 * p50,
        "p99Ms": 3 * p50,
        "turnsPerSecond": per_second,
        "turns": 640,
        "errors": 0,
        "clientShareOfTime": 0.02,
    }


def _side(factor: float) -> dict:
    return {
        "startUpSeconds": 10.0 * factor,
        "memoryAtStart": {"residentMb": 500.0, "rssMb": 510.0, "processes": 1},
        "load": {str(clients): _load(factor * clients * 5.0, 200 / factor) for clients in (1, 4, 16)},
        "health": {"p50Ms": 2.0, "p95Ms": 9.0 * factor, "p99Ms": 12.0, "checks": 100},
        "turnCostMs": {"5": 5.0, "50": 5.0 + factor, "200": 5.0 + 2 * factor},
        "turnCostCurveMs": [[turn, 5.0 + factor * turn / 100] for turn in range(5, 201, 5)],
        "memory": {"residentMb": 600.0 * factor, "rssMb": 610.0 * factor, "processes": int(factor)},
        "loadAverageBefore": 0.2,
    }


REPORT = {
    "measuredAt": "2026-11-22T22:00:00+00:00",
    "seed": 2026,
    "roundsMeasured": 3,
    "machine": {"cpu": "Een & al", "cores": 2, "memoryGb": 8.0, "system": "Linux", "loadAverage": 0.1},
    "versions": {"python": "3.10", "rasa": "3.6.21", "model": "0f1e", "commit": "abc"},
    "memoryIs": "resident memory",
    "ratios": {"turnsPerSecond16": 4.0, "p95At16": 0.25, "memory": 0.65, "turn200Over5": 1.4},
    "targets": {},
    "answers": {
        "turns": 100, "same": 90, "extended": 10, "different": 0, "noAnswerOfStock": 0, "where": [],
    },
    "ours": {
        **_side(1.0),
        "ownDoor": {"16": _load(80.0, 190.0)},
        "triage": {
            "16": {"perSecond": 300.0, "p50Ms": 3.0, "p95Ms": 5.0, "p99Ms": 6.0, "requests": 9, "errors": 0},
        },
    },
    "stock": _side(4.0),
    "screen": {
        "characters": 200, "p50Ms": 0.5, "p95Ms": 0.8, "p99Ms": 0.9,
        "perCharacterAgainstShortest": {"200": 1.0, "200000": 1.4},
    },
}  # fmt: skip
