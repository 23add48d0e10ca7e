"""What was deleted cannot be found in any file of an SQLite database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from api.referral.retention import delete_ended
from api.referral.tables import referrals as table
from tests.own_settings import new_store
from tests.referral.conftest import JANSEN, application


@pytest.fixture
def store_url() -> str:
    return new_store()


def test_no_trace_remains_in_the_files_of_the_database(
    referrals, database, retention, consent, clock, receiver
):
    made = [referrals.make(application(key=f"{number:016d}"), consent) for number in range(60)]
    with database.begin() as connection:
        sealed = [bytes(value) for value in connection.execute(select(table.c.sealed)).scalars()]
    files = files_of(database)
    assert any(value[:40] in files() for value in sealed)
    referrals.withdraw(made[7].code)
    assert sum(value[:40] in files() for value in sealed) == 59
    for one in made[:40]:
        if one is not made[7]:
            referrals.hand_over(one.id, receiver)
    clock.pass_by(days=30)
    delete_ended(database, retention, clock())
    assert sum(value[:40] in files() for value in sealed) == 20
    clock.pass_by(days=60)
    assert delete_ended(database, retention, clock()) == 21
    left = files()
    pieces = [value[start : start + 16] for value in sealed for start in range(20, len(value) - 16, 8)]
    assert not any(piece in left for piece in pieces)
    assert JANSEN.name.encode() not in left and consent.text[:30].encode() not in left


def files_of(database):
    """Reads everything that SQLite keeps for a database: the file, its log and its index."""
    path = Path(database._address.partition(":///")[2])

    def read() -> bytes:
        return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))

    return read
