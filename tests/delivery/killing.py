"""A program that publishes and delivers, and is killed all the time: the body of `test_kill.py`.

One process without threads imports everything and forks a child for every life; the child does what the
server does. A client that heard nothing of an event publishes it again, with the same id.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time
from datetime import timedelta

from sqlalchemy import func, select

from api.delivery.claims import Claims
from api.delivery.events import REFERRAL_MADE, REFERRAL_WITHDRAWN, Event
from api.delivery.outbox import DELIVERED, Outbox, deliveries, events
from api.delivery.post import Post
from api.delivery.sender import Sender
from api.storage.database import Database
from api.storage.seal import Seal

LIVES_UP_TO = 0.35
"""Seconds that a life may last."""


def event_id(subject: str, event_type: str) -> str:
    return f"evt_{subject}_{event_type.rpartition('.')[2]}"


async def live(address: str, key: str, subjects: list[str], last: bool) -> None:
    """Publish what is not known to be published, deliver meanwhile; in the last life until all is there."""
    database = Database(address)
    claims = Claims(database, Seal([key]), timedelta(seconds=0.4), delays=(0.02,) * 1000)
    work = asyncio.create_task(Sender(claims, Post(0.4, private_allowed=True), pause=0.02).work())
    await asyncio.to_thread(publish, database, subjects)
    while last and not await asyncio.to_thread(all_delivered, database, 2 * len(subjects)):
        await asyncio.sleep(0.05)
    if not last:
        await work


def publish(database: Database, subjects: list[str]) -> None:
    outbox = Outbox(database)
    with database.begin() as connection:
        known = set(connection.execute(select(events.c.id)).scalars())
    for subject in subjects:
        for event_type in (REFERRAL_MADE, REFERRAL_WITHDRAWN):
            number = event_id(subject, event_type)
            if number not in known or random.random() < 0.1:
                with database.begin() as connection:
                    outbox.publish(connection, Event(event_type, subject, None, {"id": subject}, number))


def all_delivered(database: Database, expected: int) -> bool:
    query = select(func.count()).where(deliveries.c.status == DELIVERED)
    with database.begin() as connection:
        return connection.execute(query).scalar_one() == expected


def run(address: str, key: str, subjects: list[str], kills: int) -> None:
    """Live and be killed `kills` times; then live once to the end."""
    for life in range(kills + 1):
        last = life == kills
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(live(address, key, subjects, last))
            finally:
                os._exit(0)
        if not last:
            time.sleep(random.uniform(0, LIVES_UP_TO))
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    run(**json.load(sys.stdin))
