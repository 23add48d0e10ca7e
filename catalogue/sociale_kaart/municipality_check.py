"""Checking the folders of municipalities: in Dutch, with file, row, field, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sociale_kaart.check_doubles import doubles_in
from sociale_kaart.check_rows import is_url, parts_of, wrong_in
from sociale_kaart.columns import COLUMNS
from sociale_kaart.faults import Fault
from sociale_kaart.files import Row, initiative_files, read_yaml
from sociale_kaart.freshness import earliest_day
from sociale_kaart.matching.words import tokens
from sociale_kaart.municipality import (
    FACTS,
    HIDDEN_ENTRIES,
    OWN_ENTRIES,
    MunicipalFolder,
    file_name,
    merged,
    municipal_folders,
    name_key,
    new_entry,
)
from sociale_kaart.municipality_site_check import SOURCE_FIELDS, wrong_in_site
from sociale_kaart.numbering_plan import why_no_number
from sociale_kaart.phones import digits, numbers_in
from sociale_kaart.reference import Reference
from sociale_kaart.tables import UnreadableFile, missing_columns, read_table

_BLOCKS: dict[str, tuple[str, ...]] = {
    "contact": ("telefoon", "website", "openingstijden", *SOURCE_FIELDS),
    "wijkteams": ("naam", "telefoon", "website", "openingstijden", "wijken", *SOURCE_FIELDS),
    "huisartsenpost": ("naam", "telefoon", "website", "gemeenten", *SOURCE_FIELDS),
    "welzijn_op_recept": ("zelf_aanmelden", "aanmelden", "telefoon", *SOURCE_FIELDS),
}
"""The parts of `gemeente.yml` and the fields of each."""

_KNOWN = ("naam", "ook_bekend_als", *_BLOCKS, "site")
_LISTS = ("wijken", "gemeenten", "ook_bekend_als")
_NO_NUMBERS_HERE = ("naam", "openingstijden", "aanmelden")
_HIDDEN_COLUMNS = ("id", "reden", "sinds")

Wrong = Iterator[tuple[str, str]]


def check_municipalities(data_dir: Path | str | None = None) -> list[Fault]:
    """All faults in the folders of municipalities, in the order of the folders.

    Where the national lists or the reference data cannot be read, those say so, and this is empty.
    """
    folders = municipal_folders(data_dir)
    return _check(folders, data_dir) if folders else []


def check_municipality(folder: Path | str) -> list[Fault]:
    """All faults in one folder, wherever it stands, against the program's own lists."""
    return _check([Path(folder).resolve()], None)


def is_municipality(path: Path | str) -> bool:
    """Whether a folder (or the folder of a file) is that of a municipality."""
    path = Path(path)
    return ((path if path.is_dir() else path.parent) / FACTS).exists()


def _check(folders: list[Path], data_dir: Path | str | None) -> list[Fault]:
    try:
        reference = Reference.load(data_dir)
        national = [
            row for path in initiative_files(data_dir) for row in read_table(path, delivered=False).rows
        ]
    except UnreadableFile:
        return []
    by_id = {row["id"]: row for row in national}
    faults, names, new_ids = [], {}, {}
    for folder in folders:
        facts, found = _facts(folder, reference)
        faults += found
        name = facts.get("naam") if isinstance(facts.get("naam"), str) else ""
        if name and name_key(name) in names:
            message = f"deze gemeente staat ook in de map '{names[name_key(name)]}'; voeg de mappen samen."
            faults.append(Fault(file_name(folder, FACTS), None, "naam", message))
        names[name_key(name)] = folder.name
        own = _read(folder, OWN_ENTRIES, ("id",), faults)
        hidden = _read(folder, HIDDEN_ENTRIES, _HIDDEN_COLUMNS, faults)
        faults += _check_own(own, name, by_id, national, reference)
        faults += _check_new_ids((row for row in own if row["id"] not in by_id), new_ids)
        faults += _check_hidden(hidden, own, name, by_id)
    return faults


def _facts(folder: Path, reference: Reference) -> tuple[Mapping[str, Any], list[Fault]]:
    file = file_name(folder, FACTS)
    try:
        facts = read_yaml(folder / FACTS)
    except FileNotFoundError:
        return {}, [Fault(file, None, None, "dit bestand ontbreekt; kopieer het uit de map _sjabloon.")]
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        message = "dit bestand is niet te lezen; kijk naar dubbele punten, streepjes en spaties vooraan."
        return {}, [Fault(file, None if line is None else line + 1, None, message)]
    if not isinstance(facts, dict):
        return {}, [Fault(file, None, None, "dit bestand is geen lijst van velden; begin met 'naam: ...'.")]
    wrong = [
        *_check_name(facts, folder, reference),
        *_check_blocks(facts, reference),
        *_check_site(facts.get("site"), reference),
    ]
    return facts, [Fault(file, None, field, message) for field, message in wrong]


def _check_name(facts: Mapping[str, Any], folder: Path, reference: Reference) -> Wrong:
    for field in facts:
        if field not in _KNOWN:
            yield str(field), f"dit veld kennen wij niet; kies uit {', '.join(_KNOWN)}."
    name = facts.get("naam")
    if not isinstance(name, str) or not name:
        yield "naam", "de naam van de gemeente ontbreekt; vul de naam in, zoals in plaatsen.csv."
        return
    if reference.municipality(name) is None:
        yield "naam", f"de gemeente '{name}' is niet bekend; kijk hoe deze heet in plaatsen.csv."
    slug = "-".join(tokens(name))
    if folder.name != slug:
        yield "naam", f"de map heet '{folder.name}'; noem de map '{slug}'."
    yield from _check_list("ook_bekend_als", facts.get("ook_bekend_als"))


def _check_blocks(facts: Mapping[str, Any], reference: Reference) -> Wrong:
    for name, fields in _BLOCKS.items():
        block = facts.get(name)
        parts = block if name == "wijkteams" else [block]
        if not block:
            continue
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            yield name, "dit deel is niet te lezen; neem de vorm over uit de map _sjabloon."
            continue
        for number, part in enumerate(parts, 1):
            where = f"{name}.{number}" if name == "wijkteams" else name
            for field, message in _check_block(part, fields, reference):
                yield f"{where}.{field}", message
    prescribing = facts.get("welzijn_op_recept")
    if isinstance(prescribing, dict):
        is_open = prescribing.get("zelf_aanmelden")
        if is_open not in ("ja", "nee"):
            yield "welzijn_op_recept.zelf_aanmelden", "vul 'ja' of 'nee' in."
        if is_open == "ja" and not prescribing.get("aanmelden"):
            yield "welzijn_op_recept.aanmelden", "schrijf in één of twee zinnen hoe iemand zich aanmeldt."


def _check_site(part: Any, reference: Reference) -> Wrong:
    for field, message in wrong_in_site(part):
        yield field if field == "site" else f"site.{field}", message
    for field in SOURCE_FIELDS if isinstance(part, dict) else ():
        if part.get(field):
            for _, message in _check_value(field, str(part[field]), reference):
                yield f"site.{field}", message


def _check_block(part: Mapping[str, Any], fields: tuple[str, ...], reference: Reference) -> Wrong:
    for field, value in part.items():
        if field not in fields:
            yield str(field), f"dit veld kennen wij hier niet; kies uit {', '.join(fields)}."
        elif field in _LISTS:
            yield from _check_list(field, value)
        elif field != "gezien_op" and value is not None and not isinstance(value, str):
            yield field, 'dit is geen tekst; zet er aanhalingstekens omheen, zoals "14 0592".'
        elif value:
            yield from _check_value(field, str(value), reference)
    if "gemeenten" in fields and isinstance(part.get("gemeenten"), list):
        for name in part["gemeenten"]:
            if reference.municipality(str(name)) is None:
                yield "gemeenten", f"de gemeente '{name}' is niet bekend; kijk hoe deze heet in plaatsen.csv."
    if fields == _BLOCKS["wijkteams"] and not part.get("naam"):
        yield "naam", "de naam ontbreekt; zonder naam wordt dit team niet getoond."
    if not part.get("bron"):
        yield "bron", "de bron ontbreekt; vul het adres van de pagina in waar dit staat."
    if not part.get("gezien_op"):
        yield "gezien_op", "vul in op welke dag u dit zag, zoals 2026-11-22."


def _check_value(field: str, value: str, reference: Reference) -> Wrong:
    if field == "telefoon":
        if digits(value) in reference.forbidden:
            yield field, "dit nummer mag niet worden getoond (zie verboden_nummers.csv); haal het weg."
        elif why := why_no_number(value):
            yield field, why
    if field == "website" and not is_url(value):
        yield field, f"'{value}' is geen webadres; begin met https:// en gebruik geen spaties."
    if field == "bron" and not all(is_url(one) for one in value.split(" ; ")):
        yield field, "dit is geen webadres; begin met https://, en zet ' ; ' tussen twee adressen."
    if field == "gezien_op" and earliest_day(value) is None:
        yield field, f"'{value}' is geen datum; schrijf 2026-11-22."
    if field in _NO_NUMBERS_HERE and numbers_in(value):
        yield field, "hier staat een telefoonnummer; zet het in het veld telefoon."


def _check_list(field: str, value: Any) -> Wrong:
    if value is not None and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        yield field, "schrijf hier een lijst tussen rechte haken, zoals [Hulst, Sluis]."


def _read(folder: Path, name: str, required: Iterable[str], faults: list[Fault]) -> list[Row]:
    """The rows of a table of the folder; what keeps it from being read goes to `faults`."""
    if not (folder / name).exists():
        return []
    file = file_name(folder, name)
    try:
        table = read_table(folder / name, delivered=False)
    except UnreadableFile as error:
        faults += [Fault(file, fault.row, fault.field, fault.message) for fault in error.faults]
        return []
    faults += [Fault(file, fault.row, fault.field, fault.message) for fault in table.faults]
    missing = missing_columns(file, table.columns, required)
    faults += missing
    known = COLUMNS if name == OWN_ENTRIES else _HIDDEN_COLUMNS
    message = "deze kolom kennen wij niet; haal de kolom weg of verbeter de naam."
    faults += [Fault(file, 1, column, message) for column in table.columns if column not in known]
    return [] if missing else [Row(row.number, row.values, file) for row in table.rows]


def _check_own(
    own: list[Row], municipality: str, by_id: Mapping[str, Row], national: list[Row], reference: Reference
) -> Iterator[Fault]:
    """Faults in own entries, each as it will stand once it is laid over its national row."""
    owner = MunicipalFolder("", municipality)
    laid = [merged(by_id[row["id"]], row) if row["id"] in by_id else new_entry(row, owner) for row in own]
    here = {row["gemeente"] for row in laid}
    mine = {row["id"] for row in laid}
    beside = [row for row in national if row["gemeente"] in here and row["id"] not in mine]
    doubles = doubles_in([*beside, *laid])
    for row in laid:
        wrong = [*wrong_in(row, reference), *doubles.sure.get((row.file, row.number), ())]
        known = by_id.get(row["id"])
        if municipality and known and known["gemeente"] != municipality:
            wrong.append(("id", _elsewhere(known)))
        elif municipality and municipality not in (row["gemeente"], *parts_of(row["werkgebied"])):
            message = f"dit initiatief ligt niet in {municipality}; zet het in een landelijke lijst."
            wrong.append(("gemeente", message))
        yield from (Fault(row.file, row.number, field, message) for field, message in wrong)


def _check_new_ids(new: Iterable[Row], first: dict[str, Row]) -> Iterator[Fault]:
    """Of two municipalities with the same new id, one would push the other's initiative out."""
    for row in new:
        other = first.setdefault(row["id"], row)
        if row["id"] and other.file != row.file:
            message = f"dit id staat ook in {other.file}; geef elk initiatief een eigen id."
            yield Fault(row.file, row.number, "id", message)


def _check_hidden(
    hidden: list[Row], own: list[Row], municipality: str, by_id: Mapping[str, Row]
) -> Iterator[Fault]:
    own_ids = {row["id"] for row in own}
    for row in hidden:
        wrong = []
        known = by_id.get(row["id"])
        if row["id"] in own_ids:
            wrong.append(
                ("id", f"dit id staat ook in {OWN_ENTRIES}; haal het op één van de twee plaatsen weg.")
            )
        elif known is None:
            wrong.append(("id", f"'{row['id']}' staat in geen enkele lijst; kijk het id na."))
        elif municipality and known["gemeente"] != municipality:
            wrong.append(("id", _elsewhere(known)))
        if not row["reden"]:
            wrong.append(("reden", "vul in waarom dit initiatief niet wordt getoond."))
        if not _is_day(row["sinds"]):
            wrong.append(("sinds", f"'{row['sinds']}' is geen dag; schrijf 2026-11-22."))
        yield from (Fault(row.file, row.number, field, message) for field, message in wrong)


def _elsewhere(known: Row) -> str:
    where = known["gemeente"] or "het hele land"
    return f"dit initiatief is van {where}; een gemeente verandert alleen wat in de eigen gemeente ligt."


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
