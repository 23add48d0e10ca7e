"""Answers as they are said, filled in for real places and municipalities, are as short as their parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from sociale_kaart.municipality import Desk

from actions import answers
from actions.answers import Utterance
from actions.context import ActionContext, build_context
from actions.local_contact import Municipality
from actions.public_json import message_json
from actions.triage_object import render
from bot.bubbles import in_bubbles
from tests.language.measure import bubbles, too_long

PLACES = ("Terneuzen", "Zierikzee", "Amsterdam", "Alphen aan den Rijn", "Schiermonnikoog", "Heerlen")
DANGER = ("utter_spoed", "utter_crisis", "utter_onveilig", "utter_huisarts", "utter_sociaal_spoed")
LONGEST = Municipality(
    name="Alphen aan den Rijn",
    phone="14 0172",
    website="https://www.alphenaandenrijn.nl",
    opening_hours="maandag tot en met vrijdag van 8.30 tot 17.00 uur",
    out_of_hours_gp_phone="088 427 47 00",
    team=Desk(name="het wijkteam Noord", phone="0172 000 000", opening_hours="op werkdagen van 9 tot 12 uur"),
)
"""A municipality that fills in everything."""


@pytest.fixture(scope="module")
def contexts() -> list[ActionContext]:
    """For a site that filled in nothing, for one that filled in everything, and for each with a folder."""
    context = build_context()
    sites = [context, replace(context, municipality=LONGEST)]
    return [*sites, *(context.at(folder.name, None) for folder in context.folders)]


def said(utterances: Iterable[Utterance], context: ActionContext, channel: str) -> Iterator[str]:
    """Each bubble as a page shows it: where there are cards, without the list of them."""
    for utterance in utterances:
        message = message_json(render(utterance, channel, context), utterance.calls, context)
        shown = {**message, "tekst": utterance.brief} if utterance.brief else message
        yield from (bubble["tekst"] for bubble in in_bubbles([shown]))


def _talk(context: ActionContext) -> list[Utterance]:
    return [
        answers.human(context),
        answers.human(context, not_understood=True),
        answers.out_of_scope(context),
        *answers.medical(context),
        *answers.other_language("en", context),
        answers.clarify(("odensehuis", "psychische_kwetsbaarheid", "leefstijl"), context),
    ]


@pytest.mark.parametrize("channel", ["bewoner", "balie"])
def test_answers_with_the_contact_of_a_municipality(contexts, channel):
    for context in contexts:
        faults = [fault for text in said(_talk(context), context, channel) for fault in too_long(text)]
        assert not faults, "\n".join([str(context.municipality.name), *faults])


@pytest.mark.parametrize("name", PLACES)
def test_what_stands_above_a_list_of_places(contexts, name):
    context = contexts[1]
    place = context.gazetteer.lookup(name).place
    for code in context.routes:
        found = answers.social((code,), place, context)
        shown = [result.initiative.id for utterance in found for result in utterance.initiatives]
        more = answers.social((code,), place, context, already_shown=shown)
        faults = [fault for text in said(found + more, context, "bewoner") for fault in too_long(text)]
        faults += [f for one in found for r in one.initiatives for f in too_long(r.why)]
        assert not faults, "\n".join([code, *faults])


def test_the_first_bubble_of_the_opening_leaves_room_for_a_municipality_s_own_greeting(contexts):
    opening = answers.greeting("bewoner", contexts[0])
    first, second = bubbles(render(opening, "bewoner", contexts[0]))
    assert first.startswith("Hallo. ") and len(first.split()) <= 48
    assert all(part in first for part in ("computer, geen mens", "geen dokter", "112", "113", "113.nl"))
    assert "Ik kan niet bellen" in second
    assert "Noem geen naam, geboortedatum of burgerservicenummer." in second


def test_the_numbers_of_a_danger_answer_stand_in_its_first_bubble(contexts):
    context = contexts[0]
    for name in sorted(name for name in context.responses.names() if name.startswith(DANGER)):
        for channel in ("bewoner", "balie"):
            first, *others = bubbles(context.responses.text(name, channel))
            for call in context.danger.calls_of(name):
                number = context.helplines[call].phone
                late = number and number not in first and any(number in text for text in others)
                assert not late, f"{name} ({channel}) names {number} only in a later bubble"
