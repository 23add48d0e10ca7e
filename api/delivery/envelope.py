"""An event as it travels: a CloudEvents body, signed as Standard Webhooks asks."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timezone

from standardwebhooks import Webhook

from api.delivery.events import Event

CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8"
"""CloudEvents 1.0.2, HTTP binding, 3.2 "Structured Content Mode"; Standard Webhooks leaves the type free."""

LARGEST_BODY = 20_000
"""Bytes. Standard Webhooks 1.0.0, "Payload size"."""

NAMELESS_SOURCE = "urn:sociale-triage"
"""`source` of a server that was not told its own address."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


def body_of(event: Event, source: str) -> str:
    """The event as a CloudEvents 1.0 object in JSON. Raises ValueError when it is no event to send.

    An id holds no full stop, because it is signed as `id.timestamp.body`.
    """
    if not _ID.fullmatch(event.id):
        raise ValueError("an event id has 1 to 80 letters, digits, hyphens and underscores")
    body = json.dumps(
        {
            "specversion": "1.0",
            "id": event.id,
            "source": source or NAMELESS_SOURCE,
            "type": event.type,
            "subject": event.subject,
            "time": event.time.astimezone(timezone.utc)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "datacontenttype": "application/json",
            "data": dict(event.data),
        },
        separators=(",", ":"),
    )
    if len(body) >= LARGEST_BODY:
        raise ValueError("an event holds ids and codes, less than 20 kB")
    return body


def headers_of(event_id: str, body: str, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """The headers of one attempt at `now` (UTC), with a signature by each of `secrets`."""
    signatures = [Webhook(secret).sign(event_id, now, body) for secret in secrets]
    return {
        "content-type": CONTENT_TYPE,
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
