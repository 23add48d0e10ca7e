"""The public JSON of the contract: Initiatief and Bel objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sociale_kaart.freshness import is_up_to_date
from sociale_kaart.model import HelpLine, Result, Route, SearchAnswer
from sociale_kaart.present import as_json

from actions.context import ActionContext
from actions.local_contact import Municipality
from actions.number_guard import FRONT_DESK
from actions.sentences import say

MUNICIPALITY = "gemeente"
"""Among the keys of help lines: the municipality of the conversation, and its neighbourhood team."""


def initiatives_json(results: Iterable[Result]) -> list[dict]:
    """Initiatief objects of the contract."""
    return [as_json(result) for result in results]


def initiative_json(initiative_id: str, context: ActionContext) -> dict | None:
    """The Initiatief object with that id, its numbers checked; None where the catalogue shows none."""
    one = context.catalogue.get(initiative_id)
    if one is None:
        return None
    up_to_date = is_up_to_date(one.checked_on, date.today())
    found = Result(one, score=100, distance_km=None, up_to_date=up_to_date, why="")
    return context.numbers.checked(initiatives_json([found]))[0]


def calls_json(keys: Iterable[str], context: ActionContext) -> list[dict]:
    """Bel objects for help-line keys; MUNICIPALITY stands for the municipality's own numbers, where known.

    The GP and out-of-hours rows carry no number of their own.
    """
    calls: list[dict] = []
    for key in keys:
        own = key == MUNICIPALITY
        calls += _municipal_calls(context) if own else [call_json(context.helplines[key], context)]
    return calls


def call_json(line: HelpLine, context: ActionContext) -> dict:
    """One Bel object: `{"naam", "telefoon", "url", "openingstijden", "wanneer"}`."""
    phone, url = line.phone, line.url
    if line.key == "huisartsenpost":
        phone = context.municipality.out_of_hours_gp_phone
        url = context.municipality.out_of_hours_gp_website or url
    return {
        "naam": line.name,
        "telefoon": phone,
        "url": url,
        "openingstijden": line.opening_hours,
        "wanneer": line.when,
    }


def _municipal_calls(context: ActionContext) -> Iterator[dict]:
    municipality, team = context.municipality, context.municipality.team
    if municipality.phone:
        yield {
            "naam": _name(municipality),
            "telefoon": municipality.phone,
            "url": municipality.website,
            "openingstijden": municipality.opening_hours,
            "wanneer": say("gemeente.wanneer"),
        }
    if team and team.name and team.phone:
        yield {
            "naam": team.name[0].upper() + team.name[1:],
            "telefoon": team.phone,
            "url": team.website,
            "openingstijden": team.opening_hours,
            "wanneer": say("wijkteam.wanneer"),
        }


def _name(municipality: Municipality) -> str:
    known = municipality.name
    return say("gemeente.naam", naam=known) if known else say("gemeente.naam_onbekend")


def national_json(route: Route, context: ActionContext) -> dict:
    """What the whole country has for a route: `{"naam", "website", "bel"}`."""
    lines = (context.helplines.get(key) for key in route.help_lines)
    calls = [line for line in lines if line and line.audience != FRONT_DESK and not line.municipalities]
    return {
        "naam": route.name,
        "website": route.website,
        "bel": [call_json(line, context) for line in calls],
    }


def message_json(text: str, calls: Iterable[str], context: ActionContext) -> dict:
    """A Bericht of the contract without buttons or initiatives; `calls` are help-line keys."""
    return {
        "van": "assistent",
        "tekst": text,
        "knoppen": [],
        "initiatieven": [],
        "bel": calls_json(calls, context),
    }


def search_json(answer: SearchAnswer) -> dict:
    """`{"begrepen", "initiatieven"}` of the contract: how the query was read, and what was found.

    `plaatsKeuzes` is an addition: the places that share the name that was typed, to ask which.
    """
    understood = answer.understood
    return {
        "begrepen": {
            "route": understood.route,
            "plaats": understood.place,
            "gemeente": understood.municipality,
            "organisatie": understood.organisation,
        },
        "plaatsKeuzes": list(understood.places_to_choose),
        "initiatieven": [as_json(result, with_score=True) for result in answer.results],
    }
