"""What a run says to people: docs/bench.md, its two pictures and the file they are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template

from api.cli.bench.plot import cost_plot, latency_plot
from api.cli.bench.report import AT_LEAST, BUSY, TARGETS, met, rows, was_busy
from api.cli.measured_run import as_json

TEMPLATE = Path(__file__).with_name("page.txt")

MEANINGS = {
    "turnsPerSecond16": "turns per second at 16 clients",
    "p95At16": "95th percentile per turn at 16 clients",
    "memory": "memory",
    "turn200Over5": "our turn 200 against our turn 5",
}


def contents(report: Mapping) -> dict[Path, str]:
    """What to publish of a run, by path in docs/."""
    return {
        Path("bench.md"): page(report),
        Path("bench.json"): as_json(report),
        Path("images") / "bench-latency.svg": latency_plot(report),
        Path("images") / "bench-cost.svg": cost_plot(report),
    }


def page(report: Mapping) -> str:
    """docs/bench.md."""
    machine, screen = report["machine"], report["screen"]
    versions = ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    shares = [report[side]["load"]["16"]["clientShareOfTime"] for side in ("ours", "stock")]
    longest = list(screen["perCharacterAgainstShortest"].items())[-1]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        table=_table(("", "ours", "stock Rasa", "ours against stock"), rows(report)),
        machine=(
            f"Measured on {report['measuredAt'][:10]}: {machine['cpu']}, {machine['cores']} cores, "
            f"{machine['memoryGb']} GB, {machine['system']}; load average before the run "
            f"{machine['loadAverage']}. {versions}. Seed {report['seed']}, "
            f"{report['roundsMeasured']} rounds; {report['ours']['load']['16']['turns']} turns of each side "
            f"at 16 clients.{' ' + BUSY if was_busy(report) else ''}"
        ),
        targets=_table(("what", "target", "measured", ""), _targets(report["ratios"])),
        client=(
            f"At 16 clients they use {shares[0]:.1%} of one core while ours answers, and {shares[1]:.1%} "
            "while stock Rasa does."
        ),
        memory_is=report["memoryIs"],
        answers=_answers(report["answers"]),
        screen=(
            f"A message of {screen['characters']} characters takes {screen['p50Ms']} ms (median; 95 % within "
            f"{screen['p95Ms']} ms). Its cost per character at {int(longest[0]):,} characters is "
            f"{longest[1]} times that at the shortest."
        ),
    )


def _answers(answers: Mapping) -> str:
    return (
        f"Of {answers['turns']} turns, {answers['same']} have the same words on both sides. "
        f"In {answers['extended']} ours says what stock says and adds something that belongs to our server: "
        "that this is a computer, the first time, and a number that must stay in sight after a danger. "
        f"{answers['different']} differ, and to {answers['noAnswerOfStock']} stock gave no answer."
    )


def _targets(found: Mapping[str, float]) -> Iterable[Sequence[str]]:
    for name, target in TARGETS.items():
        side = "at least" if name in AT_LEAST else "at most"
        yield (
            MEANINGS[name],
            f"{side} {target:.3g}",
            f"{found[name]}",
            "met" if met(name, found[name]) else "missed",
        )


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    marks = ["---", *["--:"] * (len(head) - 2), "---"]
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, marks, *lines))
