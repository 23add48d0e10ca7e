"""Bulk in and out: nothing an editor wrote gets lost."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sociale_kaart import files
from sociale_kaart.cells import harmless, is_formula, original
from sociale_kaart.columns import COLUMNS
from sociale_kaart.files import initiative_files, read_initiatives, read_rows, write_rows
from sociale_kaart.interchange import ImportReport, export_csv, import_file

from tests.catalogue.rows import DELIVERED, GOOD, list_of

DAY = date(2026, 11, 22)
ID = "odensehuis-test-ede"
OWN = {**GOOD, "id": "eigen", "naam": "Eigen rij", "herkomst": "zelf", "telefoon": "", "website": ""}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    list_of(folder / "initiatieven", OWN, name="thema.csv")
    return folder


def delivery(tmp_path: Path, *rows: dict[str, str]) -> Path:
    return list_of(tmp_path, *rows, columns=DELIVERED)


def rows_in(data_dir: Path) -> dict[str, dict[str, str]]:
    return {row["id"]: row.values for row in read_initiatives(data_dir)}


def edit(data_dir: Path, row_id: str, **cells: str) -> None:
    """What an editor does in a spreadsheet."""
    path = next(
        path for path in initiative_files(data_dir) if any(row["id"] == row_id for row in read_rows(path))
    )
    rows = [{**row.values, **cells} if row["id"] == row_id else row.values for row in read_rows(path)]
    write_rows(path, COLUMNS, rows)


def take(path: Path, data_dir: Path, **options) -> ImportReport:
    return import_file(path, "Gemeente Ede", data_dir, dry_run=False, today=DAY, **options)


def all_bytes(data_dir: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}


def changes(report: ImportReport) -> list[tuple[str, str, str]]:
    return [(one.field, one.here, one.delivered) for one in report.changed]


def test_a_dry_run_reports_and_writes_nothing(tmp_path: Path, data_dir: Path) -> None:
    before = all_bytes(data_dir)
    report = import_file(delivery(tmp_path, GOOD), "Gemeente Ede", data_dir, dry_run=True, today=DAY)
    assert [row["id"] for row in report.new] == [ID]
    assert not report.written
    assert all_bytes(data_dir) == before
    assert report.lines()[0] == f"nieuw: {ID} (Odensehuis Test, Ede)"
    assert report.lines()[-1] == "Dit was een proef. Er is niets overgenomen."


def test_new_rows_come_in_a_list_of_their_source_with_their_origin(tmp_path: Path, data_dir: Path) -> None:
    theme = (data_dir / "initiatieven" / "thema.csv").read_bytes()
    assert take(delivery(tmp_path, GOOD), data_dir).written
    rows = rows_in(data_dir)
    assert set(rows) == {"eigen", ID}
    assert rows[ID]["herkomst"] == "Gemeente Ede"
    assert rows[ID]["status"] == "actief"
    assert [path.name for path in initiative_files(data_dir)] == ["gemeente-ede.csv", "thema.csv"]
    assert (data_dir / "initiatieven" / "thema.csv").read_bytes() == theme


def test_a_row_stays_in_the_file_it_is_in(tmp_path: Path, data_dir: Path) -> None:
    report = take(delivery(tmp_path, {**OWN, "telefoon": "0318 654321"}), data_dir)
    assert changes(report) == [("telefoon", "", "0318 654321")]
    assert [path.name for path in initiative_files(data_dir)] == ["thema.csv"]
    assert rows_in(data_dir)["eigen"]["telefoon"] == "0318 654321"


def test_a_change_at_the_source_is_taken_over(tmp_path: Path, data_dir: Path) -> None:
    take(delivery(tmp_path, {**GOOD, "openingstijden": "maandag"}), data_dir)
    report = take(delivery(tmp_path, {**GOOD, "openingstijden": "dinsdag 10-12 uur"}), data_dir)
    assert changes(report) == [("openingstijden", "maandag", "dinsdag 10-12 uur")]
    assert f"gewijzigd: {ID}, openingstijden: 'maandag' -> 'dinsdag 10-12 uur'" in report.lines()
    assert rows_in(data_dir)[ID]["openingstijden"] == "dinsdag 10-12 uur"


@pytest.mark.parametrize("written", ["0318 654321", ""])
def test_what_an_editor_wrote_or_took_out_stays(tmp_path: Path, data_dir: Path, written: str) -> None:
    take(delivery(tmp_path, GOOD), data_dir)
    edit(data_dir, ID, telefoon=written, opmerking="zelf gebeld")
    report = take(delivery(tmp_path, {**GOOD, "telefoon": "0318 111111"}), data_dir)
    kept = rows_in(data_dir)[ID]
    assert [(one.field, one.here, one.delivered) for one in report.kept] == [
        ("telefoon", written, "0318 111111")
    ]
    assert (kept["telefoon"], kept["opmerking"]) == (written, "zelf gebeld")
    assert any(line.startswith(f"behouden: {ID}, telefoon") for line in report.lines())


def test_an_unchanged_delivery_never_touches_an_editors_text(tmp_path: Path, data_dir: Path) -> None:
    take(delivery(tmp_path, GOOD), data_dir)
    edit(data_dir, ID, telefoon="0318 654321")
    report = take(delivery(tmp_path, GOOD), data_dir)
    assert (report.changed, report.kept, report.unchanged) == ([], [], 1)
    assert rows_in(data_dir)[ID]["telefoon"] == "0318 654321"


def test_what_the_source_empties_stays_and_is_said(tmp_path: Path, data_dir: Path) -> None:
    take(delivery(tmp_path, GOOD), data_dir)
    report = take(delivery(tmp_path, {**GOOD, "telefoon": ""}), data_dir)
    assert [one.field for one in report.emptied] == ["telefoon"]
    assert rows_in(data_dir)[ID]["telefoon"] == GOOD["telefoon"]


def test_a_column_that_is_not_delivered_once_is_no_change(tmp_path: Path, data_dir: Path) -> None:
    take(delivery(tmp_path, GOOD), data_dir)
    take(list_of(tmp_path, GOOD, columns=[column for column in DELIVERED if column != "telefoon"]), data_dir)
    report = take(delivery(tmp_path, {**GOOD, "telefoon": "0318 111111"}), data_dir)
    assert changes(report) == [("telefoon", GOOD["telefoon"], "0318 111111")]


def test_a_row_that_an_editor_took_out_does_not_come_back(tmp_path: Path, data_dir: Path) -> None:
    take(delivery(tmp_path, GOOD), data_dir)
    write_rows(data_dir / "initiatieven" / "gemeente-ede.csv", COLUMNS, [])
    report = take(delivery(tmp_path, {**GOOD, "telefoon": "0318 111111"}), data_dir)
    assert (report.new, report.deleted) == ([], [ID])
    assert set(rows_in(data_dir)) == {"eigen"}


def test_what_is_gone_from_the_delivery_is_kept_but_not_shown(tmp_path: Path, data_dir: Path) -> None:
    other = {**GOOD, "naam": "Inloop Anders", "telefoon": "", "website": ""}
    take(delivery(tmp_path, GOOD, other), data_dir)
    edit(data_dir, ID, opmerking="let op")
    report = take(delivery(tmp_path, other), data_dir)
    gone = rows_in(data_dir)[ID]
    assert report.removed == [ID]
    assert gone["status"] == "concept"
    assert gone["opmerking"] == "let op; niet meer in de levering van Gemeente Ede op 2026-11-22"
    assert rows_in(data_dir)["eigen"]["status"] == "actief"
    assert any("1 van de 2 rijen" in line for line in report.lines())
    again = take(delivery(tmp_path, GOOD, other), data_dir)
    assert changes(again) == [("status", "concept", "actief")]
    assert rows_in(data_dir)[ID]["opmerking"] == "let op"


def test_a_row_that_comes_back_is_compared_with_what_was_last_delivered_of_it(
    tmp_path: Path, data_dir: Path
) -> None:
    other = {**GOOD, "naam": "Inloop Anders", "telefoon": "", "website": ""}
    take(delivery(tmp_path, GOOD, other), data_dir)
    take(delivery(tmp_path, other), data_dir)
    report = take(delivery(tmp_path, {**GOOD, "telefoon": "0318 654321"}, other), data_dir)
    assert ("telefoon", GOOD["telefoon"], "0318 654321") in changes(report) and report.kept == []
    take(delivery(tmp_path, other), data_dir)
    write_rows(data_dir / "initiatieven" / "gemeente-ede.csv", COLUMNS, [])
    assert take(delivery(tmp_path, GOOD), data_dir).deleted == [ID]


@pytest.mark.parametrize("first", [0, 1])
def test_two_delivered_rows_of_one_name_are_never_laid_over_one_row(
    tmp_path: Path, data_dir: Path, first: int
) -> None:
    """The one of another kind would fill the empty cells of ours."""
    rows = [OWN, {**OWN, "soort": "buurthuis", "kosten": "2 euro"}]
    report = take(delivery(tmp_path, rows[first], rows[1 - first]), data_dir)
    assert rows_in(data_dir)["eigen"]["kosten"] == ""
    assert [row["soort"] for row in report.new] == ["buurthuis"]


def test_the_order_of_a_delivery_does_not_matter(tmp_path: Path, data_dir: Path) -> None:
    rows = [GOOD, {**GOOD, "soort": "buurthuis", "kosten": "2 euro"}]
    take(delivery(tmp_path, *rows), data_dir)
    report = take(delivery(tmp_path, *reversed(rows)), data_dir)
    assert (report.changed, report.kept, report.new, report.unchanged) == ([], [], [], 2)


@pytest.mark.parametrize("source", ["", "  "])
def test_a_delivery_of_nobody_is_refused(tmp_path: Path, data_dir: Path, source: str) -> None:
    """Every row without an origin would count as delivered no more."""
    edit(data_dir, "eigen", herkomst="")
    report = import_file(delivery(tmp_path, GOOD), source, data_dir, dry_run=False, today=DAY)
    assert "--source" in report.lines()[0]
    assert rows_in(data_dir)["eigen"]["status"] == "actief"


def test_a_list_that_an_editor_saves_meanwhile_is_not_overwritten(tmp_path: Path, data_dir: Path) -> None:
    def while_somebody_saves(rows):
        edit(data_dir, "eigen", kosten="gratis", opmerking="net gebeld")
        return rows

    report = take(
        delivery(tmp_path, {**OWN, "telefoon": "0318 654321"}), data_dir, progress=while_somebody_saves
    )
    assert "thema.csv: dit bestand is zojuist" in report.lines()[0] and not report.written
    assert rows_in(data_dir)["eigen"]["opmerking"] == "net gebeld"


def test_a_status_that_an_editor_set_stays_when_the_row_is_gone(tmp_path: Path, data_dir: Path) -> None:
    other = {**GOOD, "naam": "Inloop Anders", "telefoon": "", "website": ""}
    take(delivery(tmp_path, GOOD, other), data_dir)
    edit(data_dir, ID, status="gesloten")
    assert take(delivery(tmp_path, other), data_dir).removed == []
    assert rows_in(data_dir)[ID]["status"] == "gesloten"


def test_faults_keep_everything_out(tmp_path: Path, data_dir: Path) -> None:
    before = all_bytes(data_dir)
    report = take(delivery(tmp_path, {**GOOD, "soort": "onzin"}), data_dir)
    assert not report.written
    assert "veld soort" in report.lines()[0]
    assert report.lines()[-1] == "Er is niets overgenomen. Herstel eerst deze fouten."
    assert all_bytes(data_dir) == before


def test_one_kind_for_all_rows(tmp_path: Path, data_dir: Path) -> None:
    path = list_of(tmp_path, GOOD, columns=[column for column in DELIVERED if column != "soort"])
    assert "deze kolom ontbreekt" in take(path, data_dir).lines()[0]
    assert "geen bekende soort; kies uit alzheimer_cafe" in take(path, data_dir, kind="onzin").lines()[0]
    assert take(path, data_dir, kind="odensehuis").written
    assert rows_in(data_dir)[ID]["soort"] == "odensehuis"


def test_a_double_of_a_row_in_another_file_is_refused(tmp_path: Path, data_dir: Path) -> None:
    report = take(delivery(tmp_path, {**OWN, "naam": "Stichting Eigen Rij", "plaats": "Ede"}), data_dir)
    assert any("hetzelfde initiatief als rij 2 van thema.csv" in line for line in report.lines())
    assert not report.written


def test_an_id_of_another_initiative_is_refused(tmp_path: Path, data_dir: Path) -> None:
    other = {
        **GOOD,
        "id": "eigen",
        "plaats": "Zeist",
        "gemeente": "Zeist",
        "provincie": "Utrecht",
        "postcode": "",
    }
    report = take(list_of(tmp_path, other), data_dir)
    assert any("dit id is al van 'Eigen rij' in 'Ede'" in line for line in report.lines())


def test_a_merge_that_would_make_a_row_wrong_is_refused(tmp_path: Path, data_dir: Path) -> None:
    take(delivery(tmp_path, GOOD), data_dir)
    edit(data_dir, ID, leeftijd_tot="17")
    report = take(delivery(tmp_path, {**GOOD, "leeftijd_van": "18"}), data_dir)
    assert any("lager dan de laagste" in line for line in report.lines())
    assert rows_in(data_dir)[ID]["leeftijd_van"] == ""


def test_all_files_are_written_or_none(
    tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = all_bytes(data_dir)
    replace, done = os.replace, []

    def fail_at_the_last(source: str, target: Path) -> None:
        if len(done) == 2:
            raise OSError(28, "No space left on device")
        done.append(target)
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", fail_at_the_last)
    with pytest.raises(OSError, match="No space"):
        take(delivery(tmp_path, GOOD, {**OWN, "telefoon": "0318 654321"}), data_dir)
    assert len(done) == 2
    assert all_bytes(data_dir) == before


def test_columns_of_their_own_stay_in_a_list(tmp_path: Path, data_dir: Path) -> None:
    path = data_dir / "initiatieven" / "thema.csv"
    write_rows(path, [*COLUMNS, "wijkteam"], [{**OWN, "wijkteam": "Zuid"}])
    take(delivery(tmp_path, {**OWN, "telefoon": "0318 654321"}), data_dir)
    assert read_rows(path)[0].values["wijkteam"] == "Zuid"


def test_export_and_import_are_each_others_inverse(tmp_path: Path, data_dir: Path) -> None:
    edit(data_dir, "eigen", telefoon="+31 318 654321", herhaling="maandelijks", dagen="-1do")
    path = tmp_path / "uit.csv"
    path.write_text(export_csv(data_dir), encoding="utf-8")
    exported = next(csv.DictReader(path.open(encoding="utf-8")))
    assert (exported["telefoon"], exported["dagen"]) == ("'+31 318 654321", "'-1do")
    report = import_file(path, "zelf", data_dir, dry_run=True, today=DAY)
    assert (report.new, report.changed, report.kept, report.removed, report.faults) == ([], [], [], [], [])
    fresh = tmp_path / "leeg"
    assert import_file(path, "zelf", fresh, dry_run=False, today=DAY).written
    assert rows_in(fresh) == rows_in(data_dir)


def test_the_whole_catalogue_goes_out_and_comes_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "alles.csv"
    path.write_text(export_csv(), encoding="utf-8")
    report = import_file(path, "zelf", today=DAY)
    assert (report.new, report.changed, report.kept, report.faults) == ([], [], [], [])
    assert report.unchanged == len(read_initiatives())


@given(st.text())
def test_a_harmless_cell_gives_back_the_original(cell: str) -> None:
    assert original(harmless(cell)) == cell
    assert not is_formula("naam", harmless(cell))
