"""The card that a front desk reads in seconds, made from the Triage object of the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sociale_kaart.kinds import load_routes

from api.desk.fixed_lines import in_danger, other_languages
from api.desk.highlight import Denied, marked
from api.desk.labels import label
from api.desk.record import record_text
from api.desk.speech import can_be_reached, next_steps, say_aloud, suggested_codes
from api.desk.texts import all_texts, heading
from bot.triage.types import DANGER_OUTCOMES

MOST_INITIATIVES = 3
"""As many as can be told on the phone."""


def card(triage: Mapping, typed: str, today: date) -> dict:
    """The object `Balievraag` of the contract: what `typed` was read as, and what to do with it.

    `triage` is the Triage object for `typed` on the channel of the front desk. In danger there is nothing
    to say aloud and nothing to hand out: `doen` holds what matters of the fixed answer. A place that nobody
    can reach is not on the card, and so not on the paper.
    """
    danger = triage["uitkomst"] in DANGER_OUTCOMES
    reached = [one for one in triage["initiatieven"] if can_be_reached(one)]
    shown = {**triage, "initiatieven": reached[:MOST_INITIATIVES]}
    initiatives = shown["initiatieven"]
    codes = [] if danger else suggested_codes(triage, typed)
    return {
        "uitkomst": triage["uitkomst"],
        "kop": heading(triage["uitkomst"], triage["zeker"]),
        "isGevaar": danger,
        "zeker": triage["zeker"],
        "gelezen": _read(triage, typed),
        "plaats": triage["plaats"],
        "zeg": [] if danger else list(say_aloud(shown)),
        "doen": in_danger(triage["antwoord"]) if danger else next_steps(shown),
        "andereTalen": other_languages(triage["antwoord"]),
        "initiatieven": initiatives,
        "bel": triage["bel"],
        "landelijk": _national(triage["routes"]),
        "icpc": codes,
        "hisTekst": record_text(triage, initiatives, codes, today),
        "triage": dict(triage),
    }


def _read(triage: Mapping, typed: str) -> list[dict]:
    """`typed` with the words marked that carry the outcome; what was denied only where a rule saw danger."""
    outcome, routes, certain = triage["uitkomst"], triage["routes"], triage["zeker"]
    place = (triage["plaats"] or {}).values()
    reasons = [reason for reason in triage["redenen"] if reason["fragment"] not in place]
    denied = Denied(*(frozenset(all_texts("ontkend")[where].split()) for where in ("voor", "na")))
    return marked(
        typed,
        reasons,
        lambda code: label(code, outcome, routes, certain),
        None if outcome in DANGER_OUTCOMES and certain else denied,
    )


def _national(routes: Sequence[str]) -> dict | None:
    """What the whole country has for the first route."""
    route = load_routes()[routes[0]] if routes else None
    return {"naam": route.name, "website": route.website} if route else None
