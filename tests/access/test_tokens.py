from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from api.access.tokens import CLIENT, PRACTICE, Tokens, UnknownHolder, tokens
from api.storage.database import Database


@pytest.fixture
def database(store_url):
    database = Database(store_url)
    yield database
    database.close()


@pytest.fixture
def store(database) -> Tokens:
    return Tokens(database)


def test_a_token_says_whose_it_is(store):
    holder, token = store.make(PRACTICE, "Praktijk De Linde", "Zeist")
    assert store.holder_of(token, PRACTICE) == holder == store.all(PRACTICE)[0]
    assert store.holder_of(token, CLIENT) is None, "a token opens the doors of its own kind only"


def test_only_the_hash_is_kept(store, database):
    _, token = store.make(PRACTICE, "Praktijk De Linde")
    with database.begin() as connection:
        row = str(connection.execute(select(tokens)).mappings().one())
    assert token.rpartition("_")[2] not in row and token not in row


def test_a_wrong_token_is_nobodys(store):
    _, token = store.make(PRACTICE, "Praktijk De Linde")
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in (changed, token[:-1], token + "A", " " + token, "", "st_", "\ud800", "é" * 60):
        assert store.holder_of(wrong, PRACTICE) is None


def test_rotating_lets_the_old_token_end(store):
    holder, old = store.make(PRACTICE, "Praktijk De Linde")
    new = store.rotate(holder.id, grace=timedelta(hours=1))
    assert store.holder_of(old, PRACTICE) and store.holder_of(new, PRACTICE)
    newest = store.rotate(holder.id)
    assert [bool(store.holder_of(token, PRACTICE)) for token in (old, new, newest)] == [False, False, True]


def test_revoking_ends_everything(store):
    holder, token = store.make(PRACTICE, "Praktijk De Linde")
    store.revoke(holder.id)
    assert store.holder_of(token, PRACTICE) is None and store.holder(holder.id) is None
    assert store.all(PRACTICE)[0].revoked_at is not None
    for change in (store.rotate, store.revoke):
        with pytest.raises(UnknownHolder):
            change(holder.id)
    with pytest.raises(UnknownHolder):
        store.revoke("pra-bestaatniet")
