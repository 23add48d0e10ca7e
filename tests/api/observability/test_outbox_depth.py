"""How full the outbox is, on both stores."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import update

from api.access.tokens import Tokens
from api.delivery.events import REFERRAL_MADE, Event
from api.delivery.outbox import DEAD, DELIVERED, Outbox, deliveries
from api.delivery.receivers import Receivers
from api.observability.outbox_depth import Depth, depth
from api.storage.database import Database
from api.storage.seal import Seal, new_key


@pytest.fixture
def database(store_url):
    database = Database(store_url)
    yield database
    database.close()


def test_what_waits_and_what_is_dead_is_counted_and_what_nobody_can_send_is_not(database):
    assert depth(database) == Depth(0, 0, 0.0)
    receivers = Receivers(database, Seal([new_key()]))
    receivers.add("Welzijn", "https://127.0.0.1:9", [REFERRAL_MADE])
    gone, *_ = receivers.add("Weg", "https://127.0.0.1:9", [REFERRAL_MADE])
    outbox, now = Outbox(database), datetime.now(timezone.utc)
    for number, age in enumerate((5, 90, 10, 20)):
        event = Event(REFERRAL_MADE, f"aan-{number}", None, {}, time=now - timedelta(minutes=age))
        with database.begin() as connection:
            outbox.publish(connection, event)
    Tokens(database).revoke(gone.id)
    with database.begin() as connection:
        for number, status in ((3, DEAD), (0, DELIVERED)):
            which = deliveries.c.subject == f"aan-{number}"
            connection.execute(update(deliveries).where(which).values(status=status))
    found = depth(database)
    assert (found.waiting, found.dead) == (2, 1) and found.oldest_seconds == pytest.approx(90 * 60, abs=60)
