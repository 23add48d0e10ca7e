"""The fixed lines in an answer: what a front desk must see of them, and in which language."""

from __future__ import annotations

from collections.abc import Mapping

from actions.danger_answers import DangerAnswers
from actions.responses import Responses
from api.desk.texts import all_texts
from bot.triage.types import RULE_ACTIONS

CHANNEL = "balie"
MOST_LINES = 4
"""As many lines as somebody reads while a patient is in danger."""

_NUMBERS = "utter_nummers_"


def notices(answer: str) -> list[str]:
    """The fixed lines of dangers to keep in sight that stand in `answer`, heaviest danger first."""
    responses, danger = Responses.load(), DangerAnswers.load()
    texts = (responses.text(danger.line(code).response, CHANNEL) for code in RULE_ACTIONS)
    return [" ".join(text.split()) for text in texts if text in answer]


def in_danger(answer: str) -> list[str]:
    """At most four lines of a fixed danger `answer`: not its heading, not what the card says of itself.

    The first line and lines with a number go before the others; the order stays.
    """
    left_out = tuple(all_texts("niet_herhalen").values())
    dutch = _without(answer, [text for _, text in _in_other_languages(answer)])
    lines = [line for line in dutch.splitlines() if line and not line.startswith(left_out)]
    by_weight = sorted(range(len(lines)), key=lambda at: (at > 0 and not _has_number(lines[at]), at))
    return [lines[at] for at in sorted(by_weight[:MOST_LINES])]


def other_languages(answer: str) -> list[Mapping[str, str]]:
    """What stands in `answer` in another language: `{"taal", "tekst"}`, a line each."""
    return [
        {"taal": language, "tekst": line}
        for language, text in _in_other_languages(answer)
        for line in text.splitlines()
    ]


def _in_other_languages(answer: str) -> list[tuple[str, str]]:
    responses = Responses.load()
    names = sorted(name for name in responses.names() if name.startswith(_NUMBERS))
    texts = [(name.removeprefix(_NUMBERS), responses.text(name, CHANNEL)) for name in names]
    return [(language, text) for language, text in texts if text in answer]


def _has_number(line: str) -> bool:
    return any(sign.isdigit() for sign in line)


def _without(answer: str, texts: list[str]) -> str:
    for text in texts:
        answer = answer.replace(text, "")
    return answer
