"""Export as Open Referral HSDS 3.0 (https://docs.openreferral.org/en/v3.0.1/): one JSON list of services."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from sociale_kaart.freshness import earliest_day
from sociale_kaart.model import Initiative, Route
from sociale_kaart.store import Catalogue

NAMESPACE = UUID("6f1a3f0e-3a44-5d0c-9c37-6c1f5a1d2b10")
"""Our own namespace: the same initiative always gets the same UUID."""

_STATUS = {
    "actief": "active",
    "in_oprichting": "inactive",
    "niet_geopend": "inactive",
    "gesloten": "defunct",
}


def export_hsds(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Every initiative with a source as an HSDS `service` with its organisation and location nested.

    `assured_date` stands only where the day is known; what was never confirmed is left out.
    """
    return [_service(one, catalogue) for one in catalogue.all() if one.status in _STATUS]


def identifier(table: str, name: str) -> str:
    """A stable UUID for a record."""
    return str(uuid5(NAMESPACE, f"{table}/{name}"))


def _service(one: Initiative, catalogue: Catalogue) -> dict[str, Any]:
    kind = catalogue.kinds[one.kind]
    organisation = one.organisation or one.name
    service = {
        "id": identifier("service", one.id),
        "name": one.name,
        "alternate_name": "; ".join(one.aliases),
        "description": kind.what,
        "url": one.website,
        "email": one.email,
        "status": _STATUS[one.status],
        "application_process": one.how_to_ask,
        "fees_description": one.cost,
        "eligibility_description": one.audience,
        "assured_date": one.checked_on if _is_full_day(one.checked_on) else None,
        "organization": {
            "id": identifier("organization", organisation),
            "name": organisation,
            "description": f"Aanbieder van: {kind.name}",
        },
        "phones": _phones(one),
        "schedules": _schedules(one),
        "service_areas": _areas(one),
        "service_at_locations": _locations(one),
        "attributes": [_attribute(one, catalogue.routes[code]) for code in kind.routes],
    }
    return {name: value for name, value in service.items() if value not in (None, "", [])}


def _phones(one: Initiative) -> list[dict[str, Any]]:
    return [{"id": identifier("phone", one.id), "number": one.phone}] if one.phone else []


def _schedules(one: Initiative) -> list[dict[str, Any]]:
    if not one.opening_hours:
        return []
    return [{"id": identifier("schedule", one.id), "description": one.opening_hours}]


def _areas(one: Initiative) -> list[dict[str, Any]]:
    names = list(dict.fromkeys([*([one.municipality] if one.municipality else []), *one.service_area]))
    return [{"id": identifier("service_area", f"{one.id}/{name}"), "name": name} for name in names]


def _locations(one: Initiative) -> list[dict[str, Any]]:
    if one.latitude is None or not one.place:
        return []
    location = {
        "id": identifier("location", one.id),
        "location_type": "physical",
        "name": one.name,
        "description": "Coördinaten van de plaats, niet van het gebouw.",
        "latitude": one.latitude,
        "longitude": one.longitude,
    }
    if one.address and one.postcode:
        location["addresses"] = [
            {
                "id": identifier("address", one.id),
                "address_1": one.address,
                "city": one.place,
                "state_province": one.province or "",
                "postal_code": one.postcode,
                "country": "NL",
                "address_type": "physical",
            }
        ]
    elif one.address:
        location["alternate_name"] = one.address
    return [{"id": identifier("service_at_location", one.id), "location": location}]


def _attribute(one: Initiative, route: Route) -> dict[str, Any]:
    return {
        "id": identifier("attribute", f"{one.id}/{route.code}"),
        "link_entity": "service",
        "link_id": identifier("service", one.id),
        "taxonomy_term": {
            "id": identifier("taxonomy_term", route.code),
            "code": route.code,
            "name": route.name,
            "description": route.what,
        },
    }


def _is_full_day(text: str | None) -> bool:
    return len(text or "") == 10 and earliest_day(text) is not None
