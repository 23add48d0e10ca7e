"""`referrals reseal`: a new key in front, everything under it, and the old key can go."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from api.access.audit import Audit
from api.cli.main import main
from api.delivery.events import EVENT_TYPES
from api.delivery.outbox import Outbox
from api.delivery.receivers import Receivers
from api.referral.consent import RESIDENT, consent_text
from api.referral.referrals import Referrals
from api.referral.retention import Retention
from api.referral.tables import referrals as table
from api.storage.database import Database
from api.storage.seal import NoKey, Seal, new_key
from tests.own_settings import new_store, own_settings
from tests.referral.conftest import JANSEN, application

OLD, NEW = new_key(), new_key()


@pytest.fixture
def database(monkeypatch):
    """A database with three referrals under the old key, one of them withdrawn."""
    address = new_store()
    monkeypatch.setenv("DATABASE_URL", address)
    database, seal, retention = Database(address), Seal([OLD]), Retention(30, 90)
    receivers = Receivers(database, seal)
    receivers.add("Welzijn Nepstad", "https://127.0.0.1:9/events", EVENT_TYPES, "Zeist")
    kept = Referrals(database, seal, Outbox(database), Audit(database, own_settings()), retention)
    consent = consent_text(RESIDENT, "Zeist", retention)
    made = [kept.make(application(key=f"{number:016d}"), consent) for number in range(3)]
    kept.withdraw(made[0].code)
    yield database
    database.close()


def sealed(database) -> list[bytes]:
    with database.begin() as connection:
        found = connection.execute(select(table.c.sealed)).scalars()
        return [bytes(value) for value in found if value is not None]


def test_everything_comes_under_the_first_key(database, monkeypatch, capsys):
    monkeypatch.setenv("OPSLAG_SLEUTELS", f"{NEW},{OLD}")
    assert main(["referrals", "reseal"]) == 0
    assert "2 aanmeldingen" in capsys.readouterr().out
    found = sealed(database)
    assert [Seal([NEW]).open(value)["personal"]["name"] for value in found] == [JANSEN.name] * 2
    for value in found:
        with pytest.raises(NoKey):
            Seal([OLD]).open(value)


@pytest.mark.parametrize("keys", ["", NEW], ids=["no key", "another key"])
def test_without_the_old_key_nothing_changes(database, monkeypatch, capsys, keys):
    before = sealed(database)
    monkeypatch.setenv("OPSLAG_SLEUTELS", keys)
    assert main(["referrals", "reseal"]) == 2
    assert "OPSLAG_SLEUTELS" in capsys.readouterr().err
    assert sealed(database) == before


def test_a_database_that_cannot_be_used_is_one_line(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/nergens/opslag.sqlite")
    assert main(["referrals", "reseal"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err
