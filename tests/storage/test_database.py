from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, String, Table, select
from sqlalchemy.exc import SQLAlchemyError

from api.storage.database import Database, Moment, metadata

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
