"""The checks: each fault is one Dutch line with file, row, field and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sociale_kaart.check import check_catalogue, check_file
from sociale_kaart.columns import COLUMNS
from sociale_kaart.files import DATA_DIR, read_rows, write_rows

GOOD = {
    "id": "odensehuis-test",
    "naam": "Odensehuis Test",
    "soort": "odensehuis",
    "straat_huisnummer": "Dorpsstraat 1",
    "postcode": "6711 AA",
    "adres_gezien": "ja",
    "plaats": "Ede",
    "gemeente": "Ede",
    "provincie": "Gelderland",
    "telefoon": "0318 123456",
    "email": "info@voorbeeld.nl",
    "website": "https://voorbeeld.nl",
    "verwijzing_nodig": "nee",
    "status": "actief",
    "bron_url": "https://voorbeeld.nl/over",
    "bron_datum": "2026-05",
    "gecontroleerd_op": "2026-05",
}


def faults_of(tmp_path: Path, *rows: dict[str, str]) -> list[str]:
    path = tmp_path / "levering.csv"
    write_rows(path, COLUMNS, rows)
    return [str(fault) for fault in check_file(path)]


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
        ("plaats", "Zeist", "niet in Ede"),
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
    faults = faults_of(tmp_path, {**GOOD, field: value})
    assert any(words in fault and fault.startswith("levering.csv, rij 2, veld ") for fault in faults), faults


def test_the_same_id_and_the_same_initiative_twice(tmp_path: Path) -> None:
    assert any("dit id staat ook op rij 2" in fault for fault in faults_of(tmp_path, GOOD, GOOD))
    twin = {**GOOD, "id": "test-odensehuis", "naam": "Odensehuis test"}
    assert any("hetzelfde initiatief als rij 2" in fault for fault in faults_of(tmp_path, GOOD, twin))


def test_a_row_without_source_may_wait_as_concept(tmp_path: Path) -> None:
    assert faults_of(tmp_path, {**GOOD, "bron_url": "", "status": "concept"}) == []


def test_an_unreadable_file_and_a_missing_column(tmp_path: Path) -> None:
    path = tmp_path / "kapot.csv"
    path.write_bytes(b"id,naam\n\xff\xfe,x\n")
    assert "niet te lezen" in str(check_file(path)[0])
    path.write_text("id,naam\n1,x\n", encoding="utf-8")
    assert any("deze kolom ontbreekt" in str(fault) for fault in check_file(path))
    assert "niet te lezen" in str(check_file(tmp_path / "weg.csv")[0])


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
