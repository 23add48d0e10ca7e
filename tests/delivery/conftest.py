from __future__ import annotations

import pytest

from api.access.tokens import Tokens
from api.delivery.outbox import Outbox
from api.delivery.receivers import Receivers
from api.storage.database import Database
from api.storage.seal import Seal, new_key


@pytest.fixture
def database(store_url):
    database = Database(store_url)
    yield database
    database.close()


@pytest.fixture
def tokens(database) -> Tokens:
    return Tokens(database)


@pytest.fixture
def seal() -> Seal:
    return Seal([new_key()])


@pytest.fixture
def receivers(database, seal, tokens) -> Receivers:
    return Receivers(database, seal)


@pytest.fixture
def outbox(database) -> Outbox:
    return Outbox(database, "https://wegwijzer.example")
