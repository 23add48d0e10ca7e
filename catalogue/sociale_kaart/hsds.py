"""Export as Open Referral HSDS 3.0 (https://docs.openreferral.org/en/v3.0.1/): one JSON list of services.

What the standard has no field for travels as an attribute of the link type `kolom`, so that
`hsds_rows.row_of` gives the same row back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sociale_kaart import hsds_rows
from sociale_kaart.check_rows import parts_of
from sociale_kaart.columns import COLUMN_LIST
from sociale_kaart.files import AUDIENCES, Row, data_file, read_initiatives, read_yaml
from sociale_kaart.freshness import earliest_day
from sociale_kaart.hsds_rows import CARRIED, LINK_TYPES, STATUSES
from sociale_kaart.kinds import load_kinds, load_routes
from sociale_kaart.locate import Locator
from sociale_kaart.model import Kind, Place
from sociale_kaart.places import Gazetteer
from sociale_kaart.schedules import Schedule, schedules_of

NAMESPACE = UUID("6f1a3f0e-3a44-5d0c-9c37-6c1f5a1d2b10")
"""Our own namespace: the same initiative always gets the same UUID."""

_HELP = {column.name: column.help for column in COLUMN_LIST}


def export_hsds(data_dir: Path | str | None = None) -> list[dict[str, Any]]:
    """Every initiative with a source as an HSDS `service` with its organization and location nested.

    Rows with the status `concept` are left out: they were never confirmed. Raises as `read_rows` does.
    """
    exporter = Exporter(data_dir)
    return [exporter.service(row) for row in read_initiatives(data_dir) if row["status"] in STATUSES]


@lru_cache(maxsize=1_000)
def identifier(table: str, name: str) -> str:
    """A stable UUID for a record."""
    return str(uuid5(NAMESPACE, f"{table}/{name}"))


class Exporter:
    """Turns rows into HSDS services, with the kinds, routes and audiences of `data_dir`."""

    def __init__(self, data_dir: Path | str | None = None):
        self._kinds = load_kinds(data_dir)
        self._routes = load_routes(data_dir)
        self._audiences = read_yaml(data_file(data_dir, AUDIENCES))
        self._place = lru_cache(maxsize=50_000)(Locator(Gazetteer.load()).of_row)

    def service(self, row: Row) -> dict[str, Any]:
        """One row (valid, with a status that is exchanged) as a service."""
        kind = self._kinds[row["soort"]]
        place = self._place(row["plaats"], row["gemeente"], row["provincie"])
        organisation = row["organisatie"] or row["naam"]
        service = _filled(
            {
                "id": identifier("service", row["id"]),
                "name": row["naam"],
                "alternate_name": row["ook_bekend_als"],
                "description": kind.what,
                "url": row["website"],
                "email": row["email"],
                "status": STATUSES[row["status"]],
                "application_process": row["aanmelden"] or kind.how_to_ask,
                "fees_description": row["kosten"] or kind.cost,
                "eligibility_description": row["doelgroep"] or kind.audience,
                "minimum_age": int(row["leeftijd_van"]) if row["leeftijd_van"] else None,
                "maximum_age": int(row["leeftijd_tot"]) if row["leeftijd_tot"] else None,
                "assured_date": row["gecontroleerd_op"] if _is_full_day(row["gecontroleerd_op"]) else None,
                "assurer_email": row["gecontroleerd_door"] if "@" in row["gecontroleerd_door"] else None,
                "alert": row["let_op"],
                "organization": {
                    "id": identifier("organization", organisation),
                    "name": organisation,
                    "description": f"Aanbieder van: {kind.name}",
                },
                "phones": _phones(row),
                "schedules": _schedules(row),
                "languages": _languages(row),
                "service_areas": _areas(row),
                "service_at_locations": _locations(row, place),
                "attributes": self._terms(row, kind),
            }
        )
        service["attributes"] += _columns_without_field(row, hsds_rows.row_of(service, self._kinds))
        return service

    def _terms(self, row: Row, kind: Kind) -> list[dict[str, Any]]:
        """Kind, routes and audiences as terms of our three taxonomies."""
        found = [_attribute(row, "soort", kind.code, kind.name, kind.what)]
        for code in kind.routes:
            found.append(_attribute(row, "route", code, self._routes[code].name, self._routes[code].what))
        for code in parts_of(row["voor"]) or kind.audiences:
            name = self._audiences[code]["naam"]
            found.append(_attribute(row, "doelgroep", code, name, f"Voor {name}."))
        return found


def _columns_without_field(row: Row, carried: Mapping[str, str]) -> list[dict[str, Any]]:
    """An attribute for every column whose cell the fields of the standard do not give back."""
    return [
        _attribute(row, "kolom", column, column, _HELP[column], row[column])
        for column in CARRIED
        if carried[column] != row[column]
    ]


def _attribute(
    row: Row, link_type: str, code: str, name: str, description: str, value: str | None = None
) -> dict[str, Any]:
    found = {
        "id": identifier("attribute", f"{row['id']}/{link_type}/{code}"),
        "link_id": identifier("service", row["id"]),
        "link_entity": "service",
        "link_type": link_type,
        "taxonomy_term": _term(link_type, code, name, description),
    }
    return found if value is None else {**found, "value": value}


@lru_cache(maxsize=1_000)
def _term(link_type: str, code: str, name: str, description: str) -> dict[str, Any]:
    """A term of one of our taxonomies: one record for all services that have it."""
    return {
        "id": identifier("taxonomy_term", f"{link_type}/{code}"),
        "code": code,
        "name": name,
        "description": description,
        "taxonomy": LINK_TYPES[link_type],
        "language": "nl",
    }


def _phones(row: Row) -> list[dict[str, Any]]:
    return [{"id": identifier("phone", row["id"]), "number": row["telefoon"]}] if row["telefoon"] else []


def _languages(row: Row) -> list[dict[str, Any]]:
    return [
        {"id": identifier("language", f"{row['id']}/{code}"), "code": code} for code in parts_of(row["talen"])
    ]


def _schedules(row: Row) -> list[dict[str, Any]]:
    known: Iterable[Schedule | None] = schedules_of(row.values) or ([None] if row["openingstijden"] else [])
    return [
        _filled(
            {
                "id": identifier("schedule", f"{row['id']}/{at}"),
                "freq": schedule and schedule.freq,
                "byday": schedule and schedule.byday,
                "opens_at": schedule and schedule.opens_at,
                "closes_at": schedule and schedule.closes_at,
                "description": row["openingstijden"],
            }
        )
        for at, schedule in enumerate(known)
    ]


def _areas(row: Row) -> list[dict[str, Any]]:
    names = dict.fromkeys(filter(None, [row["gemeente"], *parts_of(row["werkgebied"])]))
    return [{"id": identifier("service_area", f"{row['id']}/{name}"), "name": name} for name in names]


def _locations(row: Row, place: Place | None) -> list[dict[str, Any]]:
    if not row["plaats"] or place is None:
        return []
    building = bool(row["breedtegraad"])
    location = {
        "id": identifier("location", row["id"]),
        "location_type": "physical",
        "name": row["naam"],
        "description": None if building else "Coördinaten van de plaats, niet van het gebouw.",
        "latitude": float(row["breedtegraad"]) if building else place.latitude,
        "longitude": float(row["lengtegraad"]) if building else place.longitude,
        "addresses": [
            {
                "id": identifier("address", row["id"]),
                "address_1": row["straat_huisnummer"],
                "city": row["plaats"],
                "region": row["gemeente"],
                "state_province": row["provincie"],
                "postal_code": row["postcode"],
                "country": "NL",
                "address_type": "physical",
            }
        ],
    }
    if row["toegankelijkheid"]:
        accessibility = {"id": identifier("accessibility", row["id"]), "description": row["toegankelijkheid"]}
        location["accessibility"] = [accessibility]
    return [{"id": identifier("service_at_location", row["id"]), "location": _filled(location)}]


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _is_full_day(text: str) -> bool:
    return len(text) == 10 and earliest_day(text) is not None
