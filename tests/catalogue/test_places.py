"""Places in free text and by name, against the cases in cases/plaatsen.yml."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sociale_kaart.distance import km_between
from sociale_kaart.model import Place
from sociale_kaart.place_index import read_places
from sociale_kaart.places import Gazetteer
from sociale_kaart.yaml_text import read_yaml_text

from tests.cases import together

DATA_DIR = Path(__file__).parents[2] / "catalogue" / "data"
LARGE_CITIES = (
    "Amsterdam", "Rotterdam", "Den Haag", "Utrecht", "Eindhoven", "Groningen", "Tilburg", "Almere", "Breda",
    "Nijmegen", "Apeldoorn", "Haarlem", "Arnhem", "Haarlemmermeer", "Amersfoort", "Enschede", "Zaanstad",
    "'s-Hertogenbosch", "Zwolle", "Leiden", "Leeuwarden", "Zoetermeer", "Maastricht", "Ede", "Dordrecht",
    "Alphen aan den Rijn", "Alkmaar", "Emmen", "Delft", "Venlo", "Deventer",
)  # fmt: skip
"""The largest municipalities, but for Westland, which has villages instead of districts."""

CASES = read_yaml_text((Path(__file__).parent / "cases" / "plaatsen.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def _name(case: dict) -> str:
    return ("gevraagd: " if case.get("gevraagd") else "") + case["tekst"]


def _kind(case: dict) -> str:
    return "gevraagd" if case.get("gevraagd") else "in een tekst"


@pytest.mark.parametrize(
    "cases", together(CASES["gevallen"], _kind, _name, known=lambda case: case.get("bekend_fout"))
)
def test_finds_the_place_a_text_means(gazetteer: Gazetteer, cases: list[dict]) -> None:
    wrong = {}
    for case in cases:
        matches = gazetteer.find_in_text(case["tekst"], expected=case.get("gevraagd", False))
        found = (matches[0].place.name, matches[0].place.municipality) if matches else None
        if found != ((case["plaats"], case["gemeente"]) if case["plaats"] else None):
            wrong[case["tekst"]] = found
    assert wrong == {}


@pytest.mark.parametrize(("sentence", "asked"), [("{}", True), ("ik woon in {} en ben alleen", False)])
def test_most_names_spelled_by_ear_are_understood(gazetteer: Gazetteer, sentence: str, asked: bool) -> None:
    missed = []
    for spelled, name in CASES["verschreven"].items():
        found = gazetteer.find_in_text(sentence.format(spelled), expected=asked)
        if not found or found[0].place.name != name:
            missed.append(spelled)
    assert len(missed) <= 0.05 * len(CASES["verschreven"]), missed


@pytest.mark.parametrize("case", CASES["namen"], ids=lambda case: case["naam"])
def test_looks_up_a_name_given_as_such(gazetteer: Gazetteer, case: dict) -> None:
    match = gazetteer.lookup(case["naam"])
    found = (match.place.name, match.place.municipality) if match else None
    assert found == ((case["plaats"], case["gemeente"]) if case["plaats"] else None)


@pytest.mark.parametrize("case", CASES["naamgenoten"], ids=lambda case: case["naam"])
def test_asks_only_when_namesakes_are_comparable(gazetteer: Gazetteer, case: dict) -> None:
    match = gazetteer.lookup(case["naam"])
    assert match is not None
    assert match.ambiguous is case["vragen"]
    told_apart = {(place.municipality, place.province) for place in match.candidates}
    assert len(told_apart) == len(match.candidates)


def test_a_full_name_leads_back_to_its_place(gazetteer: Gazetteer) -> None:
    for place in gazetteer.places:
        looked_up = gazetteer.lookup(place.full_name)
        assert looked_up is not None and looked_up.place == place
        (found, *_) = gazetteer.find_in_text(place.full_name, expected=True)
        assert found.place == place


def test_every_municipality_is_a_place(gazetteer: Gazetteer) -> None:
    municipalities = {(place.municipality, place.province) for place in gazetteer.places}
    assert len(municipalities) == 342
    for name, province in municipalities:
        match = gazetteer.lookup(f"{name}, {province}")
        assert match is not None, name
        assert (match.place.municipality, match.place.province) == (name, province)


def test_a_place_is_listed_once_and_says_where_it_comes_from() -> None:
    with (DATA_DIR / "plaatsen.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["naam"], row["gemeente"], row["provincie"]) for row in rows}) == len(rows)
    assert len({(row["gemeente"], row["provincie"], row["gemeentecode"]) for row in rows}) == 342
    assert {row["herkomst"] for row in rows} == {"exact", "postcode", "gecontroleerd", "gemeente"}
    assert all(row["bron"] for row in rows)
    borrowed = [row["naam"] for row in rows if row["herkomst"] == "gemeente"]
    assert len(borrowed) < 20, "a place got the coordinate of another"


@pytest.mark.parametrize("city", LARGE_CITIES)
def test_the_districts_of_large_cities_are_read_as_their_city(gazetteer: Gazetteer, city: str) -> None:
    with (DATA_DIR / "wijken.csv").open(encoding="utf-8", newline="") as file:
        districts = [row["wijk"] for row in csv.DictReader(file) if row["gemeente"] == city]
    assert len(districts) >= 3
    for district in districts:
        match = gazetteer.lookup(district)
        assert match is not None
        municipalities = {place.municipality for place in (match.place, *match.candidates)}
        assert city in municipalities, district
        assert match.ambiguous or municipalities == {city}, district


def test_a_fault_in_the_districts_names_file_row_and_field(tmp_path: Path) -> None:
    for file in DATA_DIR.glob("*.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "wijken.csv").write_text(
        "wijk,plaats,gemeente,bron\nBijlmer,,Amsterdam,x\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"wijken\.csv, rij 2: 'plaats'"):
        Gazetteer.load(tmp_path)


def test_every_place_lies_in_the_european_netherlands(gazetteer: Gazetteer) -> None:
    for place in gazetteer.places:
        assert 50.7 < place.latitude < 53.6, place
        assert 3.3 < place.longitude < 7.3, place


def test_distance_is_as_the_crow_flies(gazetteer: Gazetteer) -> None:
    groningen, maastricht = (gazetteer.lookup(name).place for name in ("Groningen", "Maastricht"))
    assert km_between(groningen, maastricht.latitude, maastricht.longitude) == pytest.approx(268, abs=5)
    assert km_between(groningen, groningen.latitude, groningen.longitude) == 0


def test_offsets_point_into_the_original_text(gazetteer: Gazetteer) -> None:
    text = "ﬁjn 🙂: ik woon in Su\u0302dwest-Fryslân (bij Snits)"
    first, *_ = gazetteer.find_in_text(text)
    assert text[first.start : first.end] == first.fragment == "Su\u0302dwest-Fryslân"


def test_is_read_once(gazetteer: Gazetteer) -> None:
    assert Gazetteer.load() is gazetteer


def test_a_fault_in_the_data_names_file_row_and_field(tmp_path: Path) -> None:
    for name in ("plaats_woorden.yml", "plaats_aliassen.yml", "wijken.csv"):
        (tmp_path / name).write_text((DATA_DIR / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "plaatsen.csv").write_text(
        "naam,gemeente,gemeentecode,provincie,lat,lon,inwoners,herkomst,bron\n"
        'Zeist,Zeist,0355,Utrecht,"52,09",5.23,1,exact,x\n',
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match=r"plaatsen\.csv, rij 2: 'lat'"):
        Gazetteer.load(tmp_path)


def test_a_table_that_a_dutch_excel_saved_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plaatsen.csv"
    path.write_text(
        "naam;gemeente;provincie;lat;lon;inwoners;herkomst\nZeist;Zeist;Utrecht;52.09;5.23;1;exact\n",
        encoding="utf-8-sig",
    )
    [zeist] = read_places(path)
    assert (zeist.name, zeist.latitude) == ("Zeist", 52.09)


_SNIPPETS = st.sampled_from(
    [
        "in ",
        "niet ",
        "Zeist",
        "den ",
        "Bosch",
        "'s-",
        ", ",
        "woon ",
        "ĳssel",
        "\u0301",
        "1234 ",
        "EE",
        "\n",
        "best",
        " van ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(_SNIPPETS, st.text(max_size=3))).map("".join)), st.booleans())
def test_survives_any_text_with_valid_offsets(text: str, expected: bool) -> None:
    gazetteer = Gazetteer.load()
    gazetteer.lookup(text)
    for match in gazetteer.find_in_text(text, expected):
        assert 0 <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.fragment
        assert 0 < match.score <= 100
        assert isinstance(match.place, Place)
        assert not match.candidates or match.place in match.candidates
