"""Checking the smaller tables: kinds, routes, search words and help lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

from sociale_kaart.faults import Fault
from sociale_kaart.files import HELP_LINES, KINDS, ROUTES, SEARCH_WORDS, data_file, read_rows
from sociale_kaart.freshness import earliest_day
from sociale_kaart.helplines import SHOWN, load_forbidden_numbers, load_helplines
from sociale_kaart.kinds import REACHES, ROLES, ROUTE_CODES, load_kinds, load_routes
from sociale_kaart.matching.vocabulary import load_vocabulary
from sociale_kaart.model import Kind
from sociale_kaart.numbering_plan import why_no_number
from sociale_kaart.phones import digits

UNREADABLE = (OSError, KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError)


def check_kinds(data_dir: Path | str | None) -> list[Fault]:
    """Faults in `soorten.yml`."""
    try:
        kinds = load_kinds(data_dir)
    except UNREADABLE as error:
        return [Fault(KINDS, None, None, f"niet te lezen ({_what(error)}); herstel dit bestand.")]
    return [
        Fault(KINDS, None, f"{kind.code}.{field}", message)
        for kind in kinds.values()
        for field, message in _kind_faults(kind)
    ]


def check_routes(data_dir: Path | str | None) -> list[Fault]:
    """Faults in `routes.yml`."""
    try:
        routes, lines = load_routes(data_dir), load_helplines(data_dir)
    except UNREADABLE as error:
        return [Fault(ROUTES, None, None, f"niet te lezen ({_what(error)}); herstel dit bestand.")]
    faults = [
        Fault(ROUTES, None, code, "deze route ontbreekt; voeg de route toe.")
        for code in ROUTE_CODES
        if code not in routes
    ]
    for route in routes.values():
        if route.code not in ROUTE_CODES:
            faults.append(Fault(ROUTES, None, route.code, "deze route bestaat niet; haal de route weg."))
        for key in route.help_lines:
            if key not in lines:
                message = f"de hulplijn '{key}' is niet bekend of gestopt; kies een sleutel uit {HELP_LINES}."
                faults.append(Fault(ROUTES, None, f"{route.code}.hulplijnen", message))
    return faults


def check_search_words(data_dir: Path | str | None) -> list[Fault]:
    """Faults in `zoekwoorden.yml`."""
    try:
        words, kinds = load_vocabulary(data_dir), load_kinds(data_dir)
    except UNREADABLE as error:
        return [Fault(SEARCH_WORDS, None, None, f"niet te lezen ({_what(error)}); herstel dit bestand.")]
    unknown = [("routes", code) for code in words.routes if code not in ROUTE_CODES]
    unknown += [("soorten", code) for code in words.kinds if code not in kinds]
    return [
        Fault(
            SEARCH_WORDS, None, f"{part}.{code}", "deze code bestaat niet; verbeter de code of haal die weg."
        )
        for part, code in unknown
    ]


def check_helplines(data_dir: Path | str | None) -> list[Fault]:
    """Faults in `hulplijnen.csv`."""
    try:
        rows = read_rows(data_file(data_dir, HELP_LINES))
        forbidden = load_forbidden_numbers(data_dir)
    except (OSError, UnicodeDecodeError):
        return [Fault(HELP_LINES, None, None, "niet te lezen; sla het op als CSV met tekenset UTF-8.")]
    faults, seen = [], set()
    for row in rows:
        shown = row["status"] == SHOWN
        wrong = []
        if row["sleutel"] in seen or not row["sleutel"]:
            wrong.append(
                ("sleutel", "deze sleutel ontbreekt of staat er twee keer; geef elke lijn een eigen sleutel.")
            )
        if not row["bron"] and shown:
            wrong.append(("bron", "de bron ontbreekt; vul de bron in of zet de status op 'concept'."))
        why = why_no_number(row["telefoon"]) if row["telefoon"] else None
        if why:
            wrong.append(("telefoon", why))
        if shown and digits(row["telefoon"]) in forbidden:
            wrong.append(("telefoon", "dit nummer mag niet worden getoond (zie verboden_nummers.csv)."))
        if row["gecontroleerd_op"] and earliest_day(row["gecontroleerd_op"]) is None:
            wrong.append(("gecontroleerd_op", "dit is geen datum; schrijf 2026-04-30, 2026-04 of 2026."))
        seen.add(row["sleutel"])
        faults += [Fault(HELP_LINES, row.number, field, message) for field, message in wrong]
    return faults


def _kind_faults(kind: Kind):
    if kind.role not in ROLES:
        yield "rol", f"'{kind.role}' kan niet; kies uit {', '.join(ROLES)}."
    if kind.reach not in REACHES:
        yield "bereik", f"'{kind.reach}' kan niet; kies uit {', '.join(REACHES)}."
    if kind.reach == "regio" and not kind.max_km:
        yield "max_km", "bij bereik 'regio' hoort een afstand; vul max_km in."
    for route in [*kind.routes, *kind.not_offered]:
        if route not in ROUTE_CODES:
            yield "routes", f"de route '{route}' bestaat niet; kies een route uit {ROUTES}."
    if kind.role == "tool" and kind.routes:
        yield "routes", "een werkwijze wordt nooit aangeboden; laat routes leeg."
    if kind.role != "tool" and not kind.routes:
        yield "routes", "deze soort hoort bij geen route; vul minstens een route in."
    if kind.role == "via_zorg" and not kind.how_to_ask:
        yield "zo_vraagt_u_ernaar", "bij rol via_zorg hoort hoe iemand ernaar vraagt; vul dit in."
    if not kind.source:
        yield "bron", "de bron ontbreekt; vul de bron in."


def _what(error: Exception) -> str:
    return f"veld {error} ontbreekt" if isinstance(error, KeyError) else "geen geldige YAML of tekst"


CHECKS: dict[str, Callable[[Path | str | None], list[Fault]]] = {
    KINDS: check_kinds,
    ROUTES: check_routes,
    SEARCH_WORDS: check_search_words,
    HELP_LINES: check_helplines,
}
"""The check of each small table, by file name."""
