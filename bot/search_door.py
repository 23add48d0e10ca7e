"""The search box is a text box too: danger typed there is answered before anything is offered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sociale_kaart.model import SearchAnswer, Understood
from sociale_kaart.search import search

from actions.context import ActionContext
from actions.prescribing import as_opened
from actions.public_json import national_json, search_json
from bot.fallback import danger_in

WORDS_OF_A_TOPIC = 3
"""A query of at most so many words that the catalogue understands is a subject, not a cry for help."""

NOTHING_BESIDE = ("spoed_112", "crisis_113", "onveilig")
"""Beside these warnings nothing is offered, however short the query: the numbers come first and alone."""


@dataclass(frozen=True)
class Found:
    """What the catalogue has for a query, and the fixed danger answer that goes before it, if any.

    `warning`: `{"uitkomst", "antwoord", "bel"}`, numbers checked.
    """

    answer: SearchAnswer
    warning: dict | None


def find_initiatives(
    context: ActionContext, query: str, place: str | None, kind: str | None, limit: int
) -> Found:
    """At most `limit` initiatives, best first; none beside a warning (see NOTHING_BESIDE)."""
    warning = danger_in(f"{query}\n{place or ''}", context)
    answer = search(context.catalogue, query, place=place, kind=kind, limit=limit)
    if warning and (warning["uitkomst"] in NOTHING_BESIDE or not _names_a_subject(query, answer.understood)):
        answer = replace(answer, results=())
    results = as_opened(answer.results, answer.understood.municipality, context)
    return Found(replace(answer, results=results), warning)


def found_json(found: Found, context: ActionContext) -> dict:
    """`{"begrepen", "initiatieven"}` of the contract, and two additions.

    `landelijk`: what the whole country has for the route, or None; `waarschuwing`: see `Found`.
    """
    route = context.routes.get(found.answer.understood.route or "")
    content = {**search_json(found.answer), "landelijk": national_json(route, context) if route else None}
    return {**context.numbers.checked(content), "waarschuwing": found.warning}


def _names_a_subject(query: str, understood: Understood) -> bool:
    recognised = understood.route or understood.organisation
    return bool(recognised) and len(query.split()) <= WORDS_OF_A_TOPIC
