"""Showing a result: as the contract's JSON object and as short Dutch lines."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sociale_kaart.freshness import in_words, is_up_to_date
from sociale_kaart.kinds import what_it_is
from sociale_kaart.model import Initiative, Result
from sociale_kaart.ranking import in_km

CHECK_FIRST = "Controleer eerst of dit nog klopt."


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
        _line("Let op", one.alert),
        _where(result),
        _ages(one),
        _line("Open", one.opening_hours),
        _line("Kosten", one.cost),
        _referral(one),
        _line("Toegankelijkheid", one.accessibility),
        _line("Telefoon", one.phone),
        _line("E-mail", one.email),
        _line("Website", one.website or one.national_website),
        f"Bron: {source(one)}.",
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
    return f"{site}, {in_words(initiative.checked_on) or 'datum onbekend'}"


def _where(result: Result) -> str:
    one = result.initiative
    where = address(one) or one.place or one.municipality or ""
    if where and one.address and not one.address_certain:
        where += " (het adres is niet helemaal zeker)"
    if where and result.distance_km is not None and result.distance_km >= 1:
        where += f", op ongeveer {in_km(result.distance_km)}"
    return where


def _ages(initiative: Initiative) -> str:
    least, most = initiative.minimum_age, initiative.maximum_age
    if least and most:
        return f"Leeftijd: van {least} tot en met {most} jaar"
    if least:
        return f"Leeftijd: vanaf {least} jaar"
    return f"Leeftijd: tot en met {most} jaar" if most else ""


def _referral(initiative: Initiative) -> str:
    if initiative.referral_needed is None:
        return ""
    needed = "nodig" if initiative.referral_needed else "niet nodig"
    return f"Verwijzing: {needed}" + (f". {initiative.how_to_ask}" if initiative.how_to_ask else "")


def _check_first(initiative: Initiative) -> str:
    website = initiative.website or initiative.national_website
    if website and initiative.phone:
        return f"{CHECK_FIRST} Bel, of kijk op {website}"
    if website:
        return f"{CHECK_FIRST} Kijk op {website}"
    if initiative.phone:
        return f"{CHECK_FIRST} Bel eerst."
    return f"{CHECK_FIRST} Vraag het bij uw gemeente."


def _line(label: str, value: str | None) -> str:
    return f"{label}: {value}" if value else ""
