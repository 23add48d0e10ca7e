"""What the card takes from the fixed answers: few lines, every number of the first, nothing foreign."""

from __future__ import annotations

import pytest

from actions.answers import danger, lines, numbers_in
from actions.context import build_context
from actions.triage_object import render
from api.desk.fixed_lines import MOST_LINES, in_danger, notices, other_languages
from api.desk.speech import next_steps
from bot.triage.types import DANGER_OUTCOMES, RULE_ACTIONS
from tests.desk.test_speech import triage


@pytest.fixture(scope="module")
def context():
    return build_context()


def said(utterances, context) -> str:
    return "\n\n".join(render(one, "balie", context) for one in utterances)


@pytest.mark.parametrize("soft", [True, False])
@pytest.mark.parametrize("outcome", DANGER_OUTCOMES)
def test_danger_takes_at_most_four_lines_and_does_not_repeat_its_heading(outcome, soft, context):
    decision = {"outcome": outcome, "soft": soft, "language": "de", "notices": DANGER_OUTCOMES}
    answer = said(danger(decision, "balie", context), context)
    kept = in_danger(answer)
    assert 1 <= len(kept) <= MOST_LINES and all(line in answer for line in kept)
    assert "protocol" in " ".join(kept) and "112" in " ".join(kept)
    assert not any(line.startswith(("Rode vlag: ", "Dit is een signaal")) for line in kept)
    assert not any("Rufen" in line for line in kept)
    assert {line["taal"] for line in other_languages(answer)} == {"de"}


def test_a_dutch_answer_has_no_other_language(context):
    assert other_languages(said(danger({"outcome": "spoed_112"}, "balie", context), context)) == []
    assert [one["tekst"] for one in other_languages(said(numbers_in("en"), context))]


@pytest.mark.parametrize("code", RULE_ACTIONS)
def test_a_danger_to_keep_in_sight_is_the_first_thing_to_do(code, context):
    answer = said(lines([code], context), context)
    steps = next_steps({**triage("sociaal", "welzijn_op_recept"), "antwoord": f"{answer}\n\nKijk hier."})
    assert notices(answer) and steps[0] == notices(answer)[0] and len(steps) > 1
    assert notices("Kijk hier.") == []
