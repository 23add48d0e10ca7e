"""Puts together who may in."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from api.access.attempts import Attempts
from api.access.audit import Audit
from api.access.open_desk import OpenDesk
from api.access.session_store import Sessions
from api.jobs import Job
from api.settings import Settings

_CLEAN_SESSIONS_SECONDS = 600
_CLEAN_AUDIT_SECONDS = 3600


def install(state: State, settings: Settings) -> None:
    """Add `attempts`, `audit`, `sessions` and `open_desk` to the state of the application, which holds
    `database`, `tokens` and `jobs`."""
    state.attempts = Attempts(settings)
    state.audit = Audit(state.database, settings)
    state.sessions = Sessions(state.database, settings)
    state.open_desk = OpenDesk(settings, state.tokens)
    for name, pause, clean in (
        ("sessions", _CLEAN_SESSIONS_SECONDS, state.sessions.clean),
        ("audit", _CLEAN_AUDIT_SECONDS, state.audit.clean),
    ):
        state.jobs.add(Job(name, pause, lambda clean=clean: run_in_threadpool(clean)))
