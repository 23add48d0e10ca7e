"""What a GP assistant can say aloud, do next and code, for one Triage object of the contract. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import read_yaml
from sociale_kaart.helplines import load_helplines
from sociale_kaart.kinds import load_kinds

from actions.desk_steps import load_steps
from api.desk.fixed_lines import MOST_LINES, notices
from bot.triage.decision import Decision
from bot.triage.icpc import suggest
from bot.triage.types import DANGER_OUTCOMES, Reason

FILE = Path(__file__).parents[2] / "data" / "balie" / "zeggen.yml"
MOST_STEPS = 3
"""As many lines as somebody with a ringing phone reads."""

MOST_WORDS = 20
"""A sentence that can be said in one breath; a long name goes without its place."""

BY_THE_DOCTOR = "welzijn_op_recept"
"""Its sentence asks whether the doctor may refer: true of the welfare coach alone."""

_BESIDE_THE_NAME = re.compile(r"\s*[(,].*$")


def say_aloud(triage: Mapping) -> tuple[str, ...]:
    """Two sentences for the caller, B1 Dutch with "u"; none in danger, where the own protocol speaks."""
    outcome, routes = triage["uitkomst"], triage["routes"]
    if outcome in DANGER_OUTCOMES:
        return ()
    texts = _sayings()
    if not routes:
        return tuple(texts["uitkomsten"].get(outcome, texts["uitkomsten"]["verduidelijken"]))
    spoken = next(_spoken_of(triage), None)
    sentences = _of_place(*spoken) if spoken else texts["routes"][routes[0]]["geen_plek"]
    return (texts["gemengd"], sentences[0]) if outcome == "gemengd" else tuple(sentences)


def can_be_reached(initiative: Mapping) -> bool:
    """Whether there is any way to get in touch: a number, a mail address, a site or an address to go to."""
    ways = ("telefoon", "email", "website", "websiteLandelijk", "adres")
    return any(initiative[way] for way in ways)


def next_steps(triage: Mapping) -> list[str]:
    """What to do next, the most important first: dangers to keep in sight, and at most three lines more.

    Together no more than a danger has (see fixed_lines.py).
    """
    return [*notices(triage["antwoord"]), *list(_steps(triage))[:MOST_STEPS]][:MOST_LINES]


def suggested_codes(triage: Mapping, typed: str) -> list[dict]:
    """At most two ICPC-1 codes `{"code", "omschrijving"}`, suggestions only; a code in `typed` goes first."""
    reasons = tuple(Reason(reason["fragment"], reason["wijstOp"]) for reason in triage["redenen"])
    decision = Decision(
        triage["uitkomst"], triage["zekerheid"], routes=tuple(triage["routes"]), reasons=reasons
    )
    return [{"code": code, "omschrijving": wording} for code, wording in suggest(decision, typed)]


def _steps(triage: Mapping) -> Iterator[str]:
    outcome, texts = triage["uitkomst"], load_steps()
    yield from texts["uitkomsten"].get(outcome, ())
    if line := texts["bel"].get(outcome):
        yield texts["bel"]["regel"].format_map(_call(line))
    if triage["routes"]:
        yield from _steps_of_route(triage["routes"][0], triage, texts)


def _steps_of_route(route: str, triage: Mapping, texts: Mapping) -> Iterator[str]:
    first = next(iter(triage["initiatieven"]), None)
    if route in texts["routes"]:
        yield texts["routes"][route]
    if first is None:
        yield f"{texts['geen_plek']} {texts['wie_dan']}" if triage["plaats"] else texts["geen_plaats"]
        return
    if first["verwijzingNodig"] and route not in texts["routes"]:
        yield texts["verwijzing"]
    yield texts["plek" if first["actueel"] else "plek_oud"]


def _spoken_of(triage: Mapping) -> Iterator[tuple[str, Mapping]]:
    """The places that can be named aloud, each with the route whose sentence is true of it.

    It lies somewhere, and it can be reached. A kind serves several routes; only the sentence of the route
    that it is the first choice for says what happens there (catalogue/data/soorten.yml).
    """
    for one in triage["initiatieven"]:
        kind = load_kinds().get(one["soort"])
        if kind is None or not (one["plaats"] or one["adres"]) or not can_be_reached(one):
            continue
        if not set(triage["routes"]) & set(kind.routes):
            continue
        own = [route for route, order in kind.routes.items() if order == min(kind.routes.values())]
        route = next((route for route in triage["routes"] if route in own), own[0])
        if kind.routes[route] == 1 or route != BY_THE_DOCTOR:
            yield route, one


def _of_place(route: str, initiative: Mapping) -> list[str]:
    """Two sentences; nothing about calling without a number, or about walking in on old information."""
    of_route = _sayings()["routes"][route]
    name, then = of_route["plek"]
    if not initiative["actueel"]:
        then = of_route.get("oud", then)
    if not initiative["telefoon"]:
        then = of_route.get("zonder_telefoon", then)
    return [_filled(name, initiative), then]


def _call(key: str) -> dict[str, str]:
    line = load_helplines()[key]
    return {"naam": line.name, "telefoon": line.phone, "openingstijden": line.opening_hours}


def _filled(sentence: str, initiative: Mapping) -> str:
    name, place = _BESIDE_THE_NAME.sub("", initiative["naam"]), initiative["plaats"]
    where = _sayings()["waar"].format(plaats=place) if place and place not in name else ""
    filled = sentence.format(naam=name, waar=where)
    return filled if len(filled.split()) <= MOST_WORDS else sentence.format(naam=name, waar="")


@lru_cache
def _sayings() -> Mapping:
    return read_yaml(FILE)
