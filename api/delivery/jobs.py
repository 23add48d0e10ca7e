"""What the server does by itself with events: send them, and forget what is finished."""

from __future__ import annotations

from anyio.to_thread import run_sync

from api.delivery.claims import Claims
from api.delivery.ledger import Ledger
from api.delivery.sender import Sender, lease_of
from api.jobs import Job
from api.settings import Settings
from api.storage.database import Database
from api.storage.seal import Seal

HOUR = 3600


def delivery_jobs(settings: Settings, database: Database, seal: Seal) -> list[Job]:
    """The jobs; none without a key, as nothing can be signed then."""
    if not seal.is_usable:
        return []
    claims = Claims(database, seal, lease_of(settings))
    sender = Sender(claims, settings.delivery_timeout, settings.private_addresses)
    ledger = Ledger(database)

    async def forget() -> None:
        await run_sync(ledger.forget)

    return [Job("delivery", 1, sender.work), Job("delivery-retention", HOUR, forget)]
