"""ICPC-1 suggestions: few, verified, in our own words, never in danger."""

from __future__ import annotations

import pytest

from bot.triage.decision import Decision
from bot.triage.icpc import MOST, load_codes, suggest, typed_codes
from bot.triage.lexicon import LEXICON_FOLDER, load_lexicon
from bot.triage.types import DANGER_OUTCOMES, ROUTES, Reason

NOT_VERIFIED = {"Z04", "Z25"}


def decision(outcome: str, *routes: str, concepts=()) -> Decision:
    return Decision(outcome, 0.9, routes=routes, reasons=tuple(Reason("x", code) for code in concepts))


def codes(*arguments, typed: str = "", **named) -> list[str]:
    return [code for code, _ in suggest(decision(*arguments, **named), typed)]


@pytest.mark.parametrize("outcome", [*DANGER_OUTCOMES, "medisch", "verduidelijken", "buiten_bereik", "mens"])
def test_only_a_social_question_gets_a_suggestion(outcome):
    assert codes(outcome, "financieel", concepts=["schulden"], typed="Z01") == []


def test_reasons_go_before_the_route_and_there_are_at_most_two():
    assert codes("sociaal", "financieel", concepts=["voedselbank"]) == ["Z02", "Z01"]
    assert len(codes("gemengd", "mantelzorg", concepts=["schulden", "werkloos"])) == MOST
    assert codes("sociaal", "odensehuis") == []


def test_a_typed_code_is_understood_as_a_hint():
    assert codes("sociaal", "financieel", typed="z15.1? mw alleen") == ["Z15", "Z01"]
    assert typed_codes("Z04 Z99 AZ01 Z011 Z29") == ["Z29"]


def test_only_verified_codes_with_our_own_words():
    assert not NOT_VERIFIED & set(load_codes())
    assert all(entry["omschrijving"] for entry in load_codes().values())


def test_what_points_to_a_code_exists():
    concepts, routes = set(load_lexicon(LEXICON_FOLDER).concepts), set(ROUTES)
    for code, entry in load_codes().items():
        assert set(entry.get("begrippen", ())) <= concepts, code
        assert set(entry.get("routes", ())) <= routes, code


def test_who_died_is_not_guessed_where_it_was_said():
    assert codes("sociaal", "rouw", concepts=["kind_overleden"]) == ["Z19"]
    assert codes("sociaal", "rouw", concepts=["weduwe_partner_overleden"]) == ["Z15"]
    assert codes("sociaal", "rouw") == ["Z15", "Z23"]
