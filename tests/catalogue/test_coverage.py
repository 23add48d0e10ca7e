"""What counts as covered: what is shown, by the rule of the search, and every mark can be told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sociale_kaart.coverage import (
    NATIONWIDE,
    NEWEST,
    NOWHERE,
    OLDER,
    RECENT,
    UNDATED,
    Coverage,
    measure_coverage,
    primary_route,
)
from sociale_kaart.coverage_map import DARK, FAMILIES, LIGHT, draw_map, family_of, on_map
from sociale_kaart.coverage_page import ABBREVIATIONS, coverage_page
from sociale_kaart.kinds import ROUTE_CODES, load_kinds, load_routes
from sociale_kaart.model import Initiative, Place

KINDS, ROUTES = load_kinds(), load_routes()
LEAST_CONTRAST = 3.0
"""Of a mark against its paper (WCAG 2.2, criterion 1.4.11)."""


def place(name: str, municipality: str, province: str, latitude: float, longitude: float) -> Place:
    return Place(name, municipality, province, latitude, longitude, 1000, "test")


ASSEN = place("Assen", "Assen", "Drenthe", 52.9967, 6.5625)
TYNAARLO = place("Tynaarlo", "Tynaarlo", "Drenthe", 53.0783, 6.6183)
HULST = place("Hulst", "Hulst", "Zeeland", 51.28, 4.0528)
PLACES = (ASSEN, place("Loon", "Assen", "Drenthe", 53.02, 6.6), TYNAARLO, HULST)
NOTHING_KNOWN = dict.fromkeys(field for field in Initiative.__dataclass_fields__ if field != "schedules")
DEFAULTS = {"service_area": (), "aliases": (), "address_certain": True, "checked_on": "2026-05"}


def one(kind: str, at: Place | None = ASSEN, **facts: object) -> Initiative:
    where = (
        {
            "place": at.name,
            "municipality": at.municipality,
            "province": at.province,
            "latitude": at.latitude,
            "longitude": at.longitude,
        }
        if at
        else {}
    )
    key = f"{kind}-{at.name if at else ''}-{sorted(facts.items())}"
    return Initiative(
        **{
            **NOTHING_KNOWN,
            "id": key,
            "name": key,
            "kind": kind,
            "status": "actief",
            **DEFAULTS,
            **where,
            **facts,
        }
    )


def measured(*initiatives: Initiative) -> Coverage:
    return measure_coverage(initiatives, KINDS, ROUTES, PLACES)


def test_only_what_is_shown_is_covered() -> None:
    draft, closed = one("odensehuis", status="concept"), one("odensehuis", status="gesloten")
    found = measured(one("odensehuis"), draft, closed)
    tally = found.provinces["Drenthe"]
    assert (tally.shown, tally.draft, tally.other) == (1, 1, 1)
    assert found.kinds["odensehuis"].per_province == {"Drenthe": 1}
    assert found.routes["odensehuis"].shown == 1
    assert [point.name for point in measured(draft).without_own] == ["Assen", "Tynaarlo", "Hulst"]


def test_a_kind_that_people_travel_to_reaches_the_municipality_next_door() -> None:
    assert measured(one("odensehuis")).routes["odensehuis"].reached == 2
    assert measured(one("steunpunt_mantelzorg")).routes["mantelzorg"].reached == 1


def test_a_village_reaches_its_municipality_and_a_service_area_those_it_names() -> None:
    assert measured(one("buurthuis", PLACES[1])).routes["buurt_ontmoeting"].reached == 1
    serving = one("steunpunt_mantelzorg", service_area=("provincie Drenthe", "Hulst"))
    assert measured(serving).routes["mantelzorg"].reached == 3


def test_what_works_for_the_whole_country_reaches_no_municipality_in_particular() -> None:
    found = measured(one("maatjesproject", None, service_area=("Nederland",)))
    assert found.routes["buddy"].per_province == {NATIONWIDE: 1}
    assert found.routes["buddy"].reached == 0


def test_a_second_choice_is_told_apart() -> None:
    found = measured(one("alzheimer_cafe")).routes["odensehuis"]
    assert (found.shown, found.reached, found.reached_by_first) == (1, 2, 0)


def test_a_province_is_read_from_the_area_where_there_is_no_place() -> None:
    regional = one("voedselbank", None, service_area=("Hulst",))
    found = measured(regional, one("voedselbank", None))
    assert found.provinces["Zeeland"].shown == 1
    assert found.provinces[NOWHERE].shown == 1


def test_what_is_known_is_counted_of_what_is_shown() -> None:
    total = measured(
        one("odensehuis", address="Markt 1", phone="0592 123456"),
        one("odensehuis", address="Markt", address_certain=False, website="https://example.org"),
        one("odensehuis", phone="0592 123456", status="concept"),
        one("odensehuis"),
    ).total
    assert (total.address, total.partial_address, total.phone, total.website) == (1, 1, 1, 1)
    assert (total.roster, total.unreachable) == (0, 1)


@pytest.mark.parametrize(
    ("checked_on", "age"),
    [("2026", NEWEST), ("2025-12", RECENT), ("2024-01-01", RECENT), ("2023-12-31", OLDER), (None, UNDATED)],
)
def test_age_counts_back_from_the_newest_source(checked_on: str | None, age: str) -> None:
    newest = one("odensehuis", checked_on="2026-03-01", status="concept")
    assert measured(newest, one("odensehuis", checked_on=checked_on)).total.ages == {age: 1}


def test_the_route_a_kind_counts_under_is_its_first() -> None:
    assert primary_route(KINDS["alzheimer_cafe"]) == "alzheimer_cafe"
    assert primary_route(KINDS["buddyhuis"]) == "buddy"
    assert primary_route(KINDS["gespreksleidraad"]) is None


def test_every_route_has_one_family_with_a_shape_of_its_own() -> None:
    assert sorted(route for family in FAMILIES for route in family.routes) == sorted(ROUTE_CODES)
    assert len({family.shape for family in FAMILIES}) == len(FAMILIES)
    assert family_of(KINDS["gespreksleidraad"]) is None


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_mark_stands_out_from_its_paper(family) -> None:
    assert contrast(family.light, LIGHT["paper"]) >= LEAST_CONTRAST
    assert contrast(family.dark, DARK["paper"]) >= LEAST_CONTRAST


def test_marks_that_share_a_point_do_not_cover_each_other() -> None:
    initiatives = [one("odensehuis", name=str(number)) for number in range(3)]
    drawn = draw_map(initiatives, KINDS, PLACES, measured(*initiatives))
    marks = {line for line in drawn.splitlines() if line.startswith('<use href="#m0"')}
    assert len(marks) == 3


def test_what_has_no_point_is_left_off_the_map_and_said_on_the_page() -> None:
    initiatives = [one("odensehuis"), one("maatjesproject", None, service_area=("Nederland",))]
    assert len(on_map(initiatives)) == 1
    everywhere = [replace(ASSEN, name=name, municipality=name, province=name) for name in ABBREVIATIONS]
    page = coverage_page(measure_coverage(initiatives, KINDS, ROUTES, everywhere), KINDS, ROUTES, 1)
    assert "the map: 1 that work" in page


def contrast(one_colour: str, other: str) -> float:
    """The contrast of two colours (`#rrggbb`), 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted(map(_luminance, (one_colour, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
