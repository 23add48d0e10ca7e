"""Who did what and when at the front desk and with its tokens: codes and ids, never a text of anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import Column, Integer, String, Table, delete, or_, select, update
from sqlalchemy.engine import Connection

from api.access.session_store import Session, sessions
from api.access.tokens import Holder
from api.settings import Settings
from api.storage.database import Database, Moment, metadata

ACTIONS: tuple[tuple[str, str], ...] = (
    ("ingelogd", "A practice signed in."),
    ("inloggen_mislukt", "Somebody tried to sign in with something that does not work; without holder."),
    ("uitgelogd", "A practice signed out."),
    ("vraag", "A question was asked at the front desk; at most one line a minute for each session."),
    ("his_gekopieerd", "The text for the practice's own system was copied."),
    ("meegegeven", "A hand-out for the patient was opened for printing."),
    ("aanmelding_gemaakt", "A referral was made; its id is the subject."),
    ("aanmelding_ingetrokken", "A referral was withdrawn; its id is the subject."),
    ("aanmelding_bekeken", "A referral was looked at; its id is the subject."),
    (
        "token_gemaakt",
        "A holder and its first token were made on the command line; subject: the holder.",
    ),
    ("token_vervangen", "A holder got a new token on the command line; subject: the holder."),
    ("token_ingetrokken", "A holder was revoked on the command line; subject: the holder."),
)
"""Every action that is written down, with what it means (docs/audit.md). Nothing else can be."""

CODES = tuple(code for code, _ in ACTIONS)

BETWEEN_QUESTIONS = timedelta(minutes=1)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("moment", Moment, nullable=False, index=True),
    Column("holder_id", String(20)),
    Column("holder_kind", String(20)),
    Column("action", String(30), nullable=False),
    Column("subject", String(64)),
)

_SUBJECT = re.compile(r"(?!\d+$)[A-Za-z0-9][A-Za-z0-9_-]{3,63}")


@dataclass(frozen=True)
class Line:
    """One line. `holder_id` None: nobody was signed in, or it was done on the command line."""

    moment: datetime
    holder_id: str | None
    holder_kind: str | None
    action: str
    subject: str | None


class Audit:
    """The lines in a database. Its methods block: call them from a thread."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._database = database
        self._kept = timedelta(days=settings.audit_days)
        self._now = now

    def note(self, holder: Holder | None, action: str, subject: str | None = None) -> None:
        """Write one line down, in a transaction of its own: see `note_within` where one is open.

        Raises ValueError for an action that is not in ACTIONS and a `subject` that is no id.
        """
        with self._database.begin() as connection:
            self.note_within(connection, holder, action, subject)

    def note_within(
        self, connection: Connection, holder: Holder | None, action: str, subject: str | None = None
    ) -> None:
        """The same in the caller's transaction: kept or undone with what it tells of."""
        if action not in CODES:
            raise ValueError("this action is not declared in api.access.audit.ACTIONS")
        if subject is not None and not _SUBJECT.fullmatch(subject):
            raise ValueError("the subject of an audit line must be an id")
        line = Line(
            self._now(), holder.id if holder else None, holder.kind if holder else None, action, subject
        )
        connection.execute(audit.insert().values(**vars(line)))

    def note_question(self, session: Session | None) -> None:
        """Write down that `session` asked something, unless it did so within the last minute.

        None, at an open desk, is nobody: nothing is written.
        """
        before = self._now() - BETWEEN_QUESTIONS
        if session is None or (session.question_noted_at and session.question_noted_at > before):
            return
        long_ago = or_(sessions.c.question_noted_at.is_(None), sessions.c.question_noted_at <= before)
        first = update(sessions).where(sessions.c.id == session.id, long_ago)
        with self._database.begin() as connection:
            if connection.execute(first.values(question_noted_at=self._now())).rowcount:
                self.note_within(connection, session.holder, "vraag")

    def lines(self, since: datetime | None = None, holder_id: str | None = None) -> list[Line]:
        """The lines from `since` on, of or about one holder where it is given, oldest first."""
        query = select(audit).order_by(audit.c.number)
        if since:
            query = query.where(audit.c.moment >= since)
        if holder_id:
            query = query.where(or_(audit.c.holder_id == holder_id, audit.c.subject == holder_id))
        columns = (column for column in audit.c if column is not audit.c.number)
        with self._database.begin() as connection:
            return [Line(**row) for row in connection.execute(query.with_only_columns(*columns)).mappings()]

    def clean(self) -> int:
        """Delete the lines that are older than `AUDIT_DAGEN`; their number."""
        old = delete(audit).where(audit.c.moment < self._now() - self._kept)
        with self._database.begin() as connection:
            return connection.execute(old).rowcount
