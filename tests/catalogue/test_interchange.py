"""Bulk in and out: nothing an editor wrote gets lost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sociale_kaart.columns import COLUMNS
from sociale_kaart.files import INITIATIVES, read_rows, write_rows
from sociale_kaart.hsds import export_hsds
from sociale_kaart.interchange import export_csv, import_csv
from sociale_kaart.store import Catalogue

from tests.catalogue.test_check import GOOD

DAY = date(2026, 11, 22)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    write_rows(
        folder / INITIATIVES, COLUMNS, [{**GOOD, "id": "eigen", "naam": "Eigen rij", "herkomst": "zelf"}]
    )
    return folder


def delivery(tmp_path: Path, *rows: dict[str, str]) -> Path:
    path = tmp_path / "levering.csv"
    columns = [column for column in COLUMNS if column not in ("id", "status", "herkomst", "opmerking")]
    write_rows(path, columns, rows)
    return path


def rows_in(data_dir: Path) -> dict[str, dict[str, str]]:
    return {row["id"]: row.values for row in read_rows(data_dir / INITIATIVES)}


def take(path: Path, data_dir: Path):
    return import_csv(path, "Gemeente Ede", data_dir, dry_run=False, today=DAY)


def test_a_dry_run_reports_and_writes_nothing(tmp_path: Path, data_dir: Path) -> None:
    before = (data_dir / INITIATIVES).read_text(encoding="utf-8")
    report = import_csv(delivery(tmp_path, GOOD), "Gemeente Ede", data_dir, dry_run=True, today=DAY)
    assert report.new == ["odensehuis-test-ede"]
    assert not report.written
    assert (data_dir / INITIATIVES).read_text(encoding="utf-8") == before
    assert report.lines()[-1] == "Dit was een proef. Er is niets overgenomen."


def test_new_rows_come_in_with_their_origin(tmp_path: Path, data_dir: Path) -> None:
    assert take(delivery(tmp_path, GOOD), data_dir).written
    rows = rows_in(data_dir)
    assert set(rows) == {"eigen", "odensehuis-test-ede"}
    assert rows["odensehuis-test-ede"]["herkomst"] == "Gemeente Ede"
    assert rows["odensehuis-test-ede"]["status"] == "actief"


def test_a_change_at_the_source_is_taken_over(tmp_path: Path, data_dir: Path) -> None:
    take(delivery(tmp_path, GOOD), data_dir)
    report = take(delivery(tmp_path, {**GOOD, "openingstijden": "dinsdag 10-12 uur"}), data_dir)
    assert report.changed == {"odensehuis-test-ede": ["openingstijden"]}
    assert rows_in(data_dir)["odensehuis-test-ede"]["openingstijden"] == "dinsdag 10-12 uur"


def test_what_an_editor_wrote_stays(tmp_path: Path, data_dir: Path) -> None:
    take(delivery(tmp_path, GOOD), data_dir)
    rows = rows_in(data_dir)
    rows["odensehuis-test-ede"] |= {"telefoon": "0318 654321", "opmerking": "zelf gebeld"}
    write_rows(data_dir / INITIATIVES, COLUMNS, rows.values())
    report = take(delivery(tmp_path, {**GOOD, "telefoon": "0318 111111"}), data_dir)
    kept = rows_in(data_dir)["odensehuis-test-ede"]
    assert report.kept == {"odensehuis-test-ede": ["telefoon"]}
    assert (kept["telefoon"], kept["opmerking"]) == ("0318 654321", "zelf gebeld")


def test_an_unchanged_delivery_never_touches_an_editors_text(tmp_path: Path, data_dir: Path) -> None:
    take(delivery(tmp_path, GOOD), data_dir)
    rows = rows_in(data_dir)
    rows["odensehuis-test-ede"]["telefoon"] = "0318 654321"
    write_rows(data_dir / INITIATIVES, COLUMNS, rows.values())
    report = take(delivery(tmp_path, GOOD), data_dir)
    assert (report.changed, report.kept) == ({}, {})
    assert rows_in(data_dir)["odensehuis-test-ede"]["telefoon"] == "0318 654321"


def test_what_is_gone_from_the_delivery_is_kept_but_not_shown(tmp_path: Path, data_dir: Path) -> None:
    other = {**GOOD, "naam": "Inloop Anders", "telefoon": ""}
    take(delivery(tmp_path, GOOD, other), data_dir)
    report = take(delivery(tmp_path, other), data_dir)
    gone = rows_in(data_dir)["odensehuis-test-ede"]
    assert report.removed == ["odensehuis-test-ede"]
    assert gone["status"] == "concept"
    assert "niet meer in de levering" in gone["opmerking"]
    assert rows_in(data_dir)["eigen"]["status"] == "actief"


def test_faults_keep_everything_out(tmp_path: Path, data_dir: Path) -> None:
    report = take(delivery(tmp_path, {**GOOD, "soort": "onzin"}), data_dir)
    assert not report.written
    assert "veld soort" in report.lines()[0]
    assert set(rows_in(data_dir)) == {"eigen"}
    path = tmp_path / "leeg.csv"
    path.write_text("x\n1\n", encoding="utf-8")
    assert "deze kolom ontbreekt" in take(path, data_dir).lines()[0]


def test_export_and_import_are_each_others_inverse(tmp_path: Path, data_dir: Path) -> None:
    path = tmp_path / "uit.csv"
    path.write_text(export_csv(data_dir), encoding="utf-8")
    report = import_csv(path, "zelf", data_dir, dry_run=True, today=DAY)
    assert (report.new, report.changed, report.removed, report.faults) == ([], {}, [], [])


def test_hsds_has_what_the_standard_requires(catalogue: Catalogue) -> None:
    services = export_hsds(catalogue)
    json.dumps(services)
    assert len({service["id"] for service in services}) == len(services)
    for service in services:
        assert UUID(service["id"]) and service["name"]
        assert service["status"] in ("active", "inactive", "defunct", "temporarily closed")
        assert service["organization"].keys() >= {"id", "name", "description"}
    names = {service["name"] for service in services}
    assert "Viore" in names and "Parkhuys" not in names
    fresh = next(service for service in services if service["name"] == "Odensehuis Groningen Zuid")
    assert fresh["assured_date"] == "2026-01-08"
