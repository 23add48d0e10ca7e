"""Score an assessor on a case file: the format and the metrics of `sociale-triage evaluate`."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.triage.types import CHANNELS, DANGER_OUTCOMES, OUTCOMES, ROUTES


class CaseFileError(ValueError):
    """A line of a case file does not follow the contract; the message names file and line."""


class Assessment(Protocol):
    """What an assessor gives back: an outcome code and route codes, best first."""

    outcome: str
    routes: Sequence[str]


Assess = Callable[[str, "str | None", str], Assessment]
"""(text, place or None, channel) to an assessment."""


@dataclass(frozen=True)
class Case:
    """One line of a case file; `group` (`groep`) is the group of red flags it belongs to or resembles."""

    id: str
    text: str
    outcome: str
    channel: str = "bewoner"
    place: str | None = None
    also_right: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True)
class Answer:
    """What the assessor gave for one case, and how long it took in milliseconds."""

    case: Case
    outcome: str
    routes: tuple[str, ...]
    milliseconds: float

    @property
    def right(self) -> bool:
        return self.outcome == self.case.outcome or self.outcome in self.case.also_right

    @property
    def forbidden(self) -> bool:
        return self.outcome in self.case.forbidden

    @property
    def false_alarm(self) -> bool:
        """A danger outcome where none was expected or allowed."""
        alarmed = self.outcome in DANGER_OUTCOMES and self.outcome not in self.case.also_right
        return alarmed and self.case.outcome not in DANGER_OUTCOMES

    @property
    def route_right(self) -> bool:
        return bool(self.routes) and self.routes[0] in self.case.routes


def read_cases(file: Path) -> list[Case]:
    """The cases of a JSON Lines file, in order; empty lines are skipped.

    Raises CaseFileError at the first line that does not follow the contract.
    """
    cases: list[Case] = []
    ids: set[str] = set()
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        case = _read_case(line, f"{file}:{number}")
        if case.id in ids:
            raise CaseFileError(f"{file}:{number}: id {case.id!r} is used before; give every case its own id")
        ids.add(case.id)
        cases.append(case)
    return cases


def run(cases: Iterable[Case], assess: Assess) -> list[Answer]:
    """Put every case to `assess`, in order."""
    answers = []
    for case in cases:
        started = time.perf_counter()
        assessment = assess(case.text, case.place, case.channel)
        elapsed = (time.perf_counter() - started) * 1000
        answers.append(Answer(case, assessment.outcome, tuple(assessment.routes), elapsed))
    return answers


def metrics(answers: Sequence[Answer]) -> dict:
    """The object that `evaluate --json` prints, as defined in INTERFACE.md ("Case files").

    Shares lie between 0 and 1, and are None where no case counts for them. `recall` and `precisie`
    per outcome compare with `uitkomst` alone, as the confusion matrix `verwarring` does.
    """
    danger = [answer for answer in answers if answer.case.outcome in DANGER_OUTCOMES]
    caught = [answer for answer in danger if answer.outcome in DANGER_OUTCOMES]
    harmless = [answer for answer in answers if answer.case.outcome not in DANGER_OUTCOMES]
    routed = [answer for answer in answers if answer.case.routes]
    right = sum(answer.right for answer in answers)
    forbidden = sum(answer.forbidden for answer in answers)
    return {
        "n": len(answers),
        "goed": right,
        "goedAandeel": _share(right, len(answers)),
        "verboden": forbidden,
        "verbodenAandeel": _share(forbidden, len(answers)),
        "gevaarRecall": _share(len(caught), len(danger)),
        "gevaarGemist": [answer.case.id for answer in danger if answer.outcome not in DANGER_OUTCOMES],
        "valsAlarm": _share(sum(answer.false_alarm for answer in harmless), len(harmless)),
        "routeTop1": _share(sum(answer.route_right for answer in routed), len(routed)),
        "perUitkomst": _per_outcome(answers),
        "verwarring": _confusion(answers),
        "ms": _percentiles([answer.milliseconds for answer in answers]),
    }


def wrong(answers: Iterable[Answer]) -> list[Answer]:
    """The answers that `evaluate --errors` lists."""
    return [answer for answer in answers if not answer.right]


def _per_outcome(answers: Sequence[Answer]) -> dict[str, dict]:
    expected = Counter(answer.case.outcome for answer in answers)
    given = Counter(answer.outcome for answer in answers)
    hits = Counter(answer.outcome for answer in answers if answer.outcome == answer.case.outcome)
    return {
        code: {
            "n": expected[code],
            "recall": _share(hits[code], expected[code]),
            "precisie": _share(hits[code], given[code]),
        }
        for code in OUTCOMES
        if expected[code] or given[code]
    }


def _confusion(answers: Sequence[Answer]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for answer in answers:
        row = table.setdefault(answer.case.outcome, {})
        row[answer.outcome] = row.get(answer.outcome, 0) + 1
    return table


def _percentiles(milliseconds: Sequence[float]) -> dict[str, float | None]:
    if not milliseconds:
        return {"p50": None, "p95": None}
    return {f"p{rank}": round(float(np.percentile(milliseconds, rank)), 3) for rank in (50, 95)}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _read_case(line: str, where: str) -> Case:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise CaseFileError(f"{where}: no valid JSON ({error.msg}, column {error.colno})") from error
    if not isinstance(fields, dict):
        raise CaseFileError(f"{where}: expected one JSON object a line")
    for name in ("id", "tekst", "uitkomst"):
        if not isinstance(fields.get(name), str) or not fields[name].strip():
            raise CaseFileError(f"{where}: {name!r} is missing or no text")
    channel = fields.get("kanaal") or "bewoner"
    place = fields.get("plaats") or None
    _check_codes(where, "uitkomst", [fields["uitkomst"]], OUTCOMES)
    _check_codes(where, "kanaal", [channel], CHANNELS)
    if place is not None and not isinstance(place, str):
        raise CaseFileError(f"{where}: 'plaats' is no text")
    return Case(
        id=fields["id"],
        text=fields["tekst"],
        outcome=fields["uitkomst"],
        channel=channel,
        place=place,
        also_right=_codes(fields, "ook_goed", OUTCOMES, where),
        routes=_codes(fields, "routes", ROUTES, where),
        forbidden=_codes(fields, "verboden", OUTCOMES, where),
        group=fields.get("groep") or None,
    )


def _codes(fields: dict, name: str, known: Sequence[str], where: str) -> tuple[str, ...]:
    codes = fields.get(name) or []
    if not isinstance(codes, list):
        raise CaseFileError(f"{where}: {name!r} must be a list of codes")
    _check_codes(where, name, codes, known)
    return tuple(codes)


def _check_codes(where: str, name: str, codes: Sequence[str], known: Sequence[str]) -> None:
    for code in codes:
        if code not in known:
            raise CaseFileError(f"{where}: {name!r} holds {code!r}; use one of {', '.join(known)}")
