"""A test event, for whoever sets up a receiver: signed like all others, written down nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from api.delivery.envelope import body_of
from api.delivery.events import Event
from api.delivery.post import Outcome, Post
from api.delivery.receivers import Receiver
from api.settings import Settings

TRIAL = "ontvanger.proef"
"""The type of a test event; nobody subscribes to it."""


async def send_trial(receiver: Receiver, secrets: Sequence[str], settings: Settings) -> Outcome:
    """What came of one attempt."""
    event = Event(TRIAL, receiver.id, receiver.municipality, {})
    post = Post(settings.delivery_timeout, settings.private_addresses)
    return await post.send(receiver.url, event.id, body_of(event, settings.public_address), secrets)
