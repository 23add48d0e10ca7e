"""What is found in the text written out is told with what was typed; no danger is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.triage.screen import Screen
from bot.triage.shorthand import write_out
from bot.triage.types import Reason
from bot.triage.written_out import Change, WrittenOut, screen_both, typed_reasons, written

SHORT = st.sampled_from(
    ["mw", "82", "jr", "pt†", "gn", "pob", "SI", ",", "/", " ", ". ", "♀", "'44", "hh rec", "tekst", "T 38.6"]
)


def test_an_abbreviation_counts_whole_and_the_rest_to_the_letter():
    message = written("mw slpt slecht", [Change(0, 2, "mevrouw"), Change(3, 7, "slaapt")])
    assert message.text == "mevrouw slaapt slecht"
    assert message.typed_fragment("vrouw slaapt") == "mw slpt"
    assert message.typed_fragment("slecht") == "slecht"
    assert message.typed_fragment("lech") == "lech"
    assert message.typed_fragment("nergens") == "nergens"


def test_words_that_were_typed_together_come_apart():
    assert written("82jr", [Change(2, 4, "jaar")]).text == "82 jaar"
    assert written("oorklt", [Change(3, 6, "klachten", glued=True)]).text == "oorklachten"


@given(st.lists(SHORT, max_size=12))
def test_every_stretch_leads_back_to_what_was_typed(parts):
    typed = "".join(parts)
    message = write_out(typed, "balie")
    for place in range(len(message.text)):
        start, end = message.typed_span(place, place + 1)
        assert 0 <= start < end <= len(typed)
    assert message.typed_span(0, len(message.text)) == (0, len(typed)) if typed else True


def test_reasons_are_told_as_typed():
    message = write_out("mw 82, slpt sl, gn klt", "balie")
    assert typed_reasons([Reason("slaapt slecht", "slaap")], message) == [Reason("slpt sl", "slaap")]


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("mw 40 SI sinds gist", "crisis_113"),
        ("dhr TS vorige wk, weer somb", "crisis_113"),
        ("AM door mj 15", "crisis_113"),
        ("mw btl id tuin", "spoed_112"),
    ],
)
def test_danger_behind_an_abbreviation_is_seen(typed, outcome):
    screening = screen_both(Screen.load().check, write_out(typed, "balie"))
    assert screening.outcome == outcome
    assert all(hit.fragment == typed[hit.start : hit.end] != "" for hit in screening.hits)


@pytest.mark.parametrize("typed", ["pob sinds 20 min", "gn pob", "SI", "mw wil dood", "scheve mnd", "TIA vm"])
def test_writing_out_takes_no_hit_away(typed):
    screen = Screen.load()
    before = {hit.rule_id: hit.soft for hit in screen.check(typed).hits}
    after = {hit.rule_id: hit.soft for hit in screen_both(screen.check, write_out(typed, "balie")).hits}
    assert set(before) <= set(after)
    assert all(before[rule] or not after[rule] for rule in before)


def test_a_message_without_shorthand_is_screened_once():
    asked = []

    def check(text):
        asked.append(text)
        return Screen.load().check(text)

    screen_both(check, WrittenOut.unchanged("ik wil dood"))
    assert asked == ["ik wil dood"]
