"""Checking the rows: one Dutch line per fault, with file, row, field, what is wrong and what to do."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from sociale_kaart import check_tables
from sociale_kaart.faults import Fault
from sociale_kaart.files import (
    AUDIENCES,
    DATA_FILES,
    INITIATIVE_FOLDER,
    INITIATIVES,
    KINDS,
    Row,
    columns_of,
    data_file,
    initiative_files,
    read_rows,
    read_yaml,
)
from sociale_kaart.freshness import earliest_day
from sociale_kaart.helplines import load_forbidden_numbers
from sociale_kaart.kinds import load_kinds
from sociale_kaart.locate import Locator
from sociale_kaart.model import Kind
from sociale_kaart.phones import digits, is_phone, numbers_in
from sociale_kaart.places import Gazetteer
from sociale_kaart.schedules import ScheduleError, schedules_of
from sociale_kaart.words import normalise

STATUSES = ("actief", "concept", "in_oprichting", "niet_geopend", "tijdelijk_dicht", "gesloten")
PROVINCES = [
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
]
REQUIRED_COLUMNS = ("id", "naam", "soort", "status", "bron_url")
SAME_NAME = 93
"""From this likeness (0..100) two names of one kind in one place are taken for the same initiative."""

_URL = re.compile(r"https?://[^\s/]+\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?$", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}$")
_POSTCODE = re.compile(r"[1-9]\d{3} [A-Z]{2}$")
_NUMBER = re.compile(r"\d+\.\d+$")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")


def check_catalogue(data_dir: Path | str | None = None) -> list[Fault]:
    """All faults in the catalogue's files, in reading order.

    A `data_dir` may hold only some of the files; the program's own stand in for the rest.
    """
    own = [INITIATIVE_FOLDER, *DATA_FILES]
    if data_dir is not None and not any((Path(data_dir) / name).exists() for name in own):
        message = (
            f"in deze map staat geen bestand van de sociale kaart, zoals {INITIATIVES}; kies een andere map."
        )
        return [Fault(Path(data_dir).name, None, None, message)]
    faults = [fault for check in check_tables.CHECKS.values() for fault in check(data_dir)]
    return [*faults, *_check_initiatives(initiative_files(data_dir), data_dir)]


def check_file(path: Path | str) -> list[Fault]:
    """All faults in one file: one of our tables (known by its name), or a list of initiatives."""
    path = Path(path)
    if path.name in check_tables.CHECKS:
        return check_tables.CHECKS[path.name](path.parent)
    return _check_initiatives([path], None)


def _check_initiatives(paths: list[Path], data_dir: Path | str | None) -> list[Fault]:
    unreadable = [fault for path in paths for fault in _file_faults(path)]
    if unreadable:
        return unreadable
    try:
        kinds = load_kinds(data_dir)
    except check_tables.UNREADABLE:
        return [Fault(KINDS, None, None, "de soorten zijn niet te lezen; herstel eerst dit bestand.")]
    try:
        locator = Locator(Gazetteer.load())
    except (ValueError, yaml.YAMLError) as error:
        return [
            Fault("plaatsen.csv", None, None, f"de plaatsen zijn niet te lezen; herstel dit eerst. {error}")
        ]
    rows = [row for path in paths for row in read_rows(path)]
    return check_rows(rows, kinds, locator, load_forbidden_numbers(data_dir))


def _file_faults(path: Path) -> list[Fault]:
    """Why a list of initiatives cannot be read at all."""
    try:
        read_rows(path)
        missing = [name for name in REQUIRED_COLUMNS if name not in columns_of(path)]
    except (OSError, UnicodeDecodeError, csv.Error):
        message = "dit bestand is niet te lezen; sla het op als CSV met tekenset UTF-8."
        return [Fault(path.name, None, None, message)]
    message = "deze kolom ontbreekt; voeg de kolom toe aan de eerste regel."
    return [Fault(path.name, 1, name, message) for name in missing]


def check_rows(
    rows: list[Row], kinds: dict[str, Kind], locator: Locator, forbidden: frozenset[str]
) -> list[Fault]:
    """All faults in rows of initiatives (of one file or of several), in the order of the rows."""
    faults: list[Fault] = []
    doubles = _doubles(rows)
    audiences = read_yaml(data_file(None, AUDIENCES))
    for row in rows:
        wrong = [
            *_identity(row, kinds),
            *_source(row),
            *_where(row, kinds, locator),
            *_contact(row, forbidden),
            *_details(row, audiences),
            *doubles.get((row.file, row.number), ()),
        ]
        faults += [Fault(row.file, row.number, field, message) for field, message in wrong]
    return faults


def _identity(row: Row, kinds: dict[str, Kind]):
    if not row["naam"]:
        yield "naam", "de naam ontbreekt; vul de naam van het initiatief in."
    if not row["id"]:
        yield "id", "het id ontbreekt; gebruik de naam in kleine letters met streepjes."
    elif not _SLUG.match(row["id"]):
        yield "id", "gebruik alleen kleine letters, cijfers en streepjes, zoals 'odensehuis-ede'."
    if row["soort"] not in kinds:
        yield "soort", f"'{row['soort']}' is geen bekende soort; kies een soort uit {KINDS}."
    if row["status"] not in STATUSES:
        yield "status", f"'{row['status']}' kan niet; kies uit {', '.join(STATUSES)}."
    if row["verwijzing_nodig"] not in ("ja", "nee", ""):
        yield "verwijzing_nodig", "vul 'ja' of 'nee' in, of laat het leeg als u het niet weet."


def _source(row: Row):
    if not row["bron_url"]:
        if row["status"] != "concept":
            yield (
                "bron_url",
                "de bron ontbreekt; vul het adres van de pagina in of zet de status op 'concept'.",
            )
    elif not _URL.match(row["bron_url"]):
        yield "bron_url", "dit is geen webadres; begin met https:// en gebruik geen spaties."
    for field in ("bron_datum", "gecontroleerd_op"):
        if row[field] and earliest_day(row[field]) is None:
            yield (
                field,
                f"'{row[field]}' is geen datum; schrijf 2026-04-30, 2026-04 of 2026, of laat het leeg.",
            )


def _where(row: Row, kinds: dict[str, Kind], locator: Locator):
    place, municipality = row["plaats"], row["gemeente"]
    kind = kinds.get(row["soort"])
    if place and not municipality:
        yield "gemeente", "de gemeente ontbreekt; vul de gemeente in waar deze plaats ligt."
    elif municipality and locator.municipality(municipality, row["provincie"]) is None:
        yield "gemeente", f"de gemeente '{municipality}' is niet bekend; kijk hoe deze heet in plaatsen.csv."
    elif place and locator.place(place, municipality, row["provincie"]) is None:
        yield (
            "plaats",
            f"'{place}' ligt volgens plaatsen.csv niet in {municipality}; controleer plaats en gemeente.",
        )
    if row["provincie"] and row["provincie"] not in PROVINCES:
        yield "provincie", f"'{row['provincie']}' is geen provincie; kies uit {', '.join(PROVINCES)}."
    for area in (part.strip() for part in row["werkgebied"].split(";") if part.strip()):
        known = area == "Nederland" or area.removeprefix("provincie ") in PROVINCES
        if not known and locator.municipality(area) is None:
            yield (
                "werkgebied",
                f"'{area}' is geen gemeente; schrijf gemeenten, 'provincie X' of 'Nederland'.",
            )
    if row["postcode"] and not _POSTCODE.match(row["postcode"]):
        yield (
            "postcode",
            f"'{row['postcode']}' is geen postcode; schrijf vier cijfers, een spatie en twee letters.",
        )
    seen = row["adres_gezien"]
    if seen not in ("ja", "deels", "nee", ""):
        yield "adres_gezien", f"'{seen}' kan niet; kies ja, deels of nee."
    if (row["straat_huisnummer"] or row["postcode"]) and seen not in ("ja", "deels"):
        yield (
            "straat_huisnummer",
            "dit adres is nergens gezien; zet adres_gezien op ja of deels, of haal het adres weg.",
        )
    if kind and kind.reach == "landelijk" and place and kind.role == "tool":
        yield "plaats", "een werkwijze heeft geen plaats; haal de plaats weg."


def _contact(row: Row, forbidden: frozenset[str]):
    if row["telefoon"]:
        if digits(row["telefoon"]) in forbidden:
            yield "telefoon", "dit nummer mag niet worden getoond (zie verboden_nummers.csv); haal het weg."
        elif not is_phone(row["telefoon"]):
            yield (
                "telefoon",
                f"'{row['telefoon']}' is geen telefoonnummer; schrijf een nummer, zoals 050 230 3252.",
            )
    if row["email"] and not _EMAIL.match(row["email"]):
        yield "email", f"'{row['email']}' is geen mailadres; schrijf het als naam@voorbeeld.nl."
    if row["website"] and not _URL.match(row["website"]):
        yield "website", f"'{row['website']}' is geen webadres; begin met https:// en gebruik geen spaties."
    for field in ("naam", "straat_huisnummer", "openingstijden", "kosten", "doelgroep"):
        if numbers_in(row[field]):
            yield field, "hier staat een telefoonnummer; zet het in het veld telefoon."


def _details(row: Row, audiences: Collection[str]):
    for code in filter(None, (part.strip() for part in row["voor"].split(";"))):
        if code not in audiences:
            yield "voor", f"'{code}' is geen doelgroep; kies codes uit {AUDIENCES}."
    for field in ("leeftijd_van", "leeftijd_tot"):
        if row[field] and not re.fullmatch(r"\d{1,3}", row[field]):
            yield field, f"'{row[field]}' is geen leeftijd; schrijf een getal, zoals 18."
    for code in filter(None, (part.strip() for part in row["talen"].split(";"))):
        if not re.fullmatch(r"[a-z]{2}", code):
            yield "talen", f"'{code}' is geen taalcode; schrijf twee letters, zoals nl of ar."
    try:
        schedules_of(row.values)
    except ScheduleError as error:
        yield error.field, str(error)
    if bool(row["breedtegraad"]) != bool(row["lengtegraad"]):
        yield "breedtegraad", "vul breedtegraad en lengtegraad allebei in, of geen van beide."
    for field, least, most in (("breedtegraad", 50.7, 53.6), ("lengtegraad", 3.3, 7.3)):
        if row[field] and not (_NUMBER.match(row[field]) and least <= float(row[field]) <= most):
            yield field, f"'{row[field]}' ligt niet in Nederland; schrijf een getal tussen {least} en {most}."


def _doubles(rows: list[Row]) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """By file and row: what stands in it twice."""
    wrong: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    first_seen: dict[str, Row] = {}
    for row in rows:
        if row["id"] and row["id"] in first_seen:
            twin = _pointer(row, first_seen[row["id"]])
            wrong[row.file, row.number].append(
                ("id", f"dit id staat ook op {twin}; geef elk initiatief een eigen id.")
            )
        first_seen.setdefault(row["id"], row)
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[(row["soort"], normalise(row["plaats"]), normalise(row["gemeente"]))].append(row)
    for group in groups.values():
        names = [normalise(row["naam"]) for row in group]
        for index, row in enumerate(group):
            for other, name in zip(group[:index], names, strict=False):
                if fuzz.token_sort_ratio(names[index], name, score_cutoff=SAME_NAME):
                    wrong[row.file, row.number].append(
                        (
                            "naam",
                            f"dit lijkt hetzelfde initiatief als {_pointer(row, other)}; "
                            "voeg de rijen samen.",
                        )
                    )
    return wrong


def _pointer(row: Row, other: Row) -> str:
    return f"rij {other.number}" + (f" van {other.file}" if other.file != row.file else "")
