"""Whole conversations through the real agent and the real actions; a failure prints the transcript."""

from __future__ import annotations

from pathlib import Path

import pytest
from sociale_kaart.yaml_text import read_yaml_text

from tests.dialogue.conversation import Conversation
from tests.language.measure import too_long

FILES = sorted((Path(__file__).parent / "cases").glob("*.yml"))
CASES = [case for file in FILES for case in read_yaml_text(file.read_text(encoding="utf-8"))]

pytestmark = pytest.mark.model


def _marks(case: dict) -> list:
    return [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"], marks=_marks(c)) for c in CASES])
def test_conversation(case, assistant, event_loop_of_session):
    talk = Conversation(assistant, event_loop_of_session, case.get("kanaal", "bewoner"), case.get("gemeente"))
    for turn in case["beurten"]:
        answer = talk.press(turn["knop"]) if "knop" in turn else talk.say(turn["typt"])
        _check(turn, answer, talk)
        _check_length(talk)


def _check(turn: dict, answer: str, talk: Conversation) -> None:
    story = f"\n{talk.transcript}\n"
    for wanted in turn.get("noemt", ()):
        assert wanted.lower() in answer.lower(), f"the answer does not say {wanted!r}{story}"
    for unwanted in turn.get("zwijgt_over", ()):
        assert unwanted.lower() not in answer.lower(), f"the answer says {unwanted!r}{story}"
    for button in turn.get("knoppen", ()):
        assert button in talk.buttons, f"no button {button!r}{story}"
    if "uitkomst" in turn:
        assert talk.triage and talk.triage["uitkomst"] == turn["uitkomst"], f"another outcome{story}"
    if "route" in turn:
        assert talk.triage["routes"][:1] == [turn["route"]], f"another route: {talk.triage['routes']}{story}"
    if "plaats" in turn:
        assert (talk.triage["plaats"] or {}).get("naam") == turn["plaats"], f"another place{story}"
    if "plekken" in turn:
        assert bool(talk.triage["initiatieven"]) == turn["plekken"], f"initiatives: {talk.triage}{story}"


def _check_length(talk: Conversation) -> None:
    """Every bubble is short; of a list of places only what stands above it counts."""
    for message in talk.messages:
        faults = too_long(message.get("kort") or message["tekst"])
        assert not faults, f"{faults}\n{talk.transcript}\n"
