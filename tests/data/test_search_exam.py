"""The search exam keeps its format and spread, and was not copied from the tables that it measures."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sociale_kaart.yaml_text import read_yaml_text

from bot.triage.types import ROUTES

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "catalogue" / "data"
SEARCH_CASES = ROOT / "tests" / "catalogue" / "cases" / "zoeken.yml"

GROUPS = {
    "verschreven",
    "volksnaam",
    "afkorting",
    "los_en_aaneen",
    "dorp",
    "op_gehoor",
    "dubbelzinnig_met_hint",
    "dubbelzinnig",
    "hele_zin",
    "balie",
    "klank",
    "woord_als_plaats",
    "niets",
}
READ_FIELDS = {"route", "plaats", "gemeente", "organisatie"}
FIELDS = {"id", "zoek", "plaats", "groep", "begrepen", "ook_goed_route"}
OPTIONAL_FIELDS = {"plaats", "ook_goed_route"}
FEWEST_QUERIES = 300
FEWEST_PER_GROUP = 20
FEWEST_PER_ROUTE = 10
MOST_PER_PLACE = 3
PROVINCES = 12

QUERIES = [
    json.loads(line)
    for line in (ROOT / "data" / "exam" / "zoekvragen.jsonl").read_text(encoding="utf-8").splitlines()
]


def normalise(text: str) -> str:
    """Lower case, words with one space between them: how two queries are compared."""
    return " ".join(re.findall(r"\w+", text.lower())) or text


def typed(query: dict) -> str:
    """Everything that somebody typed for this query, the separate place included."""
    return normalise(f"{query['zoek']} {query.get('plaats', '')}")


def place_read(query: dict) -> tuple[str | None, str | None]:
    """The place and municipality that the query names."""
    return query["begrepen"]["plaats"], query["begrepen"]["gemeente"]


def provinces_by_place() -> dict[tuple[str, str], str]:
    """The province of each (place, municipality) of the catalogue."""
    with (CATALOGUE / "plaatsen.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["naam"], row["gemeente"]): row["provincie"] for row in csv.DictReader(file)}


def strings_in(node: object) -> Iterator[str]:
    """Every string that stands in a YAML document, keys included."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from strings_in(key)
            yield from strings_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings_in(value)


def repeated(values: Iterator) -> list:
    return [value for value, seen in Counter(values).items() if seen > 1]


def test_there_are_enough_queries_in_all_and_in_every_group() -> None:
    per_group = Counter(query["groep"] for query in QUERIES)
    assert len(QUERIES) >= FEWEST_QUERIES
    assert set(per_group) == GROUPS
    assert {group: n for group, n in per_group.items() if n < FEWEST_PER_GROUP} == {}


def follows_the_format(query: dict) -> bool:
    read = query["begrepen"]
    return (
        FIELDS - OPTIONAL_FIELDS <= set(query) <= FIELDS
        and set(read) == READ_FIELDS
        and all(text == text.strip() != "" for text in (query["zoek"], query.get("plaats", "-")))
        and all(value is None or value.strip() for value in read.values())
        and (read["plaats"] is None) == (read["gemeente"] is None)
    )


def test_each_query_follows_the_format() -> None:
    assert [query["id"] for query in QUERIES if not follows_the_format(query)] == []


def test_ids_are_unique() -> None:
    assert repeated(query["id"] for query in QUERIES) == []


def test_no_query_stands_twice() -> None:
    assert repeated(typed(query) for query in QUERIES) == []


def test_route_codes_are_those_of_the_contract() -> None:
    for query in QUERIES:
        best, also_right = query["begrepen"]["route"], query.get("ook_goed_route", [])
        assert {best, *also_right} <= {None, *ROUTES}, query["id"]
        assert best not in also_right and None not in also_right, query["id"]


def test_every_route_is_asked_for() -> None:
    asked = Counter(query["begrepen"]["route"] for query in QUERIES)
    assert [code for code in ROUTES if asked[code] < FEWEST_PER_ROUTE] == []


def test_places_are_spelled_as_the_catalogue_spells_them() -> None:
    known = provinces_by_place()
    named = {query["id"]: place_read(query) for query in QUERIES}
    assert {label: place for label, place in named.items() if place[0] and place not in known} == {}


def test_places_are_spread_over_all_provinces() -> None:
    known = provinces_by_place()
    named = Counter(place_read(query) for query in QUERIES if place_read(query)[0])
    assert {place: n for place, n in named.items() if n > MOST_PER_PLACE} == {}
    assert len({known[place] for place in named}) == PROVINCES


def test_nothing_to_find_has_no_route_and_an_ambiguous_place_is_not_guessed() -> None:
    for query in QUERIES:
        assert (query["begrepen"]["route"] is None) == (query["groep"] == "niets"), query["id"]
        if query["groep"] == "dubbelzinnig":
            assert place_read(query) == (None, None), query["id"]


def test_an_organisation_by_ear_is_named() -> None:
    for query in QUERIES:
        if query["groep"] == "op_gehoor":
            assert query["begrepen"]["organisatie"], query["id"]


@pytest.mark.parametrize("path", [SEARCH_CASES, *sorted(CATALOGUE.glob("*.yml"))], ids=lambda path: path.name)
def test_no_query_stands_in_the_data_it_measures(path: Path) -> None:
    texts = {normalise(text) for text in strings_in(read_yaml_text(path.read_text(encoding="utf-8")))}
    queries = {query["id"]: {normalise(query["zoek"]), typed(query)} for query in QUERIES}
    assert [label for label, forms in queries.items() if forms & texts] == []
