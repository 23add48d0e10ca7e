"""Building the SQLite file: only when needed, in one step, and readable from any thread."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sociale_kaart.compile import InvalidCatalogue, ensure_compiled, stored_hash
from sociale_kaart.files import DATA_DIR, INITIATIVE_FOLDER, INITIATIVES, read_initiatives
from sociale_kaart.search import search
from sociale_kaart.store import Catalogue, open_catalogue

from tests.catalogue.conftest import STILL, TODAY


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A municipality's own folder: only a list of initiatives."""
    folder = tmp_path / "data"
    folder.mkdir()
    lines = (STILL / INITIATIVE_FOLDER / "odensehuizen.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / INITIATIVES).write_text("".join(lines[:5]), encoding="utf-8")
    return folder


def test_it_is_built_once_and_again_when_the_data_changes(data_dir: Path, tmp_path: Path) -> None:
    database = tmp_path / "c.sqlite"
    ensure_compiled(data_dir, database)
    built = database.stat().st_mtime_ns
    ensure_compiled(data_dir, database)
    assert database.stat().st_mtime_ns == built
    rows = (data_dir / INITIATIVES).read_text(encoding="utf-8")
    (data_dir / INITIATIVES).write_text(rows.replace("10-15 uur", "11-15 uur"), encoding="utf-8")
    before = stored_hash(database)
    ensure_compiled(data_dir, database)
    assert stored_hash(database) != before


def test_own_initiatives_with_the_kinds_of_the_program(data_dir: Path, tmp_path: Path) -> None:
    own = open_catalogue(data_dir, tmp_path / "c.sqlite")
    assert len(own.all()) == 4
    assert own.kinds["odensehuis"].name == "Odensehuis"


def test_a_broken_file_is_built_again(data_dir: Path, tmp_path: Path) -> None:
    database = tmp_path / "c.sqlite"
    database.write_bytes(b"geen database")
    assert len(open_catalogue(data_dir, database).all()) == 4


def test_faults_stop_the_build_and_leave_the_old_file(data_dir: Path, tmp_path: Path) -> None:
    database = tmp_path / "c.sqlite"
    ensure_compiled(data_dir, database)
    before = stored_hash(database)
    rows = (data_dir / INITIATIVES).read_text(encoding="utf-8")
    (data_dir / INITIATIVES).write_text(rows.replace(",odensehuis,", ",onzin,", 1), encoding="utf-8")
    with pytest.raises(InvalidCatalogue, match="rij 2, veld soort"):
        ensure_compiled(data_dir, database)
    assert stored_hash(database) == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


def test_two_may_build_at_once(data_dir: Path, tmp_path: Path) -> None:
    database = tmp_path / "c.sqlite"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ensure_compiled(data_dir, database), range(4)))
    assert len(open_catalogue(data_dir, database).all()) == 4


def test_it_is_read_only(catalogue: Catalogue) -> None:
    with pytest.raises(sqlite3.OperationalError):
        catalogue.rows("delete from initiatives")


def test_threads_share_it(catalogue: Catalogue) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: search(catalogue, "odensehuis groningen", today=TODAY), range(40)))
    assert len({answer.results[0].initiative.id for answer in answers}) == 1


def test_the_version_is_a_hash_and_a_date(catalogue: Catalogue) -> None:
    number, day = catalogue.version.split("-", 1)
    assert len(number) == 8 and len(day) == 10


def test_one_by_id(catalogue: Catalogue) -> None:
    assert catalogue.get("viore").place == "Hilversum"
    assert catalogue.get("parkhuys") is None
    assert catalogue.get("bestaat-niet") is None


def test_the_search_does_not_read_the_whole_table(catalogue: Catalogue) -> None:
    """Every query that the search makes goes by an index."""
    for query in (
        "select * from initiatives where status = 'actief' and kind in ('odensehuis') "
        "and latitude between 52 and 53 and longitude between 4 and 5",
        "select * from initiatives where status = 'actief' and municipality = 'Zeist'",
        "select gram, texts from grams where gram in ('ham', 'ame') order by texts",
        "select initiative_id from names where id in (1, 2)",
        "select id from initiatives where kind in ('odensehuis') and status = 'actief' "
        "order by checked_on desc, id desc limit 5",
    ):
        plan = " ".join(row["detail"] for row in catalogue.rows(f"explain query plan {query}"))
        assert "SCAN" not in plan, plan


def test_the_data_folder_is_not_needed_whole(tmp_path: Path) -> None:
    shutil.copytree(DATA_DIR / INITIATIVE_FOLDER, tmp_path / INITIATIVE_FOLDER)
    assert len(open_catalogue(tmp_path, tmp_path / "c.sqlite").all()) == len(read_initiatives())
