"""HSDS 3.0: the export holds to the field tables of the standard, and comes back as the same rows."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sociale_kaart.columns import COLUMN_LIST, COLUMNS
from sociale_kaart.files import Row, read_initiatives, read_yaml
from sociale_kaart.hsds import Exporter, export_hsds
from sociale_kaart.hsds_rows import CARRIED, NOT_EXCHANGED, STATUSES, row_of
from sociale_kaart.interchange import import_file
from sociale_kaart.kinds import load_kinds

from tests.catalogue.rows import GOOD, list_of

DAY = date(2026, 11, 22)
TABLES = read_yaml(Path(__file__).with_name("hsds_3_0.yml"))
PATTERNS = {
    "uuid": r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    "uri": r"^https?://\S+$",
    "email": r"^[^\s@]+@[^\s@]+$",
    "date": r"^\d{4}-\d\d-\d\d$",
    "date-time": r"^\d{4}-\d\d-\d\dT",
    "time": r"^([01]\d|2[0-3]):[0-5]\d(Z|[+-]\d\d:\d\d)?$",
}
SERVICES = export_hsds()
FULL = {
    **GOOD,
    "ook_bekend_als": "Het huis; Odense",
    "organisatie": "Stichting Test",
    "breedtegraad": "52.0402",
    "lengtegraad": "5.6649",
    "werkgebied": "Zeewolde;Utrecht;provincie Gelderland",
    "doelgroep": "iedereen die wil",
    "voor": "mantelzorger;oudere",
    "leeftijd_van": "18",
    "leeftijd_tot": "99",
    "talen": "nl;ar;tr",
    "toegankelijkheid": "rolstoel en ringleiding",
    "openingstijden": "ma en vr, en elke laatste donderdag",
    "herhaling": "wekelijks;maandelijks",
    "dagen": "ma,vr;-1do",
    "open_van": "10:00;19:30",
    "open_tot": "12:00;21:30",
    "kosten": "€ 2 voor koffie",
    "aanmelden": "Loop binnen.",
    "let_op": "Tot 1 maart dicht.",
    "gecontroleerd_op": "2026-05-04",
    "gecontroleerd_door": "redactie@voorbeeld.nl",
}


def schema_of(name: str) -> dict[str, Any]:
    """A JSON schema of an object, from the field tables; a field that is not in them is refused."""
    fields = {field: _field(text) for field, text in TABLES[name].items()}
    required = [field for field, text in TABLES[name].items() if "required" in text.split()]
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def _field(text: str) -> dict[str, Any]:
    kind, _, more = text.partition(" ")
    if kind.endswith("[]"):
        return {"type": "array", "items": schema_of(kind[:-2])}
    if kind.endswith("{}"):
        return schema_of(kind[:-2])
    found: dict[str, Any] = {"type": kind}
    values = re.search(r"\[(.*)]", more)
    if values:
        found["enum"] = values[1].split(", ")
    formats = [one for one in more.split() if one in PATTERNS]
    return {**found, "pattern": PATTERNS[formats[0]]} if formats else found


def service_of(**cells: str) -> dict[str, Any]:
    return Exporter().service(Row(2, {**dict.fromkeys(COLUMNS, ""), **cells}, "test.csv"))


def json_of(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "diensten.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def foreign(**fields: Any) -> dict[str, Any]:
    """A service as another directory would give it."""
    address = {
        "address_1": "Dorpsstraat 1",
        "city": "Ede",
        "state_province": "Gelderland",
        "postal_code": "6711 AA",
    }
    location = {"id": "l", "location_type": "physical", "addresses": [address]}
    return {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Huis van Ede",
        "status": "active",
        "url": "https://voorbeeld.nl/ede",
        "service_at_locations": [{"id": "s", "location": location}],
        **fields,
    }


def test_the_whole_export_holds_to_the_field_tables() -> None:
    validator = jsonschema.Draft7Validator({"type": "array", "items": schema_of("service")})
    services = json.loads(json.dumps([*SERVICES, service_of(**FULL)]))
    assert [f"{list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(services)] == []


def test_ids_that_must_be_unique_are() -> None:
    seen: dict[str, set[str]] = {}

    def visit(record: dict[str, Any], name: str) -> None:
        if "unique" in TABLES[name]["id"]:
            assert record["id"] not in seen.setdefault(name, set()), (name, record)
            seen[name].add(record["id"])
        for field, value in record.items():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    visit(one, TABLES[name][field].rstrip("[]{}"))

    for service in SERVICES:
        visit(service, "service")
    assert len(seen["service"]) == len(SERVICES)


def test_every_confirmed_row_is_exported_and_no_concept() -> None:
    rows = [row for row in read_initiatives() if row["status"] in STATUSES]
    assert [service["name"] for service in SERVICES] == [row["naam"] for row in rows]
    assert len(rows) > 150


def test_what_the_standard_has_a_field_for_stands_in_that_field() -> None:
    service = service_of(**FULL)
    location = service["service_at_locations"][0]["location"]
    assert service["alternate_name"] == "Het huis; Odense"
    assert service["organization"]["name"] == "Stichting Test"
    assert (location["latitude"], location["longitude"]) == (52.0402, 5.6649)
    assert location["accessibility"][0]["description"] == "rolstoel en ringleiding"
    assert location["addresses"][0]["postal_code"] == "6711 AA"
    assert [one["name"] for one in service["service_areas"]] == [
        "Ede",
        "Zeewolde",
        "Utrecht",
        "provincie Gelderland",
    ]
    assert [one["code"] for one in service["languages"]] == ["nl", "ar", "tr"]
    assert (service["minimum_age"], service["maximum_age"]) == (18, 99)
    assert (service["assured_date"], service["assurer_email"]) == ("2026-05-04", "redactie@voorbeeld.nl")
    assert service["alert"] == "Tot 1 maart dicht."
    times = [(one["freq"], one["byday"], one["opens_at"], one["closes_at"]) for one in service["schedules"]]
    assert times == [("WEEKLY", "MO,FR", "10:00", "12:00"), ("MONTHLY", "-1TH", "19:30", "21:30")]
    terms = {(one["link_type"], one["taxonomy_term"]["code"]) for one in service["attributes"]}
    assert {("soort", "odensehuis"), ("route", "odensehuis"), ("doelgroep", "mantelzorger")} <= terms
    extra = {one["taxonomy_term"]["code"] for one in service["attributes"] if one["link_type"] == "kolom"}
    assert extra == {"id", "verwijzing_nodig", "bron_url", "bron_datum"}


def test_kolommen_yml_says_where_each_column_goes() -> None:
    """A field named there is in the standard's tables; a column without one is an attribute or stays here."""
    for column in COLUMN_LIST:
        if column.name in NOT_EXCHANGED:
            assert column.hsds == "niet uitgewisseld"
            continue
        if "attributes" in column.hsds:
            continue
        path = re.match(r"[a-z_.0-9]+", column.hsds)[0].split(".")
        name = path[0]
        for field in path[1:]:
            assert field in TABLES[name], column
            name = TABLES[name][field].split()[0].rstrip("[]{}")


@pytest.mark.parametrize("status", STATUSES)
def test_a_row_comes_back_as_it_went(status: str) -> None:
    sparse = {"id": "x", "naam": "X", "soort": "odensehuis", "status": status, "gemeente": "Ede"}
    odd = {
        **FULL,
        "kosten": load_kinds()["odensehuis"].cost,
        "breedtegraad": "52.0400",
        "organisatie": FULL["naam"],
    }
    for cells in (sparse, {**FULL, "status": status}, {**odd, "adres_gezien": "deels"}):
        service = json.loads(json.dumps(service_of(**cells)))
        row = row_of(service, load_kinds())
        assert {name: row[name] for name in CARRIED} == {name: cells.get(name, "") for name in CARRIED}


def test_export_and_import_give_the_same_catalogue(tmp_path: Path) -> None:
    fresh = tmp_path / "kaart"
    report = import_file(json_of(tmp_path, SERVICES), "zelf", fresh, dry_run=False, today=DAY)
    assert report.faults == []
    before = [row for row in read_initiatives() if row["status"] in STATUSES]
    after = read_initiatives(fresh)
    assert [[row[name] for name in CARRIED] for row in after] == [
        [row[name] for name in CARRIED] for row in before
    ]


def test_a_full_row_goes_out_and_comes_in_the_same(tmp_path: Path) -> None:
    path = json_of(tmp_path, [service_of(**FULL)])
    assert import_file(path, "zelf", tmp_path / "kaart", dry_run=False, today=DAY).faults == []
    row = read_initiatives(tmp_path / "kaart")[0]
    assert {name: row[name] for name in CARRIED} == {name: FULL.get(name, "") for name in CARRIED}


def test_our_own_services_are_known_by_their_uuid(tmp_path: Path) -> None:
    list_of(tmp_path / "kaart" / "initiatieven", GOOD, name="a.csv")
    service = service_of(**GOOD)
    service["attributes"] = [one for one in service["attributes"] if one["taxonomy_term"]["code"] != "id"]
    report = import_file(json_of(tmp_path, [service]), "zelf", tmp_path / "kaart", today=DAY)
    assert (report.new, report.faults, report.unchanged) == ([], [], 1)


def test_a_service_of_others_needs_a_kind(tmp_path: Path) -> None:
    path = json_of(tmp_path, {"contents": [foreign()]})
    refused = import_file(path, "Anderen", tmp_path / "kaart", dry_run=False, today=DAY)
    assert "noemt geen soort van ons" in refused.lines()[0] and "odensehuis" in refused.lines()[0]
    assert not (tmp_path / "kaart").exists()
    report = import_file(path, "Anderen", tmp_path / "kaart", dry_run=False, today=DAY, kind="buurthuis")
    assert report.faults == []
    row = read_initiatives(tmp_path / "kaart")[0]
    assert (row["naam"], row["soort"], row["gemeente"], row["status"]) == (
        "Huis van Ede",
        "buurthuis",
        "Ede",
        "actief",
    )
    assert row["bron_url"] == row["website"] == "https://voorbeeld.nl/ede"
    assert row["id"] == "ac148810-d857-441c-9679-408f346de14b"


def test_a_service_of_others_is_spelled_as_we_do(tmp_path: Path) -> None:
    service = foreign(service_areas=[{"id": "a", "name": "De Veluwe"}, {"id": "b", "name": "Gelderland"}])
    service["languages"] = [{"id": "c", "name": "Dutch"}, {"id": "d", "code": "nl"}]
    address = service["service_at_locations"][0]["location"]["addresses"][0]
    address.update(region="Veluwe", state_province="GLD", postal_code="6711aa")
    report = import_file(
        json_of(tmp_path, [service]), "Anderen", tmp_path / "kaart", today=DAY, kind="buurthuis"
    )
    assert report.faults == []
    row = report.new[0]
    assert (row["gemeente"], row["provincie"], row["postcode"]) == ("Ede", "Gelderland", "6711 AA")
    assert (row["werkgebied"], row["talen"]) == ("provincie Gelderland", "nl")
    assert any("een werkgebied dat geen gemeente of provincie is" in line for line in report.lines())


def test_a_service_of_others_under_a_new_name_is_the_same(tmp_path: Path) -> None:
    take = {"data_dir": tmp_path / "kaart", "dry_run": False, "today": DAY, "kind": "buurthuis"}
    import_file(json_of(tmp_path, [foreign()]), "Anderen", **take)
    report = import_file(json_of(tmp_path, [foreign(name="Huis der Buren")]), "Anderen", **take)
    assert [(one.field, one.delivered) for one in report.changed] == [("naam", "Huis der Buren")]


def test_each_location_of_a_service_is_a_row(tmp_path: Path) -> None:
    first = foreign()["service_at_locations"][0]
    address = {"address_1": "Markt 2", "city": "Zeist", "state_province": "Utrecht", "postal_code": "3701 AA"}
    second = {"id": "t", "location": {"id": "m", "location_type": "physical", "addresses": [address]}}
    path = json_of(tmp_path, [foreign(service_at_locations=[first, second])])
    report = import_file(path, "Anderen", tmp_path / "kaart", today=DAY, kind="buurthuis")
    assert [(row["plaats"], row["gemeente"]) for row in report.new] == [("Ede", "Ede"), ("Zeist", "Zeist")]
    assert len({row["id"] for row in report.new}) == 2


def test_what_does_not_fit_our_columns_is_said(tmp_path: Path) -> None:
    schedules = [
        {"id": "r", "freq": "WEEKLY", "interval": 2, "byday": "MO", "description": "om de week op maandag"}
    ]
    phones = [{"id": "p", "number": "0318 123456"}, {"id": "q", "number": "0318 654321"}]
    path = json_of(tmp_path, [foreign(schedules=schedules, phones=phones)])
    report = import_file(path, "Anderen", tmp_path / "kaart", today=DAY, kind="buurthuis")
    assert report.new[0]["openingstijden"] == "om de week op maandag"
    assert (report.new[0]["dagen"], report.new[0]["telefoon"]) == ("", "0318 123456")
    assert any("meer dan één telefoonnummer" in line for line in report.lines())
    assert any("rooster" in line for line in report.lines())
