"""What the server cleans by itself while it runs."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.access.audit import Audit
from api.access.session_store import Sessions
from api.access.session_store import sessions as table
from api.access.tokens import PRACTICE
from api.app import create_app
from tests.api.fakes import FakeAssistant
from tests.own_settings import own_settings


def test_sessions_that_ended_and_old_audit_lines_are_deleted():
    app = create_app(own_settings(), FakeAssistant())
    state = app.state

    def long_ago() -> datetime:
        return datetime.now(timezone.utc) - timedelta(days=366)

    holder, _ = state.tokens.make(PRACTICE, "Praktijk De Linde", "Zeist")
    Sessions(state.database, state.settings, long_ago).start(holder)
    Audit(state.database, state.settings, long_ago).note(holder, "ingelogd")
    _, works = state.sessions.start(holder)
    state.audit.note(holder, "ingelogd")

    def left() -> tuple[int, int]:
        with state.database.begin() as connection:
            count = connection.execute(select(func.count()).select_from(table)).scalar()
        return count, len(state.audit.lines())

    assert left() == (2, 2)
    with TestClient(app):
        patience = time.monotonic() + 30
        while left() != (1, 1) and time.monotonic() < patience:
            time.sleep(0.01)
        assert left() == (1, 1) and state.sessions.look(works)
