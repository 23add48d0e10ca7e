"""The errors from which most can be learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from bot.triage.evaluation import Answer, Case, wrong
from bot.triage.types import DANGER_OUTCOMES

SHOWN = 30
MOST_OF_A_KIND = 10
MOST_OF_A_PAIR = 3
LONGEST_TEXT = 160

KINDS = ("missed danger", "forbidden", "sure")
"""In the order in which they are shown."""


def instructive_errors(answers: Iterable[Answer], certainty: Callable[[Case], float]) -> list[dict]:
    """At most SHOWN wrong answers: missed danger, then other forbidden answers, then other sure mistakes.

    Each kind gets a third of the places, and what others leave; within a kind the surest go first, and a
    pair of expected and given stands at most MOST_OF_A_PAIR times, so that no one weakness fills the
    list. `certainty` is how sure the program is of its answer to a case (0..1).
    """
    mistakes = [(kind(answer), certainty(answer.case), answer) for answer in wrong(answers)]
    mistakes.sort(key=lambda mistake: (KINDS.index(mistake[0]), -mistake[1], mistake[2].case.id))
    few_of_a_pair = _at_most(MOST_OF_A_PAIR, mistakes, lambda mistake: _pair(mistake[2]))
    first = _at_most(MOST_OF_A_KIND, few_of_a_pair, lambda mistake: mistake[0])
    left = [mistake for mistake in few_of_a_pair if mistake not in first]
    chosen = [*first, *left][:SHOWN]
    chosen.sort(key=few_of_a_pair.index)
    return [_as_dict(*mistake) for mistake in chosen]


def kind(answer: Answer) -> str:
    """One of KINDS, for a wrong answer."""
    if answer.case.outcome in DANGER_OUTCOMES and answer.outcome not in DANGER_OUTCOMES:
        return "missed danger"
    return "forbidden" if answer.forbidden else "sure"


def _at_most(most: int, mistakes: Iterable[tuple], group: Callable[[tuple], object]) -> list[tuple]:
    seen: Counter = Counter()
    kept = []
    for mistake in mistakes:
        seen[group(mistake)] += 1
        if seen[group(mistake)] <= most:
            kept.append(mistake)
    return kept


def _pair(answer: Answer) -> tuple[str, str]:
    return answer.case.outcome, answer.outcome


def _as_dict(kind: str, certainty: float, answer: Answer) -> dict:
    text = " ".join(answer.case.text.split())
    return {
        "id": answer.case.id,
        "soort": kind,
        "verwacht": answer.case.outcome,
        "gegeven": answer.outcome,
        "zekerheid": round(certainty, 2),
        "tekst": text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rstrip() + "…",
    }
