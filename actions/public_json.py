"""The public JSON of the contract: Initiatief and Bel objects."""

from __future__ import annotations

from collections.abc import Iterable

from sociale_kaart.model import HelpLine, Result, SearchAnswer
from sociale_kaart.present import as_json

from actions.context import ActionContext


def initiatives_json(results: Iterable[Result]) -> list[dict]:
    """Initiatief objects of the contract."""
    return [as_json(result) for result in results]


def calls_json(keys: Iterable[str], context: ActionContext) -> list[dict]:
    """Bel objects for help-line keys. The GP and out-of-hours rows carry no number of their own."""
    return [call_json(context.helplines[key], context) for key in keys]


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
    """`{"begrepen", "initiatieven"}` of the contract: how the query was read, and what was found."""
    understood = answer.understood
    return {
        "begrepen": {
            "route": understood.route,
            "plaats": understood.place,
            "gemeente": understood.municipality,
            "organisatie": understood.organisation,
        },
        "initiatieven": [as_json(result, with_score=True) for result in answer.results],
    }
