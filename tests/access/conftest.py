from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.access.session_store import Sessions
from api.access.tokens import PRACTICE, Tokens
from api.storage.database import Database
from tests.access.clock import Clock
from tests.own_settings import new_store, own_settings


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(new_store())
    yield database
    database.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of the tokens, and of what is given it."""
    clock = Clock()
    monkeypatch.setattr("api.access.tokens._now", clock)
    return clock


@pytest.fixture
def tokens(database: Database, clock: Clock) -> Tokens:
    return Tokens(database)


@pytest.fixture
def sessions(database: Database, clock: Clock) -> Sessions:
    return Sessions(database, own_settings(), clock)


@pytest.fixture
def accepted(tokens: Tokens):
    """A practice that shows its token."""
    return tokens.accept(tokens.make(PRACTICE, "Praktijk De Linde", "Zeist")[1], PRACTICE)
