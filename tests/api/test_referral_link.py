from __future__ import annotations

import asyncio

import pytest

from api.referral_link import with_referral_link
from bot.turn import Turn
from tests.api.fakes import message, triage_of

PLACE = {"naam": "Zaamslag", "gemeente": "Terneuzen", "bron": "bericht"}


class Desk:
    """Where applying is possible, as the referral desk says it."""

    def __init__(self, *open_in: str) -> None:
        self.open_in = open_in

    def municipality(self, asked: str | None) -> str | None:
        return asked

    async def consent(self, municipality: str | None) -> object | None:
        return object() if municipality in self.open_in else None


def links(desk: Desk, channel: str = "bewoner", address: str = "", **triage) -> list[list[dict]]:
    """The links under each message of a turn about Welzijn op Recept."""
    about = {**triage_of("iets"), "routes": ["welzijn_op_recept"], "plaats": PLACE, **triage}
    turn = Turn([message("Eerst dit."), message("En dan dit.")], about, channel)
    linked = asyncio.run(with_referral_link(turn, desk, address))
    return [one.get("links", []) for one in linked.messages]


def test_where_the_municipality_opened_it_somebody_can_apply():
    [first, [link]] = links(Desk("Terneuzen"))
    assert first == []
    assert link == {"tekst": "Meld u aan voor Welzijn op Recept", "url": "/aanmelden?gemeente=Terneuzen"}


def test_elsewhere_it_says_how_to_ask_the_gp():
    [_, [link]] = links(Desk(), address="https://hulp.example.nl")
    assert link["tekst"].startswith("Zo vraagt u")
    assert link["url"] == "https://hulp.example.nl/aanmelden?gemeente=Terneuzen"


def test_without_a_place_the_page_asks_which_municipality():
    [_, [link]] = links(Desk(), plaats=None)
    assert link["url"] == "/aanmelden"


@pytest.mark.parametrize(
    "other", [{"uitkomst": "crisis_113"}, {"uitkomst": "medisch"}, {"routes": ["rouw"]}, {"channel": "balie"}]
)
def test_other_answers_have_no_link(other):
    assert links(Desk("Terneuzen"), **other) == [[], []]


def test_a_turn_that_decided_nothing_has_none():
    turn = Turn([message("Tot ziens.")])
    assert asyncio.run(with_referral_link(turn, Desk(), "")) is turn
