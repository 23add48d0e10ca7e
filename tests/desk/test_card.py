from __future__ import annotations

from datetime import date

from api.desk.card import card
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
