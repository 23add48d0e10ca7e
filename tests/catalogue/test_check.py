"""The checks: each fault is one Dutch line with file, row, field and what to do."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from sociale_kaart.check import check_catalogue, check_file, examine_file
from sociale_kaart.check_doubles import LARGE_GROUP, doubles_in
from sociale_kaart.files import DATA_DIR, FORMER_MUNICIPALITIES, Row, read_rows
from sociale_kaart.numbering_plan import why_no_number
from sociale_kaart.places import Gazetteer

from tests.catalogue.rows import GOOD, list_of

TODAY = date(2026, 11, 22)


def faults_of(tmp_path: Path, *rows: dict[str, str]) -> list[str]:
    return [str(fault) for fault in check_file(list_of(tmp_path, *rows))]


def warnings_of(tmp_path: Path, *rows: dict[str, str]) -> list[str]:
    return [str(one) for one in examine_file(list_of(tmp_path, *rows), today=TODAY).warnings]


@pytest.mark.parametrize("name", ["plaatsen.csv", "doelgroepen.yml"])
def test_a_table_that_is_no_list_of_initiatives_is_not_checked_as_one(name: str) -> None:
    [fault] = check_file(DATA_DIR / name)
    assert str(fault) == (
        f"{name}: dit is geen lijst met initiatieven; kies de hele map om alles na te kijken."
    )


def test_a_good_row_has_no_faults(tmp_path: Path) -> None:
    assert faults_of(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("naam", "", "de naam ontbreekt"),
        ("id", "Met Hoofdletters", "alleen kleine letters"),
        ("soort", "odenhuis", "geen bekende soort"),
        ("status", "open", "kan niet"),
        ("verwijzing_nodig", "misschien", "'ja' of 'nee'"),
        ("bron_url", "", "de bron ontbreekt"),
        ("bron_url", "voorbeeld.nl", "geen webadres"),
        ("bron_datum", "mei 2026", "geen datum"),
        ("gecontroleerd_op", "31-05-2026", "geen datum"),
        ("gemeente", "Eede", "niet bekend"),
        ("gemeente", "Groesbeek", "bestaat sinds 2016 niet meer; schrijf 'Berg en Dal'"),
        ("gemeente", "littenseradiel", "schrijf 'Leeuwarden' of 'Súdwest-Fryslân' of 'Waadhoeke'"),
        ("werkgebied", "Zeewolde;Brielle", "bestaat sinds 2023 niet meer; schrijf 'Voorne aan Zee'"),
        ("postcode", "9712 JV", "ligt in 'Groningen' en niet in 'Ede'"),
        ("breedtegraad", "53.2194", "km van 'Ede'"),
        ("lengtegraad", "5.66000 E", "ligt niet in Nederland"),
        ("breedtegraad", "52,0402", "schrijf een getal met een punt erin, van 50.7 tot 53.6"),
        ("leeftijd_tot", "12", "lager dan de laagste"),
        pytest.param("leeftijd_tot", "9" * 5_000, "schrijf een getal, zoals 18", id="a figure without end"),
        ("werkgebied", "Gelderland", "schrijf gemeenten, 'provincie X' of 'Nederland'"),
        ("naam", "=HYPERLINK(1)", "begint als een formule"),
        ("opmerking", "@SUM(A1)", "begint als een formule"),
        ("let_op", "-2+3", "begint als een formule"),
        ("telefoon", "+31+1", "begint als een formule"),
        ("telefoon", "0311 123456", "netnummer"),
        ("telefoon", "06 1234567", "9 cijfers en geen 10"),
        ("telefoon", "06 71234567", "dat in Nederland bestaat"),
        ("let_op", "Bel eerst 06 12345678", "zet het in het veld telefoon"),
        ("plaats", "Zeist", "niet in 'Ede'"),
        ("provincie", "Gelderlnd", "geen provincie"),
        ("werkgebied", "Nergenshuizen", "geen gemeente"),
        ("postcode", "6711aa", "geen postcode"),
        ("adres_gezien", "nee", "nergens gezien"),
        ("telefoon", "0900-0767", "mag niet worden getoond"),
        ("telefoon", "12345", "geen telefoonnummer"),
        ("email", "info at voorbeeld.nl", "geen mailadres"),
        ("website", "www.voorbeeld.nl", "geen webadres"),
        ("openingstijden", "bel 06 12345678", "zet het in het veld telefoon"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, field: str, value: str, words: str) -> None:
    point = {"breedtegraad": "52.0402", "lengtegraad": "5.6649", "leeftijd_van": "18"}
    faults = faults_of(tmp_path, {**GOOD, **point, field: value})
    assert any(words in fault and fault.startswith("levering.csv, rij 2, veld ") for fault in faults), faults


def test_the_same_id_and_the_same_initiative_twice(tmp_path: Path) -> None:
    assert any("dit id staat ook op rij 2" in fault for fault in faults_of(tmp_path, GOOD, GOOD))
    twin = {**GOOD, "id": "test-odensehuis", "naam": "Odensehuis test"}
    assert any("hetzelfde initiatief als rij 2" in fault for fault in faults_of(tmp_path, GOOD, twin))


@pytest.mark.parametrize(
    ("name", "double"),
    [
        ("Stichting Odensehuis Test", True),
        ("Odense-huis Test", True),
        ("De Huiskamer", False),
        ("Test Odensehuis", True),
        ("Odensehuis Tesst", True),
        ("Odensehuis Test 2", False),
        ("Odensehuis De Zon Test", False),
    ],
)
def test_names_that_differ_only_by_legal_form_or_spelling(tmp_path: Path, name: str, double: bool) -> None:
    twin = {
        **GOOD,
        "id": "tweede",
        "naam": name,
        "telefoon": "",
        "website": "",
        "straat_huisnummer": "Elders 2",
    }
    faults = faults_of(tmp_path, GOOD, twin)
    assert any("hetzelfde initiatief" in fault for fault in faults) == double


@pytest.mark.parametrize("field", ["telefoon", "website"])
def test_the_same_number_or_site_in_the_same_place_and_kind(tmp_path: Path, field: str) -> None:
    other = {**GOOD, "id": "tweede", "naam": "Odensehuis Test Noord", "straat_huisnummer": ""}
    other = {
        **other,
        "telefoon": "",
        "website": "",
        field: GOOD[field].replace("0318 ", "+31 318 ") + "/" * (field == "website"),
    }
    assert any(
        f"veld {field}: " in fault and "ook op rij 2" in fault for fault in faults_of(tmp_path, GOOD, other)
    )
    elsewhere = {**other, "straat_huisnummer": "Noordlaan 7"}
    assert faults_of(tmp_path, GOOD, elsewhere) == []
    unlike = {**other, "naam": "Wandelen met Wim"}
    assert faults_of(tmp_path, GOOD, unlike) == []
    assert any("is dit hetzelfde initiatief?" in one for one in warnings_of(tmp_path, GOOD, unlike))


def test_what_closed_may_stand_beside_what_took_its_place(tmp_path: Path) -> None:
    assert faults_of(tmp_path, {**GOOD, "status": "gesloten"}, {**GOOD, "id": "nieuw"}) == []


def test_doubles_in_a_large_group_are_found_without_comparing_all() -> None:
    names = [
        f"{letter}{other}hof {other * 3}huis"
        for letter in "abcdefghijklmnopqrstuvwxyz"
        for other in "aeioubcdfgklmn"
    ]
    rows = [Row(at, {"id": f"r{at}", "naam": name, "soort": "x"}) for at, name in enumerate(names)]
    assert len(rows) > LARGE_GROUP
    before = len(doubles_in(rows).sure)
    rows.append(Row(9999, {"id": "laatste", "naam": names[57] + "j", "soort": "x"}))
    assert len(doubles_in(rows).sure) == before + 1


@pytest.mark.parametrize(
    "number",
    [
        "050 230 3252",
        "0318 123456",
        "+31 (0)318 123456",
        "06-12345678",
        "0800-2000",
        "0900-1234",
        "085 1234567",
    ]
    + ["088 0767 000", "14 020", "140318", "112", "113", "0031 20 1234567"],
)
def test_numbers_that_can_exist(number: str) -> None:
    assert why_no_number(number) is None


@pytest.mark.parametrize(
    "number", ["0311 123456", "14 099", "069 1234567", "0906 1234", "1234", "020 12345678", "050"]
)
def test_numbers_that_cannot_exist(number: str) -> None:
    assert "na." in (why_no_number(number) or "") or "schrijf" in (why_no_number(number) or "")


def test_every_former_municipality_is_now_part_of_one_that_exists() -> None:
    today = {place.municipality for place in Gazetteer.load().places}
    rows = read_rows(DATA_DIR / FORMER_MUNICIPALITIES)
    assert len(rows) == len({row["gemeente"] for row in rows}) > 130
    for row in rows:
        assert set(row["nu"].split(";")) <= today, row["gemeente"]
        assert row["gemeente"] not in today
        assert 2010 <= int(row["jaar"]) <= 2026 and row["bron"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"gecontroleerd_op": "2025-10"}, "is van 'oktober 2025', ouder dan een jaar"),
        ({"gecontroleerd_op": "", "bron_datum": ""}, "datum van de bron is niet bekend"),
        ({"telefoon": "", "email": "", "website": ""}, "geen telefoonnummer, mailadres of website"),
        ({"website": "http://voorbeeld.nl"}, "begint met http://"),
        ({"postcode": "6700 ZZ"}, "staat niet in postcodes.csv"),
    ],
)
def test_warnings_are_no_faults(tmp_path: Path, cells: dict[str, str], words: str) -> None:
    assert faults_of(tmp_path, {**GOOD, **cells}) == []
    assert any(words in warning for warning in warnings_of(tmp_path, {**GOOD, **cells}))
    assert warnings_of(tmp_path, {**GOOD, **cells, "status": "concept"}) == []


def test_a_good_row_has_no_warnings(tmp_path: Path) -> None:
    assert warnings_of(tmp_path, GOOD) == []


def test_a_row_without_source_may_wait_as_concept(tmp_path: Path) -> None:
    assert faults_of(tmp_path, {**GOOD, "bron_url": "", "status": "concept"}) == []


def test_an_unreadable_file_and_a_missing_column(tmp_path: Path) -> None:
    path = tmp_path / "kapot.csv"
    path.write_bytes(b"id,naam\n\xff\xfe,x\n")
    assert "geen UTF-8" in str(check_file(path)[0])
    path.write_text("id,naam\n1,x\n", encoding="utf-8")
    assert any("deze kolom ontbreekt" in str(fault) for fault in check_file(path))
    assert "niet te openen" in str(check_file(tmp_path / "weg.csv")[0])


def test_faults_in_the_small_tables(tmp_path: Path) -> None:
    for name in ("soorten.yml", "routes.yml", "hulplijnen.csv"):
        shutil.copy(DATA_DIR / name, tmp_path / name)
    kinds = (tmp_path / "soorten.yml").read_text(encoding="utf-8")
    kinds = kinds.replace("rol: route", "rol: weg", 1)
    (tmp_path / "soorten.yml").write_text(kinds, encoding="utf-8")
    routes = (tmp_path / "routes.yml").read_text(encoding="utf-8").replace("[dementielijn]", "[zilverlijn]")
    (tmp_path / "routes.yml").write_text(routes, encoding="utf-8")
    lines = (tmp_path / "hulplijnen.csv").read_text(encoding="utf-8").replace("0900-8844", "0900-0767")
    (tmp_path / "hulplijnen.csv").write_text(lines, encoding="utf-8")
    words = (DATA_DIR / "zoekwoorden.yml").read_text(encoding="utf-8").replace("  rouw:", "  rauw:")
    (tmp_path / "zoekwoorden.yml").write_text(words, encoding="utf-8")
    faults = [str(fault) for fault in check_catalogue(tmp_path)]
    assert any(fault.startswith("zoekwoorden.yml, veld routes.rauw") for fault in faults)
    assert any(fault.startswith("soorten.yml, veld odensehuis.rol") for fault in faults)
    assert any("'zilverlijn' is niet bekend of gestopt" in fault for fault in faults)
    assert any(fault.startswith("hulplijnen.csv, rij") and "mag niet" in fault for fault in faults)


def test_rows_are_numbered_as_an_editor_sees_them(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('id,naam\na,"twee\nregels"\nb,c\n', encoding="utf-8")
    assert [row.number for row in read_rows(path)] == [3, 4]


def test_a_table_is_checked_as_what_it_is(tmp_path: Path) -> None:
    assert check_file(DATA_DIR / "hulplijnen.csv") == []
    assert check_file(DATA_DIR / "soorten.yml") == []
    broken = tmp_path / "routes.yml"
    broken.write_text("rouw: [", encoding="utf-8")
    assert "niet te lezen" in str(check_file(broken)[0])


def test_a_folder_without_any_of_our_files_is_no_catalogue(tmp_path: Path) -> None:
    assert "kies een andere map" in str(check_catalogue(tmp_path)[0])
