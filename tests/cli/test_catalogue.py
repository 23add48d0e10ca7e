"""`catalogue`: search, check, import and export, on the catalogue of the repository."""

from __future__ import annotations

import csv
import io
import json

import pytest
from sociale_kaart.faults import Fault
from sociale_kaart.interchange import ImportReport
from sociale_kaart.merge import Change

from api.cli.catalogue import MANY_ROWS
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
    assert answer["landelijk"]["website"] == "https://odensehuizen.nl"
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
    printed = capsys.readouterr()
    assert printed.out == "Geen fouten gevonden.\n"
    assert printed.err.startswith("Waarschuwingen: ") and printed.err.count("\n") == 1


def test_warnings_are_shown_on_request_and_are_no_fault(capsys):
    assert main(["catalogue", "check", "--waarschuwingen"]) == 0
    printed = capsys.readouterr()
    warnings = [line for line in printed.out.splitlines() if line.startswith("waarschuwing: ")]
    assert printed.err == f"Waarschuwingen: {len(warnings)}.\n"
    assert any(", rij " in line and ", veld gecontroleerd_op: " in line for line in warnings)


def test_check_of_a_faulty_file_gives_a_line_per_fault_and_exit_1(tmp_path, capsys):
    file = tmp_path / "levering.csv"
    file.write_text("id,naam,soort,status,bron_url\nx,,onzin,actief,\n", encoding="utf-8")
    assert main(["catalogue", "check", str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any("veld soort" in line for line in lines)
    assert all(line.startswith("levering.csv, rij 2, veld ") for line in lines)


def test_check_of_a_missing_file_is_no_clean_bill(capsys):
    assert main(["catalogue", "check", "er-is-geen.csv"]) == 2


def test_a_file_in_another_encoding_can_be_checked(tmp_path, capsys):
    file = tmp_path / "levering.csv"
    file.write_bytes("id,naam,soort,status,bron_url\nx,Café,onzin,actief,\n".encode("cp1252"))
    assert main(["catalogue", "check", str(file)]) == 1
    assert "--encoding cp1252" in capsys.readouterr().out
    assert main(["catalogue", "check", str(file), "--encoding", "cp1252"]) == 1
    assert "veld soort" in capsys.readouterr().out


@pytest.fixture
def imported(monkeypatch):
    """What `import_file` was asked, with an empty report as its answer."""
    asked = {}

    def fake_import(path, source, **options):
        asked.update(options, path=path, source=source)
        return ImportReport(changed=[Change("de-huiskamer", "telefoon", "", "0318 123456")])

    monkeypatch.setattr("sociale_kaart.interchange.import_file", fake_import)
    return asked


def test_import_passes_its_options_on_and_prints_the_report(imported, tmp_path, capsys):
    file = tmp_path / "levering.csv"
    command = ["catalogue", "import", str(file), "--source", "gemeente", "--dry-run"]
    assert main([*command, "--soort", "buurthuis", "--encoding", "cp1252"]) == 0
    del imported["progress"]
    assert imported == {
        "path": file,
        "source": "gemeente",
        "dry_run": True,
        "kind": "buurthuis",
        "encoding": "cp1252",
    }
    assert "gewijzigd: de-huiskamer, telefoon: '' -> '0318 123456'" in capsys.readouterr().out


def test_a_progress_bar_stands_only_on_a_terminal_and_over_many_rows(imported, monkeypatch, capsys):
    main(["catalogue", "import", "x.csv", "--source", "gemeente"])
    bar = imported["progress"]
    many = list(range(MANY_ROWS + 1))
    assert list(bar(many)) == many
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert list(bar(many[:-1])) == many[:-1]
    assert capsys.readouterr().err == ""
    assert list(bar(many)) == many
    assert "controleren" in capsys.readouterr().err


def test_import_with_faults_exits_with_1(monkeypatch):
    report = ImportReport(faults=[Fault("levering.csv", 2, "soort", "klopt niet.")])
    monkeypatch.setattr("sociale_kaart.interchange.import_file", lambda *_, **__: report)
    assert main(["catalogue", "import", "levering.csv", "--source", "gemeente"]) == 1


@pytest.mark.parametrize("content", [b"naam,soort\n\xff\xfe,x\n", b"PK\x03\x04", b"", None])
def test_import_of_a_file_that_is_no_list_is_a_dutch_report(tmp_path, capsys, content):
    file = tmp_path / "levering.csv"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    assert main(["catalogue", "import", str(file), "--source", "gemeente"]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("levering.csv")
    assert printed.out.endswith("Er is niets overgenomen. Herstel eerst deze fouten.\n")
    assert printed.err == ""


def test_a_full_disk_is_one_line(monkeypatch, capsys):
    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sociale_kaart.interchange.import_file", fail)
    assert main(["catalogue", "import", "levering.csv", "--source", "gemeente"]) == 2
    assert "er is niets overgenomen: schrijven lukt niet (de schijf is vol)." in capsys.readouterr().err


def test_export_as_csv_and_as_hsds(capsys):
    assert main(["catalogue", "export", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main(["catalogue", "export", "--format", "hsds"]) == 0
    services = json.loads(capsys.readouterr().out)
    assert len(rows) > 100
    assert len(services) > 100


def test_export_to_a_file_and_the_difference_from_it(tmp_path, capsys):
    csv_file, json_file = tmp_path / "uit.csv", tmp_path / "uit.json"
    assert main(["catalogue", "export", "--format", "csv", "--output", str(csv_file)]) == 0
    assert main(["catalogue", "export", "--format", "hsds", "--output", str(json_file)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["catalogue", "diff", str(csv_file)]) == 0
    assert capsys.readouterr().out == "Geen verschillen.\n"
    assert main(["catalogue", "diff", str(csv_file), str(json_file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["nieuw"], found["gewijzigd"]) == ([], {})
    assert {row["status"] for row in found["weg"]} <= {"concept"}
    assert main(["catalogue", "diff", str(tmp_path / "weg.csv")]) == 2
    assert "niet te openen" in capsys.readouterr().err
    assert main(["catalogue", "export", "--format", "csv", "--output", str(tmp_path)]) == 2
    assert "is niet te schrijven (het is een map)" in capsys.readouterr().err
