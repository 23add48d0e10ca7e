"""When a session of the front desk begins and ends, and that only its hash is kept."""

from __future__ import annotations

import string
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from api.access.session_store import sessions as table
from tests.own_settings import own_settings


def kept(database) -> int:
    with database.begin() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar()


def test_a_key_opens_the_session_of_its_practice(sessions, accepted):
    session, key = sessions.start(accepted.holder, accepted.token_id)
    assert sessions.use(key) == sessions.look(key) == session
    assert session.holder == accepted.holder


def test_only_the_hash_of_the_key_is_kept(sessions, accepted, database):
    _, key = sessions.start(accepted.holder, accepted.token_id)
    with database.begin() as connection:
        row = str(connection.execute(select(table)).mappings().one())
    assert key not in row and key.partition("_")[2] not in row


def test_another_key_opens_nothing(sessions, accepted):
    _, key = sessions.start(accepted.holder, accepted.token_id)
    changed = key[:-2] + "".join(next(c for c in string.ascii_letters if c != key[-2])) + key[-1]
    for wrong in (changed, key[:-1], key + "A", "", "é" * 56, "\ud800", key.upper()):
        assert sessions.use(wrong) is sessions.look(wrong) is sessions.end(wrong) is None
    assert sessions.use(key)


def test_it_ends_without_requests(sessions, accepted, clock):
    session, key = sessions.start(accepted.holder, accepted.token_id)
    clock.pass_by(minutes=29)
    used = sessions.use(key)
    assert used.ends_at == session.ends_at + timedelta(minutes=29)
    clock.pass_by(minutes=29)
    assert sessions.use(key)
    clock.pass_by(minutes=30)
    assert sessions.use(key) is None


def test_looking_does_not_make_it_last(sessions, accepted, clock):
    _, key = sessions.start(accepted.holder, accepted.token_id)
    clock.pass_by(minutes=29)
    assert sessions.look(key)
    clock.pass_by(minutes=1)
    assert sessions.look(key) is None


def test_it_ends_after_some_hours_whatever_is_asked(sessions, accepted, clock):
    session, key = sessions.start(accepted.holder, accepted.token_id)
    for _ in range(30):
        clock.pass_by(minutes=20)
        last = sessions.use(key)
        if last is None:
            break
        assert last.ends_at <= session.ends_at - timedelta(minutes=30) + timedelta(hours=10)
    assert clock() == session.ends_at - timedelta(minutes=30) + timedelta(hours=10)


def test_it_ends_at_once_when_the_practice_is_revoked(sessions, accepted, tokens):
    _, key = sessions.start(accepted.holder, accepted.token_id)
    _, by_provider = sessions.start(accepted.holder)
    tokens.revoke(accepted.holder.id)
    assert sessions.use(key) is sessions.use(by_provider) is sessions.look(key) is None


def test_it_ends_with_the_token_it_began_with(sessions, accepted, tokens, clock):
    _, key = sessions.start(accepted.holder, accepted.token_id)
    _, by_provider = sessions.start(accepted.holder)
    tokens.rotate(accepted.holder.id, grace=timedelta(minutes=10))
    assert sessions.use(key).ends_at == clock() + timedelta(minutes=10)
    clock.pass_by(minutes=10)
    assert sessions.use(key) is None
    assert sessions.use(by_provider), "it did not begin with a token"


def test_signing_out_ends_it(sessions, accepted):
    session, key = sessions.start(accepted.holder, accepted.token_id)
    assert sessions.end(key) == session
    assert sessions.end(key) is sessions.use(key) is None


def test_cleaning_leaves_those_that_still_work(sessions, accepted, tokens, clock, database):
    sessions.start(accepted.holder, accepted.token_id)
    clock.pass_by(minutes=20)
    _, works = sessions.start(accepted.holder)
    clock.pass_by(minutes=10)
    assert sessions.clean() == 1 and kept(database) == 1
    assert sessions.use(works)
    tokens.revoke(accepted.holder.id)
    assert sessions.clean() == 1 and kept(database) == 0


@pytest.mark.parametrize("ends", ["idle", "longest", "token"])
def test_cleaning_deletes_what_ended(sessions, accepted, tokens, clock, database, ends):
    _, key = sessions.start(accepted.holder, accepted.token_id)
    if ends == "idle":
        clock.pass_by(minutes=30)
    elif ends == "token":
        tokens.rotate(accepted.holder.id)
    else:
        while sessions.use(key):
            clock.pass_by(minutes=15)
    assert (sessions.clean(), kept(database)) == (1, 0)


def test_the_settings_say_how_long(database, accepted, clock):
    from api.access.session_store import Sessions

    short = Sessions(database, own_settings(SESSIE_MINUTEN="90", SESSIE_UREN="1"), clock)
    session, _ = short.start(accepted.holder, accepted.token_id)
    assert session.ends_at == clock() + timedelta(hours=1)
