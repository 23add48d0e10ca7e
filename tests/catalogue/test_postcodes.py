"""Postcodes in free text and as a name: four digits that are no year, price or dose."""

from __future__ import annotations

from pathlib import Path

import pytest
from sociale_kaart.places import Gazetteer
from sociale_kaart.yaml_text import read_yaml_text

CASES = read_yaml_text((Path(__file__).parent / "cases" / "postcodes.yml").read_text(encoding="utf-8"))


def _case(case: dict):
    marks = [pytest.mark.xfail(reason=case["bekend_fout"], strict=True)] if "bekend_fout" in case else []
    asked = "gevraagd: " if case.get("gevraagd") else ""
    return pytest.param(case, id=asked + case["tekst"], marks=marks)


@pytest.mark.parametrize("case", [_case(case) for case in CASES["gevallen"]])
def test_reads_a_postcode_as_its_place(case: dict) -> None:
    matches = Gazetteer.load().find_in_text(case["tekst"], expected=case.get("gevraagd", False))
    assert (matches[0].place.name if matches else None) == case["plaats"]
    if matches and "fragment" in case:
        assert matches[0].fragment == case["fragment"]


@pytest.mark.parametrize("name", ["3701", "3701 AB", "3701ab", " 3701 ab "])
def test_looks_up_a_postcode_given_as_a_name(name: str) -> None:
    match = Gazetteer.load().lookup(name)
    assert match is not None
    assert (match.place.name, match.score) == ("Zeist", 100.0)


@pytest.mark.parametrize("name", ["0000", "9999 SS", "3701 ABC", "1234"])
def test_a_postcode_that_does_not_exist_is_no_place(name: str) -> None:
    assert Gazetteer.load().lookup(name) is None


def test_asks_which_place_when_a_postcode_covers_two_municipalities() -> None:
    (match,) = Gazetteer.load().find_in_text("1616", expected=True)
    assert match.ambiguous
    assert {place.name for place in match.candidates} == {"Hoogkarspel", "Lutjebroek"}


def test_every_postcode_lies_in_a_known_place(tmp_path: Path) -> None:
    data = Path(__file__).parents[2] / "catalogue" / "data"
    for file in data.glob("*.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "postcodes.csv").write_text(
        "postcode,plaats,gemeente,provincie\n3701,Ziest,Zeist,Utrecht\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"postcodes\.csv, rij 2: 'plaats'"):
        Gazetteer.load(tmp_path)


def test_the_two_municipalities_called_bergen_are_told_apart() -> None:
    found = [Gazetteer.load().lookup(code).place for code in ("1861", "5854")]
    assert [(place.municipality, place.province) for place in found] == [
        ("Bergen", "Noord-Holland"),
        ("Bergen", "Limburg"),
    ]


def test_four_thousand_postcodes_are_known() -> None:
    gazetteer = Gazetteer.load()
    known = sum(gazetteer.lookup(str(digits)) is not None for digits in range(1000, 10_000))
    assert known > 4_000
