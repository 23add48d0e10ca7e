"""What other systems can be told. An event holds codes and ids, never what a person typed or is called."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

REFERRAL_MADE = "aanmelding.gemaakt"
REFERRAL_WITHDRAWN = "aanmelding.ingetrokken"
INITIATIVE_REPORTED = "initiatief.gemeld"
HUMAN_ASKED = "gesprek.mens-gevraagd"
EVENT_TYPES = (REFERRAL_MADE, REFERRAL_WITHDRAWN, INITIATIVE_REPORTED, HUMAN_ASKED)


@dataclass(frozen=True)
class Event:
    """Something that happened.

    `subject` is the id of what it happened to: events with the same subject reach a receiver in the
    order in which they were published. `municipality` None: for every receiver of this type. `id` stays
    the same however often the event is sent.
    """

    type: str
    subject: str
    municipality: str | None
    data: Mapping[str, object]
    id: str = field(default_factory=lambda: f"evt_{secrets.token_hex(16)}")
    time: datetime = field(default_factory=lambda: datetime.now(timezone.utc))


class Publisher(Protocol):
    """Where events go; `api.delivery.outbox.Outbox` is the real one."""

    def publish(self, connection: Connection, event: Event) -> int:
        """Write `event` down for its receivers, in the transaction of `connection`; their number.

        An event whose id was written down before is left as it is.
        """

    def receives(self, event_type: str, municipality: str | None) -> bool:
        """Whether somebody would receive such an event."""
