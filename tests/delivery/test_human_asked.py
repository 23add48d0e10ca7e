from __future__ import annotations

import asyncio
import json
import threading

import pytest
from sqlalchemy import select

from api.delivery import human_asked
from api.delivery.events import HUMAN_ASKED
from api.delivery.human_asked import HumanAsked
from api.delivery.outbox import events

PHONE = "31612345678"


@pytest.fixture(autouse=True)
def written_before_it_is_read(monkeypatch):
    """An answer does not wait for a slow machine; these tests do."""
    monkeypatch.setattr(human_asked, "LONGEST_WAIT", 60)


@pytest.fixture
def asked(database, outbox) -> HumanAsked:
    return HumanAsked(database, outbox, "sleutel")


@pytest.fixture
def receiver(receivers):
    return receivers.add("Wijkteam", "https://wijkteam.example/", [HUMAN_ASKED])[0]


def tell(asked: HumanAsked, *arguments) -> None:
    asyncio.run(asked.tell(*arguments))


def bodies(database) -> list[str]:
    with database.begin() as connection:
        return connection.execute(select(events.c.body).order_by(events.c.number)).scalars().all()


def test_it_is_told_once_for_a_conversation_without_its_id(asked, receiver, database):
    for _ in range(3):
        tell(asked, PHONE, "webhook", "gemeente zeist")
    [body] = bodies(database)
    assert PHONE not in body
    event = json.loads(body)
    assert event["data"] == {"kanaal": "webhook", "gemeente": "Zeist"}
    tell(asked, "een ander gesprek", "bewoner", None)
    assert len({json.loads(body)["subject"] for body in bodies(database)}) == 2


def test_the_hash_needs_the_key(asked, receiver, database, outbox):
    tell(asked, PHONE, "webhook", None)
    tell(HumanAsked(database, outbox, "andere sleutel"), PHONE, "webhook", None)
    first, second = map(json.loads, bodies(database))
    assert first["id"] != second["id"]


def test_what_somebody_called_a_municipality_is_not_passed_on(asked, receiver, database):
    tell(asked, "gesprek", "bewoner", "Jan Jansen, 0612345678")
    assert json.loads(bodies(database)[0])["data"]["gemeente"] is None


def test_where_nobody_receives_it_nothing_is_written(asked, database):
    tell(asked, "gesprek", "bewoner", None)
    assert bodies(database) == []


def test_a_database_that_fails_breaks_nothing(asked, receiver, database, monkeypatch):
    failures = []
    monkeypatch.setattr("api.logs.failure", lambda event, error: failures.append(event))
    monkeypatch.setattr(database, "begin", broken)
    tell(asked, "gesprek", "bewoner", None)
    assert failures == ["event_failed"]


def broken():
    raise OSError


def test_a_database_that_hangs_keeps_nobody_waiting(asked, monkeypatch):
    monkeypatch.setattr(human_asked, "LONGEST_WAIT", 0.05)
    free = threading.Event()
    monkeypatch.setattr(asked, "_publish", lambda *_: free.wait(20))

    async def told() -> bool:
        await asked.tell("gesprek", "bewoner", None)
        was_free = free.is_set()
        free.set()
        return was_free

    assert asyncio.run(told()) is False
