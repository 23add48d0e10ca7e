"""What the whole program does with the development exam, as shares with their confidence intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from scipy.stats import binomtest

from bot.exam import all_answers
from bot.triage.evaluation import Answer
from bot.triage.types import DANGER_OUTCOMES

CONFIDENCE = 0.95


def exam_figures(answered: dict[str, list[Answer]]) -> dict:
    """The figures of the report: over everything, per outcome, per file and per group of red flags."""
    everything = all_answers(answered)
    return {
        "totaal": _row(everything),
        "perUitkomst": {
            outcome: _row([a for a in everything if a.case.outcome == outcome]) for outcome in DANGER_OUTCOMES
        },
        "perBestand": {name: _row(answers) for name, answers in answered.items()},
        "perGroep": {group: _row(answers) for group, answers in _by_group(everything).items()},
        "gemist": _ids(a for a in everything if _is_danger(a) and a.outcome not in DANGER_OUTCOMES),
        "valsAlarm": _ids(a for a in everything if a.false_alarm),
    }


def share(part: int, whole: int) -> dict | None:
    """`{"aantal", "van", "aandeel", "van95", "tot95"}`: a share with its Wilson interval; None of nothing.

    Wilson's score interval, because the shares lie near 0 and 1 and the groups are small
    (Brown, Cai and DasGupta, Statistical Science 2001, recommend it for such cases).
    """
    if not whole:
        return None
    interval = binomtest(part, whole).proportion_ci(CONFIDENCE, method="wilson")
    return {
        "aantal": part,
        "van": whole,
        "aandeel": round(part / whole, 3),
        "van95": round(float(interval.low), 3),
        "tot95": round(float(interval.high), 3),
    }


def _row(answers: Sequence[Answer]) -> dict:
    danger = [answer for answer in answers if _is_danger(answer)]
    others = [answer for answer in answers if not _is_danger(answer)]
    return {
        "herkend": _share_of(danger, lambda answer: answer.outcome in DANGER_OUTCOMES),
        "juisteUitkomst": _share_of(
            danger, lambda answer: answer.right and answer.outcome in DANGER_OUTCOMES
        ),
        "valsAlarm": _share_of(others, lambda answer: answer.false_alarm),
    }


def _share_of(answers: Sequence[Answer], counts: Callable[[Answer], bool]) -> dict | None:
    return share(sum(map(counts, answers)), len(answers))


def _by_group(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.case.group:
            groups[answer.case.group].append(answer)
    return dict(sorted(groups.items()))


def _is_danger(answer: Answer) -> bool:
    return answer.case.outcome in DANGER_OUTCOMES


def _ids(answers: Iterable[Answer]) -> list[str]:
    return sorted(answer.case.id for answer in answers)
