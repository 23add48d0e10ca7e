"""After a flag the number stays in sight, once per answer."""

from __future__ import annotations

import pytest

from actions.context import build_context
from bot.number_in_sight import with_number_in_sight
from bot.triage.types import DANGER_OUTCOMES

QUESTION = {"van": "assistent", "tekst": "Waar woont u?", "knoppen": [], "initiatieven": [], "bel": []}


@pytest.fixture(scope="module")
def context():
    return build_context()


def test_without_danger_nothing_is_added(context):
    assert with_number_in_sight([QUESTION], None, "bewoner", context) == [QUESTION]


@pytest.mark.parametrize("danger", DANGER_OUTCOMES)
def test_the_line_comes_after_the_answer_and_only_once(context, danger):
    once = with_number_in_sight([QUESTION], danger, "bewoner", context)
    assert once[0] == QUESTION and once[1]["bel"]
    assert with_number_in_sight(once, danger, "bewoner", context) == once
