"""Showing a result: as the contract's JSON object and as short Dutch lines."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sociale_kaart.freshness import in_words, is_up_to_date
from sociale_kaart.kinds import what_it_is
from sociale_kaart.model import Initiative, Result
from sociale_kaart.ranking import in_km
from sociale_kaart.sentences import say


def as_json(result: Result, today: date | None = None, with_score: bool = False) -> dict[str, Any]:
    """The object `Initiatief` of INTERFACE.md; with `score` (0..100) when asked.

    All after `waarom` are additions to the contract.
    """
    one = result.initiative
    up_to_date = is_up_to_date(one.checked_on, today) if today else result.up_to_date
    shown = {
        "id": one.id,
        "naam": one.name,
        "soort": one.kind,
        "organisatie": one.organisation or one.name,
        "adres": address(one),
        "plaats": one.place or one.municipality or "",
        "gemeente": one.municipality or "",
        "afstandKm": result.distance_km,
        "telefoon": one.phone,
        "email": one.email,
        "website": one.website,
        "openingstijden": one.opening_hours,
        "kosten": one.cost,
        "verwijzingNodig": one.referral_needed,
        "bron": one.source_url,
        "gecontroleerdOp": one.checked_on,
        "actueel": up_to_date,
        "waarom": result.why,
        "websiteLandelijk": one.national_website,
        "hoeVraagtU": one.how_to_ask,
        "soortNaam": one.kind_name,
        "watIsHet": what_it_is(one.kind),
        "letOp": one.alert,
        "doelgroep": one.audience,
        "leeftijdVan": one.minimum_age,
        "leeftijdTot": one.maximum_age,
        "talen": list(one.languages),
        "toegankelijkheid": one.accessibility,
    }
    return {**shown, "score": result.score} if with_score else shown


def as_text(result: Result) -> str:
    """The result in short Dutch lines for a channel without layout."""
    one = result.initiative
    lines = [
        one.name,
        _line("let_op", one.alert),
        _where(result),
        _ages(one),
        _line("open", one.opening_hours),
        _line("kosten", one.cost),
        _referral(one),
        _line("toegankelijk", one.accessibility),
        _line("telefoon", one.phone),
        _line("email", one.email),
        _line("website", one.website or one.national_website),
        say("regel.bron", bron=source(one)),
    ]
    if not result.up_to_date:
        lines.append(_check_first(one))
    return "\n".join(line for line in lines if line)


def address(initiative: Initiative) -> str | None:
    """Street, postcode and place on one line; None when no address was seen."""
    if not initiative.address:
        return None
    town = " ".join(part for part in (initiative.postcode, initiative.place) if part)
    return ", ".join(part for part in (initiative.address, town) if part)


def source(initiative: Initiative) -> str:
    """Where it was read and when: `oogtv.nl, 8 januari 2026`."""
    site = urlsplit(initiative.source_url).netloc.removeprefix("www.")
    checked = in_words(initiative.checked_on) or say("regel.datum_onbekend")
    return say("regel.bron_en_datum", site=site, datum=checked)


def _where(result: Result) -> str:
    one = result.initiative
    where = address(one) or one.place or one.municipality or ""
    if where and one.address and not one.address_certain:
        where += say("regel.adres_onzeker")
    if where and result.distance_km is not None and result.distance_km >= 1:
        where += say("regel.op_afstand", afstand=in_km(result.distance_km))
    return where


def _ages(initiative: Initiative) -> str:
    least, most = initiative.minimum_age, initiative.maximum_age
    if least and most:
        return say("regel.leeftijd_van_tot", van=least, tot=most)
    if least:
        return say("regel.leeftijd_vanaf", van=least)
    return say("regel.leeftijd_tot", tot=most) if most else ""


def _referral(initiative: Initiative) -> str:
    if initiative.referral_needed is None:
        return ""
    needed = say("regel.verwijzing_nodig" if initiative.referral_needed else "regel.verwijzing_niet_nodig")
    return ". ".join(part for part in (needed, initiative.how_to_ask) if part)


def _check_first(initiative: Initiative) -> str:
    return f"{say('klopt_dit_nog.eerst')} {_how_to_check(initiative)}"


def _how_to_check(initiative: Initiative) -> str:
    website = initiative.website or initiative.national_website
    if website:
        return say("klopt_dit_nog.bel_of_kijk" if initiative.phone else "klopt_dit_nog.kijk", website=website)
    return say("klopt_dit_nog.bel" if initiative.phone else "klopt_dit_nog.gemeente")


def _line(name: str, value: str | None) -> str:
    return say(f"regel.{name}", tekst=value) if value else ""
