"""Reading Open Referral HSDS 3.0: a service as a row of our columns, from our own export or anyone else's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sociale_kaart.columns import COLUMNS
from sociale_kaart.model import Kind
from sociale_kaart.schedules import DAYS, FREQUENCIES

NOT_EXCHANGED = ("bron_datum_tekst", "herkomst", "opmerking")
"""Columns for the editors only."""

CARRIED = [column for column in COLUMNS if column not in NOT_EXCHANGED]
"""Columns that an export holds, in a field of the standard or as an attribute."""

STATUSES = {
    "actief": "active",
    "in_oprichting": "inactive",
    "niet_geopend": "inactive",
    "tijdelijk_dicht": "temporarily closed",
    "gesloten": "defunct",
}
"""Our status as HSDS says it; `concept` is not exchanged."""

LINK_TYPES = {
    "soort": "Sociale kaart: soorten",
    "route": "Sociale kaart: routes",
    "doelgroep": "Sociale kaart: doelgroepen",
    "kolom": "Sociale kaart: kolommen",
}
"""What our attributes say about a service, and the taxonomy that their terms belong to."""

_OUR_STATUS = {theirs: ours for ours, theirs in STATUSES.items()}
_REPEATS = {theirs: ours for ours, theirs in FREQUENCIES.items()}
_DAYS = {theirs: ours for ours, theirs in DAYS.items()}
_NOT_IN_COLUMNS = ("until", "count", "byweekno", "bymonthday", "byyearday", "valid_from", "valid_to")


class UnreadableService(ValueError):
    """The service has not the form of the standard; the text says in Dutch what is wrong."""


def row_of(
    service: Mapping[str, Any], kinds: Mapping[str, Kind], default_kind: str = "", at: int = 0
) -> dict[str, str]:
    """The cells of one service at its location number `at`; those that it does not speak of are empty.

    `default_kind` stands in where no attribute names a kind of ours. A text that is the kind's
    own gives an empty cell, as in our files. Raises UnreadableService.
    """
    try:
        return _row_of(service, kinds, default_kind, at)
    except UnreadableService:
        raise
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        raise UnreadableService("deze dienst heeft niet de vorm van HSDS 3.0.") from error


def count_of_locations(service: Mapping[str, Any]) -> int:
    """At how many locations the service is given, at least 1: each is a row. Raises UnreadableService."""
    locations = service.get("service_at_locations") or []
    if not isinstance(locations, list):
        raise UnreadableService("het veld service_at_locations is geen lijst.")
    return max(1, len(locations))


def left_out(service: Mapping[str, Any]) -> list[str]:
    """In Dutch what our columns have no room for."""
    found = []
    if len(service.get("phones") or []) > 1:
        found.append("meer dan één telefoonnummer (het eerste is genomen)")
    if any(_is_complex(one) for one in service.get("schedules") or []):
        found.append(
            "een rooster dat niet gewoon wekelijks of maandelijks is (neem het over in openingstijden)"
        )
    return found


def _row_of(
    service: Mapping[str, Any], kinds: Mapping[str, Kind], default_kind: str, at: int
) -> dict[str, str]:
    at_location = (service.get("service_at_locations") or [{}])[at : at + 1]
    place = _first(at_location).get("location") or {}
    row = dict.fromkeys(COLUMNS, "")
    row |= (
        _plain(service) | _address(place) | _rosters(service.get("schedules") or place.get("schedules") or [])
    )
    row["telefoon"] = _text(
        _first(service.get("phones") or _first(at_location).get("phones") or place.get("phones")), "number"
    )
    codes = _codes(service, kinds)
    row["soort"] = codes["soort"][0] if codes["soort"] else default_kind
    row["voor"] = ";".join(codes["doelgroep"])
    areas = [_text(one, "name") for one in service.get("service_areas") or []]
    row["werkgebied"] = ";".join(name for name in areas if name and name != row["gemeente"])
    row["talen"] = ";".join(filter(None, (_text(one, "code") for one in service.get("languages") or [])))
    _drop_what_holds_for_the_kind(row, kinds.get(row["soort"]))
    return row | _own_columns(service)


def _plain(service: Mapping[str, Any]) -> dict[str, str]:
    """The cells that one field of the service or its organization gives."""
    name, url = _text(service, "name"), _text(service, "url")
    organisation = _text(service.get("organization") or {}, "name")
    return {
        "naam": name,
        "ook_bekend_als": _text(service, "alternate_name"),
        "organisatie": organisation if organisation != name else "",
        "email": _text(service, "email"),
        "website": url,
        "bron_url": url,
        "doelgroep": _text(service, "eligibility_description"),
        "leeftijd_van": _number(service, "minimum_age"),
        "leeftijd_tot": _number(service, "maximum_age"),
        "kosten": _text(service, "fees_description"),
        "aanmelden": _text(service, "application_process"),
        "let_op": _text(service, "alert"),
        "status": _OUR_STATUS.get(_text(service, "status"), _text(service, "status")),
        "gecontroleerd_op": _text(service, "assured_date")[:10],
        "gecontroleerd_door": _text(service, "assurer_email"),
    }


def _address(location: Mapping[str, Any]) -> dict[str, str]:
    address = _first(location.get("addresses"))
    street, postcode = _text(address, "address_1"), _text(address, "postal_code")
    return {
        "straat_huisnummer": street,
        "postcode": postcode,
        "adres_gezien": "ja" if street or postcode else "nee",
        "plaats": _text(address, "city"),
        "gemeente": _text(address, "region"),
        "provincie": _text(address, "state_province"),
        "breedtegraad": _text(location, "latitude"),
        "lengtegraad": _text(location, "longitude"),
        "toegankelijkheid": _text(_first(location.get("accessibility")), "description"),
    }


def _rosters(schedules: list[Mapping[str, Any]]) -> dict[str, str]:
    """The columns of the opening times: the text, and the rosters that are plainly weekly or monthly."""
    texts = dict.fromkeys(filter(None, (_text(one, "description") for one in schedules)))
    plain = [
        one for one in schedules if one.get("byday") and one.get("freq") in _REPEATS and not _is_complex(one)
    ]
    times = {"open_van": "opens_at", "open_tot": "closes_at"}
    columns = {name: [_text(one, theirs)[:5] for one in plain] for name, theirs in times.items()}
    return {
        "openingstijden": "; ".join(texts),
        "herhaling": ";".join(_REPEATS[one["freq"]] for one in plain),
        "dagen": ";".join(",".join(_day(day.strip()) for day in one["byday"].split(",")) for one in plain),
        **{name: ";".join(cells) if any(cells) else "" for name, cells in columns.items()},
    }


def _is_complex(schedule: Mapping[str, Any]) -> bool:
    several = str(schedule.get("interval") or 1) not in ("1", "1.0")
    return several or any(schedule.get(name) for name in _NOT_IN_COLUMNS)


def _day(theirs: str) -> str:
    return f"{theirs[:-2]}{_DAYS[theirs[-2:]]}"


def _codes(service: Mapping[str, Any], kinds: Mapping[str, Kind]) -> dict[str, list[str]]:
    """The codes of our taxonomies among the attributes; a kind counts under any link type but our others."""
    found: dict[str, list[str]] = {name: [] for name in LINK_TYPES}
    for attribute in service.get("attributes") or []:
        code, link_type = _text(attribute.get("taxonomy_term") or {}, "code"), attribute.get("link_type")
        if link_type in found and link_type != "soort":
            found[link_type].append(code)
        elif code in kinds:
            found["soort"].append(code)
    return found


def _own_columns(service: Mapping[str, Any]) -> dict[str, str]:
    """The cells that travel as attributes, from our own export."""
    found = {}
    for attribute in service.get("attributes") or []:
        column = _text(attribute.get("taxonomy_term") or {}, "code")
        if attribute.get("link_type") == "kolom" and column in CARRIED:
            found[column] = _text(attribute, "value")
    return found


def _drop_what_holds_for_the_kind(row: dict[str, str], kind: Kind | None) -> None:
    if kind is None:
        return
    same = {
        "kosten": kind.cost,
        "doelgroep": kind.audience,
        "aanmelden": kind.how_to_ask,
        "voor": ";".join(kind.audiences),
    }
    row.update({column: "" for column, text in same.items() if row[column] == text})


def _first(records: Any) -> Mapping[str, Any]:
    return records[0] if records else {}


def _text(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    if isinstance(value, (dict, list)):
        raise UnreadableService(f"het veld {field} is geen tekst.")
    return "" if value is None else str(value).strip()


def _number(record: Mapping[str, Any], field: str) -> str:
    return _text(record, field).removesuffix(".0")
