"""Puts together who may in."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from api.access.attempts import Attempts
from api.access.audit import Audit
from api.access.clients import Clients
from api.access.oidc import Provider
from api.access.oidc_memory import SignInMemory
from api.access.open_door import OpenDoor
from api.access.session_store import Sessions
from api.access.tokens import PRACTICE
from api.jobs import Job
from api.settings import Settings

_CLEAN_SESSIONS_SECONDS = 600
_CLEAN_AUDIT_SECONDS = 3600


def install(state: State, settings: Settings) -> None:
    """Add `attempts`, `clients`, `audit`, `sessions`, `open_desk`, `provider` (None without OpenID Connect)
    and `sign_in_memory` to the state of the application.

    It holds `database`, `seal`, `tokens` and `jobs` already.
    """
    state.attempts = Attempts(settings)
    state.clients = Clients(settings, state.tokens)
    state.audit = Audit(state.database, settings)
    state.sessions = Sessions(state.database, settings)
    may_be_open = settings.bound_to_loopback and settings.environment != "productie"
    state.open_desk = OpenDoor(may_be_open, PRACTICE, state.tokens)
    state.provider = Provider(settings) if settings.oidc_issuer else None
    state.sign_in_memory = SignInMemory(state.seal)
    for name, pause, clean in (
        ("sessions", _CLEAN_SESSIONS_SECONDS, state.sessions.clean),
        ("audit", _CLEAN_AUDIT_SECONDS, state.audit.clean),
    ):
        state.jobs.add(Job(name, pause, lambda clean=clean: run_in_threadpool(clean)))
