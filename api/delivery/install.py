"""Puts together what brings events to their receivers."""

from __future__ import annotations

from collections.abc import Callable

from sociale_kaart.reports import Reports
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from api.delivery.claims import Claims
from api.delivery.human_asked import HumanAsked
from api.delivery.ledger import Ledger
from api.delivery.outbox import Outbox
from api.delivery.post import Post
from api.delivery.reported import Reported
from api.delivery.sender import Sender, lease_of
from api.jobs import Job
from api.settings import Settings
from api.turns import Turns

_SECONDS_AFTER_TROUBLE = 30
_FORGET_SECONDS = 3600
_TELL_SECONDS = 300


def install(state: State, settings: Settings) -> None:
    """Add `outbox` and `reported` to the state, which holds `database`, `seal`, `jobs` and `turns`.

    Without a key nothing can be signed, so nothing is told then and `reported` is None.
    """
    state.outbox = Outbox(state.database, settings.public_address)
    state.reported = None
    if not state.seal.is_usable:
        return
    state.turns.human_asked = HumanAsked(state.database, state.outbox, settings.store_keys[0])
    reports = Reports(settings.reports_file)
    state.reported = Reported(state.database, state.outbox, reports, _municipalities(state.turns))
    claims = Claims(state.database, state.seal, lease_of(settings))
    post = Post(settings.delivery_timeout, settings.private_addresses)
    state.jobs.add(Job("delivery", _SECONDS_AFTER_TROUBLE, Sender(claims, post).work, is_endless=True))
    for name, pause, work in (
        ("reported", _TELL_SECONDS, state.reported.tell),
        ("deliveries", _FORGET_SECONDS, Ledger(state.database).forget),
    ):
        state.jobs.add(Job(name, pause, lambda work=work: run_in_threadpool(work)))


def _municipalities(turns: Turns) -> Callable[[str], str | None]:
    """Where an entry of the catalogue belongs."""
    return lambda initiative_id: (turns.initiative(initiative_id) or {}).get("gemeente")
