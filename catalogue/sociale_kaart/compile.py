"""Turning the reviewed rows into one read-only SQLite file with indexes.

The file remembers a hash of its inputs and is built again only when that changes. It is
written beside its destination and moved there in one step, so two processes may build at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import sqlite_utils

from sociale_kaart.bulk import fill_table
from sociale_kaart.check import check_catalogue
from sociale_kaart.faults import Fault
from sociale_kaart.files import (
    DATA_DIR,
    DATABASE,
    KINDS,
    KNOWN_NAMES,
    SEARCH_WORDS,
    Row,
    data_file,
    initiative_files,
    read_initiatives,
    read_yaml,
)
from sociale_kaart.kinds import load_kinds
from sociale_kaart.locate import Locator
from sociale_kaart.matching.grams import GramIndex
from sociale_kaart.matching.names import Name, names_of
from sociale_kaart.matching.sounds import sound_of
from sociale_kaart.matching.vocabulary import load_vocabulary
from sociale_kaart.matching.words import tokens
from sociale_kaart.model import Initiative, Kind
from sociale_kaart.municipality import lay_over, load_municipalities, municipal_files
from sociale_kaart.places import Gazetteer
from sociale_kaart.schedules import schedules_of

NO_INITIATIVE = ""
"""Stands for the initiative of a known name that no row stands for."""

_MADE_BY = (
    "compile.py",
    "bulk.py",
    "files.py",
    "kinds.py",
    "locate.py",
    "model.py",
    "place_index.py",
    "places.py",
    "municipality.py",
    "schedules.py",
    "matching/grams.py",
    "matching/names.py",
    "matching/sounds.py",
    "matching/vocabulary.py",
    "matching/words.py",
)
"""The code that decides what the file holds: a change there means building again, too."""


_FAULTS_TOLD = 20


class InvalidCatalogue(ValueError):
    """The rows hold faults; `faults` says where and what to do, one Dutch line each."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        lines = [str(fault) for fault in faults[:_FAULTS_TOLD]]
        lines += [f"En nog {len(faults) - _FAULTS_TOLD}."] if len(faults) > _FAULTS_TOLD else []
        super().__init__("\n".join(lines))


def inputs_hash(data_dir: Path | str | None = None) -> str:
    """A hash over everything the SQLite file is made of (64 hexadecimal digits)."""
    total = hashlib.sha256()
    inputs = [
        *initiative_files(data_dir),
        *(data_file(data_dir, name) for name in (KINDS, SEARCH_WORDS, KNOWN_NAMES)),
    ]
    inputs += [*sorted(DATA_DIR.glob("plaats*")), *municipal_files(data_dir)]
    inputs += [Path(__file__).parent / name for name in _MADE_BY]
    for path in inputs:
        total.update("/".join(path.parts[-2:]).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def ensure_compiled(data_dir: Path | str | None = None, database: Path | str | None = None) -> Path:
    """The path of an SQLite file that fits the data, built first where it is missing or old.

    Raises InvalidCatalogue where the rows hold faults.
    """
    path = Path(database) if database else DATABASE
    wanted = inputs_hash(data_dir)
    if stored_hash(path) != wanted:
        _build(path, data_dir, wanted)
    return path


def stored_hash(path: Path) -> str | None:
    """The inputs' hash that the file was built from, or None where it is no such file."""
    if not path.exists():
        return None
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            row = connection.execute("select value from meta where key = 'inputs'").fetchone()
            return row[0] if row else None
    except sqlite3.DatabaseError:
        return None


def _build(path: Path, data_dir: Path | str | None, hash_of_inputs: str) -> None:
    faults = check_catalogue(data_dir)
    if faults:
        raise InvalidCatalogue(faults)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    os.close(handle)
    try:
        _fill(temporary, data_dir, hash_of_inputs)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _fill(temporary: str, data_dir: Path | str | None, hash_of_inputs: str) -> None:
    locator = Locator(Gazetteer.load())
    kinds = load_kinds(data_dir)
    generic = load_vocabulary(data_dir).generic
    rows = lay_over(read_initiatives(data_dir), load_municipalities(data_dir))
    database = sqlite_utils.Database(temporary)
    database.execute("pragma journal_mode = off")
    database.execute("pragma synchronous = off")  # half a file is thrown away and built again
    records = (_initiative(row, kinds[row["soort"]], locator) for row in rows)
    fill_table(database, "initiatives", _COLUMN_TYPES, records, pk="id")
    for columns in (
        ["kind", "status", "latitude", "longitude", "id"],
        ["municipality", "kind"],
        ["kind", "status", "checked_on", "id"],
    ):
        database["initiatives"].create_index(columns)
    areas = [{"area": area, "initiative_id": row["id"]} for row in rows for area in _parts(row["werkgebied"])]
    database["areas"].create({"area": str, "initiative_id": str})
    database["areas"].insert_all(areas)
    database["areas"].create_index(["area"])
    _add_names(database, rows, read_yaml(data_file(data_dir, KNOWN_NAMES)), generic)
    built = date.today().isoformat()
    database["meta"].insert_all(
        [
            {"key": "inputs", "value": hash_of_inputs},
            {"key": "version", "value": f"{hash_of_inputs[:8]}-{built}"},
        ],
        pk="key",
    )
    database.execute("analyze")
    database.conn.commit()
    database.close()


def _add_names(
    database: sqlite_utils.Database, rows: list[Row], known: dict[str, dict], generic: frozenset[str]
) -> None:
    """The names of all rows, and `known` ones of organisations that no row stands for, with their route."""
    index = GramIndex()

    def record(name: Name, beside: list[str], initiative_id: str, own: bool, route: str | None) -> dict:
        return {
            "id": index.add([*name.words, *beside]),
            "initiative_id": initiative_id,
            "shown": name.shown,
            "words": " ".join(name.words),
            "place_words": " ".join(beside),
            "heard": " ".join(map(sound_of, name.words)),
            "place_heard": " ".join(map(sound_of, beside)),
            "own": int(own),
            "route": route,
        }

    def names() -> Iterator[dict[str, object]]:
        for row in rows:
            place_words = tokens(row["plaats"] or row["gemeente"])
            for name, own in _names(row, generic):
                beside = [word for word in place_words if word not in name.words]
                yield record(name, beside, row["id"], own, None)
        for shown, entry in known.items():
            for name in names_of(shown, entry["ook"], None, (), generic):
                yield record(name, [], NO_INITIATIVE, True, entry["route"])

    columns = {
        "id": int,
        "initiative_id": str,
        "shown": str,
        "words": str,
        "place_words": str,
        "heard": str,
        "place_heard": str,
        "own": int,
        "route": str,
    }
    fill_table(database, "names", columns, names(), pk="id")
    index.store(database)


def _names(row: Row, generic: frozenset[str]) -> Iterator[tuple[Name, bool]]:
    """The names of a row, and whether they have a word of their own; always the full one."""
    local = [row["plaats"], row["gemeente"], row["provincie"]]
    found = names_of(row["naam"], _parts(row["ook_bekend_als"]), row["organisatie"], local, generic)
    for name in found:
        yield name, True
    full = tuple(tokens(row["naam"]))
    if full and full not in {name.words for name in found}:
        yield Name(row["naam"], full), False


def _initiative(row: Row, kind: Kind, locator: Locator) -> dict[str, object]:
    place = locator.of_row(row["plaats"], row["gemeente"], row["provincie"])
    latitude, longitude = (place.latitude, place.longitude) if place else (None, None)
    building = bool(row["breedtegraad"] and row["lengtegraad"])
    if building:
        latitude, longitude = float(row["breedtegraad"]), float(row["lengtegraad"])
    referral = {"ja": 1, "nee": 0}.get(row["verwijzing_nodig"])
    if referral is None and kind.referral_needed is not None:
        referral = int(kind.referral_needed)
    return {
        "id": row["id"],
        "name": row["naam"],
        "kind": kind.code,
        "organisation": row["organisatie"] or None,
        "address": row["straat_huisnummer"] or None,
        "postcode": row["postcode"] or None,
        "place": row["plaats"] or None,
        "municipality": row["gemeente"] or None,
        "province": row["provincie"] or None,
        "latitude": latitude,
        "longitude": longitude,
        "phone": row["telefoon"] or None,
        "email": row["email"] or None,
        "website": row["website"] or None,
        "opening_hours": row["openingstijden"] or None,
        "cost": row["kosten"] or kind.cost,
        "referral_needed": referral,
        "audience": row["doelgroep"] or kind.audience,
        "source_url": row["bron_url"],
        "source_date": row["bron_datum"] or None,
        "status": row["status"],
        "checked_on": row["gecontroleerd_op"] or None,
        "aliases": _list(_parts(row["ook_bekend_als"])),
        "address_certain": int(row["adres_gezien"] == "ja"),
        "service_area": _list(_parts(row["werkgebied"])),
        "kind_name": kind.name,
        "national_website": kind.website,
        "how_to_ask": row["aanmelden"] or kind.how_to_ask,
        "audiences": _list(_parts(row["voor"]) or kind.audiences),
        "minimum_age": int(row["leeftijd_van"]) if row["leeftijd_van"] else None,
        "maximum_age": int(row["leeftijd_tot"]) if row["leeftijd_tot"] else None,
        "languages": _list(_parts(row["talen"])),
        "accessibility": row["toegankelijkheid"] or None,
        "alert": row["let_op"] or None,
        "assurer": row["gecontroleerd_door"] or None,
        "schedules": _list([vars(one) for one in schedules_of(row.values)]),
        "point_of_building": int(building),
    }


_NUMBERS = {"latitude": float, "longitude": float} | dict.fromkeys(
    ("referral_needed", "address_certain", "minimum_age", "maximum_age", "point_of_building"), int
)
_COLUMN_TYPES = {field.name: _NUMBERS.get(field.name, str) for field in fields(Initiative)}


def _list(values: Iterable[object]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
