"""Telling that somebody in a conversation asked for a human: that it happened, never what was said."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import datetime, timezone

from anyio.to_thread import run_sync

from api import logs
from api.delivery.events import HUMAN_ASKED, Event
from api.delivery.outbox import Outbox
from api.site_contact import official_name
from api.storage.database import Database

LONGEST_WAIT = 2.0
"""Seconds that an answer waits for the event to be written; the writing goes on after it."""


class HumanAsked:
    """Publishes `gesprek.mens-gevraagd`, once for a conversation.

    `key`: what conversation ids are hashed with, as the one of a client may be a telephone number.
    """

    def __init__(self, database: Database, outbox: Outbox, key: str) -> None:
        self._database = database
        self._outbox = outbox
        self._key = hashlib.sha256(f"human-asked:{key}".encode()).digest()

    async def tell(self, conversation_id: str, channel: str | None, municipality: str | None) -> None:
        """Write the event down where somebody receives it. Never raises; a failure is logged.

        `municipality` as somebody called it: only the name of a real one goes into the event.
        """
        work = asyncio.ensure_future(run_sync(self._publish, conversation_id, channel, municipality))
        work.add_done_callback(_log_failure)
        await asyncio.wait({work}, timeout=LONGEST_WAIT)

    def _publish(self, conversation_id: str, channel: str | None, asked: str | None) -> None:
        municipality = official_name(asked) if asked else None
        now = datetime.now(timezone.utc)
        name = self._pseudonym(conversation_id, now)
        data = {"kanaal": channel, "gemeente": municipality}
        event = Event(HUMAN_ASKED, f"gesprek-{name}", municipality, data, f"evt_mens_{name}", now)
        with self._database.begin() as connection:
            self._outbox.publish(connection, event)

    def _pseudonym(self, conversation_id: str, now: datetime) -> str:
        """The same for one conversation on one day: the id of a client's user stays the same for ever."""
        named = f"{now.date()}:{conversation_id}".encode("utf-8", "replace")
        return hmac.new(self._key, named, hashlib.sha256).hexdigest()[:32]


def _log_failure(work: asyncio.Future) -> None:
    if not work.cancelled() and (error := work.exception()):
        logs.failure("event_failed", error)
