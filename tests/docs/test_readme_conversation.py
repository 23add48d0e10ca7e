"""The conversation in the README is what the assistant says today."""

from __future__ import annotations

import re

import pytest

from tests.dialogue.conversation import Conversation
from tests.docs.markdown import ROOT

pytestmark = pytest.mark.model

CHECK_FIRST = re.compile(r"^Controleer eerst.*\n?", re.M)
"""Depends on the day: a source grows old."""


def test_the_conversation_in_the_readme_is_real(assistant, event_loop_of_session):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [block] = re.findall(r"^```text conversation\n(.*?)^```", readme, re.S | re.M)
    turns = re.findall(r"^> (.+?)\n\n(.*?)(?=^> |\Z)", block, re.S | re.M)
    assert len(turns) == 3
    talk = Conversation(assistant, event_loop_of_session)
    for said, answer in turns:
        assert _ageless(talk.say(said)) == _ageless(answer), talk.transcript


def _ageless(text: str) -> str:
    return CHECK_FIRST.sub("", text + "\n").strip()
