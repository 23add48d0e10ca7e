from __future__ import annotations

import stat
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, String, Table, select
from sqlalchemy.exc import SQLAlchemyError

from api.storage.database import Database, Moment, metadata

ROOT = Path(__file__).parents[2]

notes = Table("test_notes", metadata, Column("text", String(20)), Column("at", Moment))


@pytest.fixture
def database(store_url):
    database = Database(store_url)
    yield database
    database.close()


def test_what_was_written_is_there_after_closing(database):
    with database.begin() as connection:
        connection.execute(notes.insert().values(text="bewaard"))
    database.close()
    with database.begin() as connection:
        assert connection.execute(select(notes.c.text)).scalars().all() == ["bewaard"]


def test_a_block_that_raises_leaves_nothing(database):
    with pytest.raises(RuntimeError), database.begin() as connection:
        connection.execute(notes.insert().values(text="weg"))
        raise RuntimeError
    with database.begin() as connection:
        assert connection.execute(select(notes)).all() == []


def test_moments_come_back_in_utc(database):
    summer_time = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    with database.begin() as connection:
        connection.execute(notes.insert().values(at=summer_time))
        [found] = connection.execute(select(notes.c.at)).scalars()
    assert found == summer_time and found.utcoffset() == timedelta()


def test_a_database_that_cannot_be_used_says_so():
    broken = Database("sqlite:////proc/nergens/opslag.sqlite")
    assert broken.is_ready() is False
    with pytest.raises((SQLAlchemyError, OSError)), broken.begin():
        pass


def test_the_first_use_by_several_processes_at_once(store_url):
    command = [sys.executable, "-m", "tests.storage.first_use", store_url]
    assert subprocess.run(command, cwd=ROOT).returncode == 0


def test_a_write_by_anybody_is_seen_and_a_look_is_none(store_url):
    one, other = Database(store_url), Database(store_url)
    assert one.change() is None  # nobody used it yet
    seen = []
    for writer in (None, one, other):
        with (writer or one).begin() as connection:
            if writer:
                connection.execute(notes.insert().values(text="geschreven"))
            else:
                connection.execute(select(notes)).all()
        seen += [one.change(), one.change()]
    for database in (one, other):
        database.close()
    told = store_url.startswith("sqlite")
    assert seen[::2] == seen[1::2] and len(set(seen)) == (3 if told else 1)
    assert (seen[0] is not None) is told


def test_a_database_that_was_closed_tells_no_change(database):
    assert database.is_ready()
    database.close()
    assert database.change() is None


def test_only_we_read_the_files_of_sqlite(tmp_path):
    file = tmp_path / "nieuw" / "opslag.sqlite"
    database = Database(f"sqlite:///{file}")
    with database.begin() as connection:
        connection.execute(notes.insert().values(text="geheim"))
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode) for path in (file.parent, *file.parent.iterdir())
        }
    database.close()
    assert modes.pop("nieuw") == 0o700
    assert file.name in modes and set(modes.values()) == {0o600}


def test_a_folder_that_was_there_keeps_its_rights(tmp_path):
    tmp_path.chmod(0o755)
    database = Database(f"sqlite:///{tmp_path / 'opslag.sqlite'}")
    assert database.is_ready()
    database.close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
