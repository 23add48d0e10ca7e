"""Telling of reports that an entry is wrong. They are kept in a file, so no transaction holds both.

What the list has and the events have not is told later: after the next report, every few minutes and at
every start. The id of an event comes from its report, so none is told twice and none is made up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from sociale_kaart.reports import Report, Reports
from sqlalchemy import select

from api import logs
from api.delivery.events import INITIATIVE_REPORTED, Event
from api.delivery.ledger import KEPT
from api.delivery.outbox import Outbox, events
from api.delivery.receivers import Receiver, subscribed
from api.storage.database import Database


class Reported:
    """Publishes `initiatief.gemeld`. `municipality_of` knows where an entry belongs (None: nowhere)."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        reports: Reports,
        municipality_of: Callable[[str], str | None],
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._reports = reports
        self._municipality_of = municipality_of

    def tell(self) -> None:
        """Write an event down for every report that has none and that somebody wants. Blocks.

        Never raises: a report is kept whether or not it can be told; a failure is logged.
        """
        try:
            wanted = self._wanted()
            if wanted:
                with self._database.begin() as connection:
                    for event in wanted:
                        self._outbox.publish(connection, event)
        except Exception as error:
            logs.failure("event_failed", error)

    def _wanted(self) -> list[Event]:
        """The events that may not be written yet, oldest first, and that somebody subscribed to in time."""
        with self._database.begin() as connection:
            receivers = subscribed(connection, INITIATIVE_REPORTED, None)
            if not receivers:
                return []
            told = set(connection.execute(_TOLD).scalars())
        since = datetime.now(timezone.utc) - KEPT + _AN_HOUR
        reports = reversed(self._reports.all())
        untold = [one for one in reports if _moment(one) >= since and _id(one) not in told]
        found = map(self._event, untold)
        return [event for event in found if any(_is_for(receiver, event) for receiver in receivers)]

    def _event(self, report: Report) -> Event:
        """To the hour, as the report is, so that it cannot be laid beside a conversation.

        Each is a subject of its own: no report waits for another one that cannot be delivered.
        """
        municipality = self._municipality_of(report.initiative_id)
        return Event(
            INITIATIVE_REPORTED,
            f"melding-{report.id}",
            municipality,
            {
                "meldingId": report.id,
                "initiatiefId": report.initiative_id,
                "wat": report.reason,
                "gemeente": municipality,
            },
            id=_id(report),
            time=_moment(report),
        )


_TOLD = select(events.c.id).where(events.c.type == INITIATIVE_REPORTED)

_AN_HOUR = timedelta(hours=1)
"""How much older than it is a report can look: an event that was forgotten is not to be told again."""


def _is_for(receiver: Receiver, event: Event) -> bool:
    """Whether it wants such events and was there in the hour of this one."""
    hour = receiver.created_at.replace(minute=0, second=0, microsecond=0)
    return receiver.wants(event.type, event.municipality) and hour <= event.time


def _id(report: Report) -> str:
    return f"evt_melding_{report.id}"


def _moment(report: Report) -> datetime:
    return datetime.strptime(report.hour, "%Y-%m-%dT%H:%MZ").replace(tzinfo=timezone.utc)
