"""The path without Rasa gives the same Decision as the pipeline with Rasa."""

from __future__ import annotations

import pytest

from bot.training import ROOT
from bot.triage.corpus import load_corpus

pytestmark = pytest.mark.model

TEXTS = [example.text for example in load_corpus(ROOT / "data" / "nlu")[::211]] + [
    "Groningen",
    "MIJN MAN HEEFT DEMENTIE!!",
    "",
    "🙂",
    "ik woon in Den Bosch en zoek iets tegen eenzaamheid",
]


@pytest.mark.parametrize("channel", ["bewoner", "balie"])
@pytest.mark.parametrize("text", TEXTS)
def test_both_paths_decide_alike(text, channel, assessor, assistant, event_loop_of_session):
    with_rasa = event_loop_of_session.run_until_complete(assistant.triage(text, None, channel))
    without = assessor.triage(text, channel=channel)
    certainty = without.pop("zekerheid"), with_rasa.pop("zekerheid")
    assert without == with_rasa
    assert certainty[0] == pytest.approx(certainty[1], abs=0.01)
