from __future__ import annotations

from datetime import date

import pytest

from api.desk.card import card
from bot.triage.types import DANGER_OUTCOMES
from tests.api.fakes import INITIATIVE, triage_of

TODAY = date(2026, 11, 22)
PLACE = {"naam": "Goes", "gemeente": "Goes", "bron": "bericht"}


def marks(triage: dict, typed: str) -> list[str]:
    return [part["tekst"] for part in card(triage, typed, TODAY)["gelezen"] if part["wijstOp"]]


def test_a_place_is_no_reason():
    reasons = [{"fragment": word, "wijstOp": "odensehuis"} for word in ("Goes", "samen koffie")]
    triage = {**triage_of("x"), "plaats": PLACE, "redenen": reasons}
    assert marks(triage, "samen koffie in Goes") == ["samen koffie"]


def test_what_is_denied_is_no_reason():
    reasons = [{"fragment": "eenzaam", "wijstOp": "sociaal"}]
    triage = {**triage_of("x"), "redenen": reasons}
    assert marks(triage, "gn eenzaam") == [] and marks(triage, "mw eenzaam") == ["eenzaam"]


def test_a_place_that_nobody_can_reach_is_not_on_the_card():
    unreachable = {**INITIATIVE, "website": None, "naam": "Zonder iets"}
    triage = {**triage_of("x"), "plaats": PLACE, "initiatieven": [unreachable]}
    made = card(triage, "x", TODAY)
    assert made["initiatieven"] == [] and made["triage"]["initiatieven"] == [unreachable]
    assert "geen plek" in made["doen"][0] and "Zonder iets" not in made["hisTekst"] + " ".join(made["zeg"])


@pytest.mark.parametrize("outcome", DANGER_OUTCOMES)
def test_what_only_the_model_saw_is_told_as_doubt(outcome):
    reasons = [{"fragment": "vrijdag", "wijstOp": outcome}]
    triage = {**triage_of("druk op mijn borst"), "uitkomst": outcome, "redenen": reasons}
    sure, doubt = (card({**triage, "zeker": certain}, "huis vrijdag", TODAY) for certain in (True, False))
    assert sure["kop"].startswith("Rode vlag") and sure["kop"] in sure["hisTekst"]
    assert doubt["kop"].startswith("Niet zeker, vraag door") and doubt["kop"] in doubt["hisTekst"]
    assert not doubt["zeker"] and doubt["isGevaar"] and doubt["uitkomst"] == outcome
    assert (doubt["doen"], doubt["bel"]) == (sure["doen"], sure["bel"])
    marked = [[part["tekst"] for part in one["gelezen"] if part["wijstOp"]] for one in (sure, doubt)]
    assert marked == [["vrijdag"], []]


def test_a_rule_that_saw_danger_shows_its_words_even_where_they_are_denied():
    triage = {**triage_of("druk op mijn borst"), "redenen": [{"fragment": "pob", "wijstOp": "spoed_112"}]}
    assert marks(triage, "gn pob") == ["pob"]
