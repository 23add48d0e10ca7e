"""Checking the cells of one row: what they may hold, where it lies, whether its numbers can exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sociale_kaart.cells import FORMULA, is_formula
from sociale_kaart.distance import km_between
from sociale_kaart.files import AUDIENCES, KINDS, Row
from sociale_kaart.freshness import earliest_day
from sociale_kaart.numbering_plan import why_no_number
from sociale_kaart.phones import digits, numbers_in
from sociale_kaart.reference import Reference
from sociale_kaart.schedules import ScheduleError, schedules_of

STATUSES = ("actief", "concept", "in_oprichting", "niet_geopend", "tijdelijk_dicht", "gesloten")
PROVINCES = (
    "Drenthe",
    "Flevoland",
    "Friesland",
    "Gelderland",
    "Groningen",
    "Limburg",
    "Noord-Brabant",
    "Noord-Holland",
    "Overijssel",
    "Utrecht",
    "Zeeland",
    "Zuid-Holland",
)
_PROVINCE_AREAS = frozenset(f"provincie {name}" for name in PROVINCES)
FAR_KM = 15
"""A building further from the middle of its place, or a postcode further away, belongs to another place."""

Wrong = Iterator[tuple[str, str]]
"""Pairs of the field, and in Dutch what is wrong with it and what to do."""

_URL = re.compile(r"https?://[^\s/]+\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?$", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}$")
_POSTCODE = re.compile(r"[1-9]\d{3} [A-Z]{2}$")
_NUMBER = re.compile(r"\d+\.\d+$")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NO_NUMBERS_HERE = (
    "naam",
    "straat_huisnummer",
    "openingstijden",
    "kosten",
    "doelgroep",
    "aanmelden",
    "let_op",
)


def wrong_in(row: Row, reference: Reference) -> Wrong:
    """Everything that is wrong in one row by itself."""
    yield from _no_text(row)
    yield from _identity(row, reference)
    yield from _source(row)
    yield from _area(row, reference)
    yield from _address(row, reference)
    yield from _coordinates(row, reference)
    yield from _contact(row, reference)
    yield from _details(row, reference)


def parts_of(cell: str) -> list[str]:
    """The parts of a cell that holds several, with `;` between them."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def is_url(text: str) -> bool:
    """Whether it is one web address, with `http://` or `https://` before it."""
    return _URL.match(text) is not None


def is_area(name: str, reference: Reference) -> bool:
    """Whether a service area is one that we know: a municipality, `provincie X` or `Nederland`."""
    known = name == "Nederland" or name in _PROVINCE_AREAS
    return known or reference.municipality(name) is not None


def _no_text(row: Row) -> Wrong:
    """Cells that a spreadsheet would run, or that hold control characters or half characters."""
    for column, cell in row.values.items():
        if cell[:1] in "=+-@" and is_formula(column, cell):
            yield column, FORMULA
    if _UNSEEN.search("".join(row.values.values())):
        for column, cell in row.values.items():
            if _UNSEEN.search(cell):
                yield column, "in deze cel staat een teken dat niet te zien is; typ de tekst opnieuw."


def _identity(row: Row, reference: Reference) -> Wrong:
    if not row["naam"]:
        yield "naam", "de naam ontbreekt; vul de naam van het initiatief in."
    if not row["id"]:
        yield "id", "het id ontbreekt; gebruik de naam in kleine letters met streepjes."
    elif not _SLUG.match(row["id"]):
        yield "id", "gebruik alleen kleine letters, cijfers en streepjes, zoals 'odensehuis-ede'."
    if row["soort"] not in reference.kinds:
        yield "soort", f"'{row['soort']}' is geen bekende soort; kies een soort uit {KINDS}."
    if row["status"] not in STATUSES:
        yield "status", f"'{row['status']}' kan niet; kies uit {', '.join(STATUSES)}."
    if row["verwijzing_nodig"] not in ("ja", "nee", ""):
        yield "verwijzing_nodig", "vul 'ja' of 'nee' in, of laat het leeg als u het niet weet."


def _source(row: Row) -> Wrong:
    if not row["bron_url"]:
        if row["status"] != "concept":
            yield (
                "bron_url",
                "de bron ontbreekt; vul het adres van de pagina in of zet de status op 'concept'.",
            )
    elif not is_url(row["bron_url"]):
        yield "bron_url", "dit is geen webadres; begin met https:// en gebruik geen spaties."
    for field in ("bron_datum", "gecontroleerd_op"):
        if row[field] and earliest_day(row[field]) is None:
            yield (
                field,
                f"'{row[field]}' is geen datum; schrijf 2026-04-30, 2026-04 of 2026, of laat het leeg.",
            )


def _area(row: Row, reference: Reference) -> Wrong:
    place, municipality, province = row["plaats"], row["gemeente"], row["provincie"]
    if place and not municipality:
        yield "gemeente", "de gemeente ontbreekt; vul de gemeente in waar deze plaats ligt."
    elif municipality and reference.municipality(municipality, province) is None:
        yield "gemeente", _unknown_municipality(municipality, reference)
    elif place and reference.place_in(place, municipality, province) is None:
        yield (
            "plaats",
            f"'{place}' ligt volgens plaatsen.csv niet in '{municipality}'; controleer plaats en gemeente.",
        )
    if province and province not in PROVINCES:
        yield "provincie", f"'{province}' is geen provincie; kies uit {', '.join(PROVINCES)}."
    for area in parts_of(row["werkgebied"]):
        if not is_area(area, reference):
            former = reference.former(area)
            yield (
                "werkgebied",
                _unknown_municipality(area, reference)
                if former
                else f"'{area}' is geen gemeente; schrijf gemeenten, 'provincie X' of 'Nederland'.",
            )
    kind = reference.kinds.get(row["soort"])
    if kind and kind.reach == "landelijk" and place and kind.role == "tool":
        yield "plaats", "een werkwijze heeft geen plaats; haal de plaats weg."


def _unknown_municipality(name: str, reference: Reference) -> str:
    former = reference.former(name)
    if former is None:
        return f"de gemeente '{name}' is niet bekend; kijk hoe deze heet in plaatsen.csv."
    now = " of ".join(f"'{one}'" for one in former.now)
    where = " (de gemeente is verdeeld: kijk waar de plaats nu ligt)" if len(former.now) > 1 else ""
    return f"de gemeente '{name}' bestaat sinds {former.year} niet meer; schrijf {now}{where}."


def _address(row: Row, reference: Reference) -> Wrong:
    postcode, seen = row["postcode"], row["adres_gezien"]
    if postcode and not _POSTCODE.match(postcode):
        yield (
            "postcode",
            f"'{postcode}' is geen postcode; schrijf vier cijfers, een spatie en twee letters.",
        )
    elif postcode:
        yield from _postcode_elsewhere(row, reference)
    if seen not in ("ja", "deels", "nee", ""):
        yield "adres_gezien", f"'{seen}' kan niet; kies ja, deels of nee."
    if (row["straat_huisnummer"] or postcode) and seen not in ("ja", "deels"):
        yield (
            "straat_huisnummer",
            "dit adres is nergens gezien; zet adres_gezien op ja of deels, of haal het adres weg.",
        )


def _postcode_elsewhere(row: Row, reference: Reference) -> Wrong:
    here = reference.place(row["plaats"], row["gemeente"], row["provincie"])
    there = reference.places_of_postcode(row["postcode"])
    if here is None or not there or any(here.municipality == place.municipality for place in there):
        return
    if min(km_between(here, place.latitude, place.longitude) for place in there) > FAR_KM:
        yield (
            "postcode",
            f"'{row['postcode']}' ligt in '{there[0].full_name}' en niet in '{here.full_name}'; "
            "controleer het adres.",
        )


def _coordinates(row: Row, reference: Reference) -> Wrong:
    if bool(row["breedtegraad"]) != bool(row["lengtegraad"]):
        yield "breedtegraad", "vul breedtegraad en lengtegraad allebei in, of geen van beide."
    readable = True
    for field, least, most in (("breedtegraad", 50.7, 53.6), ("lengtegraad", 3.3, 7.3)):
        if not row[field] or not (_NUMBER.match(row[field]) and least <= float(row[field]) <= most):
            readable = False
            if row[field]:
                yield (
                    field,
                    f"'{row[field]}' ligt niet in Nederland; "
                    f"schrijf een getal met een punt erin, van {least} tot {most}.",
                )
    here = reference.place(row["plaats"], row["gemeente"], row["provincie"]) if readable else None
    if here:
        km = km_between(here, float(row["breedtegraad"]), float(row["lengtegraad"]))
        if km > FAR_KM:
            yield (
                "breedtegraad",
                f"dit punt ligt {km:.0f} km van '{here.full_name}'; controleer dit of laat het leeg.",
            )


def _contact(row: Row, reference: Reference) -> Wrong:
    if row["telefoon"]:
        if digits(row["telefoon"]) in reference.forbidden:
            yield "telefoon", "dit nummer mag niet worden getoond (zie verboden_nummers.csv); haal het weg."
        else:
            why = why_no_number(row["telefoon"])
            if why:
                yield "telefoon", why
    if row["email"] and not _EMAIL.match(row["email"]):
        yield "email", f"'{row['email']}' is geen mailadres; schrijf het als naam@voorbeeld.nl."
    if row["website"] and not is_url(row["website"]):
        yield "website", f"'{row['website']}' is geen webadres; begin met https:// en gebruik geen spaties."
    for field in _NO_NUMBERS_HERE:
        if row[field] and numbers_in(row[field]):
            yield field, "hier staat een telefoonnummer; zet het in het veld telefoon."


def _details(row: Row, reference: Reference) -> Wrong:
    for code in parts_of(row["voor"]):
        if code not in reference.audiences:
            yield "voor", f"'{code}' is geen doelgroep; kies codes uit {AUDIENCES}."
    ages = [row["leeftijd_van"], row["leeftijd_tot"]]
    for field, age in zip(("leeftijd_van", "leeftijd_tot"), ages, strict=True):
        if age and not re.fullmatch(r"\d{1,3}", age):
            yield field, f"'{age}' is geen leeftijd; schrijf een getal, zoals 18."
    if all(re.fullmatch(r"\d{1,3}", age) for age in ages) and int(ages[0]) > int(ages[1]):
        yield "leeftijd_tot", "de hoogste leeftijd is lager dan de laagste; controleer de twee getallen."
    for code in parts_of(row["talen"]):
        if not re.fullmatch(r"[a-z]{2}", code):
            yield "talen", f"'{code}' is geen taalcode; schrijf twee letters, zoals nl of ar."
    try:
        schedules_of(row.values)
    except ScheduleError as error:
        yield error.field, str(error)
