"""`catalogue`: search, check, import and export, on the catalogue of the repository."""

from __future__ import annotations

import csv
import io
import json

import pytest
from sociale_kaart.faults import Fault
from sociale_kaart.interchange import ImportReport

from api.cli.main import main


@pytest.fixture(autouse=True)
def own_database(monkeypatch, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp() / "cli-catalogue"
    monkeypatch.setenv("CATALOGUS_PAD", str(folder / "catalogus.sqlite"))


def test_search_json_is_the_object_of_the_contract(capsys):
    assert main(["catalogue", "search", "odensehuis", "--plaats", "Groningen", "--limit", "2", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer["begrepen"]) == {"route", "plaats", "gemeente", "organisatie"}
    assert answer["begrepen"]["route"] == "odensehuis"
    assert 1 <= len(answer["initiatieven"]) <= 2
    assert all(0 <= one["score"] <= 100 for one in answer["initiatieven"])


def test_search_for_people_names_the_initiative_and_its_source(capsys):
    assert main(["catalogue", "search", "odensehuis", "--plaats", "Groningen"]) == 0
    printed = capsys.readouterr().out
    assert "Odensehuis Groningen" in printed
    assert "Bron: " in printed


def test_an_unknown_kind_is_named_with_the_known_ones(capsys):
    assert main(["catalogue", "search", "x", "--soort", "pannenkoek"]) == 2
    assert "odensehuis" in capsys.readouterr().err


def test_check_of_our_own_catalogue_finds_no_faults(capsys):
    assert main(["catalogue", "check"]) == 0
    assert capsys.readouterr().out == "Geen fouten gevonden.\n"


def test_check_of_a_faulty_file_gives_a_line_per_fault_and_exit_1(tmp_path, capsys):
    file = tmp_path / "levering.csv"
    file.write_text("id,naam,soort,status,bron_url\nx,,onzin,actief,\n", encoding="utf-8")
    assert main(["catalogue", "check", str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any("rij" in line and "veld soort" in line for line in lines)


def test_check_of_a_missing_file_is_no_clean_bill(capsys):
    assert main(["catalogue", "check", "er-is-geen.csv"]) == 2


def test_import_passes_the_dry_run_on_and_prints_the_report(monkeypatch, tmp_path, capsys):
    asked = {}

    def fake_import(path, source, dry_run):
        asked.update(path=path, source=source, dry_run=dry_run)
        return ImportReport(new=["de-huiskamer"])

    monkeypatch.setattr("sociale_kaart.interchange.import_csv", fake_import)
    file = tmp_path / "levering.csv"
    file.write_text("naam,soort\n", encoding="utf-8")
    assert main(["catalogue", "import", str(file), "--source", "gemeente", "--dry-run"]) == 0
    assert asked == {"path": file, "source": "gemeente", "dry_run": True}
    assert "nieuw: de-huiskamer" in capsys.readouterr().out


def test_import_with_faults_exits_with_1(monkeypatch, tmp_path):
    report = ImportReport(faults=[Fault("levering.csv", 2, "soort", "klopt niet.")])
    monkeypatch.setattr("sociale_kaart.interchange.import_csv", lambda *_, **__: report)
    file = tmp_path / "levering.csv"
    file.write_text("naam,soort\n", encoding="utf-8")
    assert main(["catalogue", "import", str(file), "--source", "gemeente"]) == 1


def test_import_of_a_file_that_is_no_text_is_one_line(tmp_path, capsys):
    file = tmp_path / "levering.csv"
    file.write_bytes(b"naam,soort\n\xff\xfe,x\n")
    assert main(["catalogue", "import", str(file), "--source", "gemeente", "--dry-run"]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_export_as_csv_and_as_hsds(capsys):
    assert main(["catalogue", "export", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main(["catalogue", "export", "--format", "hsds"]) == 0
    services = json.loads(capsys.readouterr().out)
    assert len(rows) > 100
    assert len(services) > 100
