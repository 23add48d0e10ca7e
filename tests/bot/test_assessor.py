"""The path without Rasa gives the same Decision as the pipeline with Rasa."""

from __future__ import annotations

import pytest

from tests.corpus import whole_corpus

pytestmark = pytest.mark.model

TEXTS = [example.text for example in whole_corpus()[::211]] + [
    "Groningen",
    "MIJN MAN HEEFT DEMENTIE!!",
    "",
    "🙂",
    "ik woon in Den Bosch en zoek iets tegen eenzaamheid",
]
NOTES = [
    "mw 82 jr, pt†, slaapt slecht, gn lich klachten, vr om praatje, Zeist",
    "dhr 49 SI sinds ontslag",
    "gn pob, hh rec pufjes",
    "♀ 34 alleenst, schldn, wie denkt mee",
    "HG? mw durft nt nr huis",
    "Z01 huur 2 mnd achter",
]
"""Practice shorthand: every door must read it alike, and tell what was typed."""


@pytest.mark.parametrize("channel", ["bewoner", "balie"])
def test_both_paths_decide_alike(channel, assessor, assistant, event_loop_of_session):
    for text in TEXTS:
        with_rasa = event_loop_of_session.run_until_complete(assistant.triage(text, None, channel))
        without = assessor.triage(text, channel=channel)
        certainty = without.pop("zekerheid"), with_rasa.pop("zekerheid")
        assert without == with_rasa, text
        assert certainty[0] == pytest.approx(certainty[1], abs=0.01), text


@pytest.mark.parametrize("note", NOTES)
def test_every_door_reads_shorthand_alike(note, assessor, assistant, event_loop_of_session):
    run = event_loop_of_session.run_until_complete
    without = assessor.triage(note, channel="balie")
    outside = run(assistant.triage(note, None, "balie"))
    run(assistant.start("notitie", None, "balie"))
    in_talk = run(assistant.say("notitie", note)).triage
    run(assistant.forget("notitie"))
    for name in ("uitkomst", "routes", "redenen"):
        assert without[name] == outside[name] == in_talk[name]
    assert all(reason["fragment"] in note for reason in without["redenen"])


def test_a_resident_is_read_as_typed(assessor):
    assert assessor.assess("SI", channel="bewoner").outcome == "verduidelijken"
    assert assessor.assess("SI", channel="balie").outcome == "crisis_113"


@pytest.mark.parametrize(
    ("note", "place"), [("mw eenzaam, woont in Goes", "Hulst"), ("mw eenzaam, woont in Goes", None)]
)
def test_a_note_that_names_a_place_is_still_a_question(
    note, place, assessor, assistant, event_loop_of_session
):
    without = assessor.triage(note, place, "balie")
    with_rasa = event_loop_of_session.run_until_complete(assistant.triage(note, place, "balie"))
    assert without["uitkomst"] == with_rasa["uitkomst"] == "sociaal"
    assert without["routes"] == with_rasa["routes"] != []
