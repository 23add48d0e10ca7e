"""Referrals are deleted in time, by themselves, and nothing of them remains in the files."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.app import create_app
from api.referral.model import UnknownReferral
from api.referral.retention import Retention, delete_ended
from api.referral.tables import consents
from api.referral.tables import referrals as table
from api.storage.seal import new_key
from tests.api.fakes import FakeAssistant
from tests.own_settings import own_settings
from tests.referral.conftest import application


def number_of(database, what) -> int:
    with database.begin() as connection:
        return connection.execute(select(func.count()).select_from(what)).scalar_one()


def test_delivered_ones_go_after_so_many_days(referrals, database, retention, consent, receiver, clock):
    made = referrals.make(application(), consent)
    clock.pass_by(days=60)
    referrals.hand_over(made.id, receiver)
    clock.pass_by(days=29, hours=23)
    assert delete_ended(database, retention, clock()) == 0
    clock.pass_by(hours=1)
    assert delete_ended(database, retention, clock()) == 1
    assert number_of(database, table) == number_of(database, consents) == 0


def test_undelivered_ones_go_later(referrals, database, retention, consent, clock):
    referrals.make(application(), consent)
    clock.pass_by(days=89, hours=23)
    assert delete_ended(database, retention, clock()) == 0
    clock.pass_by(hours=1)
    assert delete_ended(database, retention, clock()) == 1


def test_withdrawn_ones_go_too(referrals, database, retention, consent, clock):
    referrals.withdraw(referrals.make(application(), consent).code)
    clock.pass_by(days=90)
    assert delete_ended(database, retention, clock()) == 1
    assert number_of(database, consents) == 0


def test_only_what_is_over_goes(referrals, database, retention, consent, clock):
    referrals.make(application(), consent)
    clock.pass_by(days=90)
    stays = referrals.make(application(key="s" * 16), consent)
    assert delete_ended(database, retention, clock()) == 1
    with database.begin() as connection:
        assert connection.execute(select(table.c.id)).scalars().all() == [stays.id]
        assert connection.execute(select(consents.c.referral_id)).scalars().all() == [stays.id]


def test_nobody_gets_it_once_its_time_is_over(referrals, consent, receiver, practice, clock):
    """Also before the job has run."""
    made = referrals.make(application(practice=practice), consent)
    referrals.hand_over(made.id, receiver)
    clock.pass_by(days=30)
    for act in (
        lambda: referrals.hand_over(made.id, receiver),
        lambda: referrals.move_on(made.id, receiver, "opgepakt"),
        lambda: referrals.withdraw(made.code),
    ):
        with pytest.raises(UnknownReferral):
            act()
    assert referrals.made_by(practice) == []


def test_a_server_that_stood_still_for_weeks_deletes_when_it_starts():
    environ = {"OPSLAG_SLEUTELS": new_key(), "DATABASE_URL": own_settings().store_url}
    before = create_app(own_settings(**environ), FakeAssistant())
    long_ago = datetime.now(timezone.utc) - timedelta(weeks=20)
    with before.state.database.begin() as connection:
        row = {"status": "ontvangen", "municipality": "Zeist", "made_at": long_ago, "sealed": b"x" * 200}
        digests = {f"{name}_digest": name[0] * 64 for name in ("code", "request", "content")}
        connection.execute(table.insert().values(id="aan_222222222222", **row, **digests))
        agreed = {"asked_by": "inwoner", "given_at": long_ago, "version": "1", "text": "Ja."}
        connection.execute(consents.insert().values(referral_id="aan_222222222222", **agreed))
    before.state.database.close()
    after = create_app(own_settings(**environ), FakeAssistant())
    with TestClient(after):
        wait_until(lambda: number_of(after.state.database, table) == 0)
        assert number_of(after.state.database, consents) == 0


def test_the_days_of_the_settings_are_used():
    settings = own_settings(BEWAARTERMIJN_DAGEN="7", BEWAARTERMIJN_NIET_BEZORGD_DAGEN="14")
    desk = create_app(settings, FakeAssistant()).state.referral_desk
    assert desk.retention == Retention(7, 14)


def wait_until(holds, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
