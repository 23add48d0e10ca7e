"""Puts together what brings events to their receivers."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from api.delivery.claims import Claims
from api.delivery.ledger import Ledger
from api.delivery.outbox import Outbox
from api.delivery.post import Post
from api.delivery.sender import Sender, lease_of
from api.jobs import Job
from api.settings import Settings

_SECONDS_AFTER_TROUBLE = 30
_FORGET_SECONDS = 3600


def install(state: State, settings: Settings) -> None:
    """Add `outbox` to the state of the application, which holds `database`, `seal` and `jobs`.

    Without a key nothing can be signed, so there are no jobs then.
    """
    state.outbox = Outbox(state.database, settings.public_address)
    if not state.seal.is_usable:
        return
    claims = Claims(state.database, state.seal, lease_of(settings))
    post = Post(settings.delivery_timeout, settings.private_addresses)
    state.jobs.add(Job("delivery", _SECONDS_AFTER_TROUBLE, Sender(claims, post).work))
    forget = Ledger(state.database).forget
    state.jobs.add(Job("deliveries", _FORGET_SECONDS, lambda: run_in_threadpool(forget)))
