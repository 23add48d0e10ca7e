"""The one file of a run and the one table: ours beside stock Rasa, and what became of the targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from api.cli.bench.figures import over_rounds

TARGETS = {"turnsPerSecond16": 3.0, "p95At16": 1 / 3, "memory": 0.6, "turn200Over5": 1.3}
"""Issue G: at least the first, at most the others."""

AT_LEAST = ("turnsPerSecond16",)
MOST_LOAD = 0.25
"""Load average per core before a run up to which a machine counts as idle."""

BUSY = "Other programs used the cores during this run: the times are longer than they need be."
"""Said of a run on a machine that was not idle."""

HEALTH_TARGET_MS = 50
"""Issue G: 95 % of the health checks within, while 16 clients talk."""


def ratios(ours: Mapping, stock: Mapping) -> dict[str, float]:
    """Ours against stock in the same run; `turn200Over5` is ours alone."""
    costs = ours["turnCostMs"]
    pairs = {
        "turnsPerSecond16": (ours["load"]["16"]["turnsPerSecond"], stock["load"]["16"]["turnsPerSecond"]),
        "p95At16": (ours["load"]["16"]["p95Ms"], stock["load"]["16"]["p95Ms"]),
        "memory": (ours["memory"]["residentMb"], stock["memory"]["residentMb"]),
        "turn200Over5": (costs["200"], costs["5"]),
    }
    return {name: round(one / other, 3) for name, (one, other) in pairs.items()}


def met(name: str, ratio: float) -> bool:
    """Whether a ratio reaches its target."""
    return ratio >= TARGETS[name] if name in AT_LEAST else ratio <= TARGETS[name]


def of_sides(rounds: Mapping[str, Sequence[Mapping]]) -> dict[str, dict]:
    """Per side its figures over all rounds, and those of each round."""
    return {name: {**over_rounds(figures), "rounds": list(figures)} for name, figures in rounds.items()}


def was_busy(report: Mapping) -> bool:
    """Whether other programs wanted the cores as well, so that times are longer than they need be."""
    return report["machine"]["loadAverage"] > MOST_LOAD * report["machine"]["cores"]


def rows(report: Mapping) -> Iterator[tuple[str, str, str, str]]:
    """The table: what, ours, stock, ours against stock. Of figures with a target it stands in the last."""
    ours, stock, found = report["ours"], report["stock"], report["ratios"]
    for clients in ours["load"]:
        one, other = ours["load"][clients], stock["load"][clients]
        who = "1 client" if clients == "1" else f"{clients} clients"
        for field, words in (("p50Ms", "median"), ("p95Ms", "95th percentile"), ("p99Ms", "99th percentile")):
            goal = _goal("p95At16", found) if (clients, field) == ("16", "p95Ms") else None
            yield (
                f"{who}: {words} per turn",
                _ms(one[field]),
                _ms(other[field]),
                goal or _times(one, other, field),
            )
        field = "turnsPerSecond"
        goal = _goal("turnsPerSecond16", found) if clients == "16" else None
        yield (
            f"{who}: turns per second",
            f"{one[field]}",
            f"{other[field]}",
            goal or _times(one, other, field),
        )
        yield f"{who}: turns without an answer", _part(one), _part(other), ""
    one, other = ours["memory"], stock["memory"]
    yield "memory", f"{one['residentMb']} MB", f"{other['residentMb']} MB", _goal("memory", found)
    yield "processes", f"{one['processes']}", f"{other['processes']}", ""
    field = "startUpSeconds"
    yield "start-up to first answer", f"{ours[field]} s", f"{stock[field]} s", _times(ours, stock, field)
    for turn in ours["turnCostMs"]:
        one, other = ours["turnCostMs"], stock["turnCostMs"]
        yield f"cost per turn at turn {turn}", _ms(one[turn]), _ms(other[turn]), _times(one, other, turn)
    growth = stock["turnCostMs"]["200"] / stock["turnCostMs"]["5"]
    yield "turn 200 against turn 5", f"{found['turn200Over5']}", f"{growth:.3f}", _goal("turn200Over5", found)
    one, other = ours["health"]["p95Ms"], stock["health"]["p95Ms"]
    verdict = "met" if one < HEALTH_TARGET_MS else "missed"
    yield "16 clients: 95th percentile of a health check", _ms(one), _ms(other), f"under 50 ms: {verdict}"
    for clients, figures in ours["ownDoor"].items():
        words = f"{figures['turnsPerSecond']}/s, 95th percentile {_ms(figures['p95Ms'])}"
        yield f"{clients} at /v1/gesprekken", words, "-", ""
    for clients, figures in ours["triage"].items():
        words = f"{figures['perSecond']}/s, 95th percentile {_ms(figures['p95Ms'])}"
        yield f"{clients} at /v1/triage", words, "-", ""


def table(report: Mapping) -> Iterator[str]:
    """The lines to print."""
    lines = [("", "ours", "stock", "ours against stock"), *rows(report)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()


def head(report: Mapping) -> Iterator[str]:
    """Machine, versions, seed and what the answers were like."""
    machine, answers = report["machine"], report["answers"]
    yield (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memoryGb']} GB, "
        f"load average before the run {machine['loadAverage']}"
    )
    if was_busy(report):
        yield BUSY
    yield ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    yield f"seed {report['seed']}, {report['roundsMeasured']} rounds, {report['measuredAt']}"
    yield (
        f"{answers['turns']} answers compared: {answers['same']} the same, {answers['extended']} with an "
        f"addition of ours, {answers['different']} different, {answers['noAnswerOfStock']} not given by stock"
    )


def _goal(name: str, found: Mapping[str, float]) -> str:
    side = "at least" if name in AT_LEAST else "at most"
    verdict = "met" if met(name, found[name]) else "missed"
    return f"{found[name]} ({side} {TARGETS[name]:.3g}: {verdict})"


def _times(one: Mapping, other: Mapping, field: str) -> str:
    return f"{one[field] / other[field]:.3f}"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.1f} ms"


def _part(figures: Mapping) -> str:
    return f"{figures['errors']} of {figures['turns']}"
