"""The database of practices, referrals and events: SQLite by default, PostgreSQL by address.

Modules declare their tables on `metadata`; `Database` makes what is missing at its first use.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from pathlib import Path

from sqlalchemy import DateTime, MetaData, create_engine, event, text
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

from api import logs

metadata = MetaData()
"""Every table of the program."""

BUSY_SECONDS = 30
"""How long a writer waits for another one; SQLite has one writer at a time."""

_MAKING_TABLES = 7_305_113_119_004
"""Number of the lock in PostgreSQL: any that nobody else uses."""


class Moment(TypeDecorator):
    """A moment in UTC. Aware datetimes in and out, also in SQLite, which has no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(timezone.utc) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=value.tzinfo or timezone.utc) if value else None


NOT_WAITING = {"connect_timeout": 3, "tcp_user_timeout": 5000}
"""Seconds to connect to PostgreSQL, and milliseconds after which a line that is dead counts as cut."""


class Database:
    """A database at a SQLAlchemy address. Its methods block: call them from a thread."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._engine: Engine | None = None
        self._watch: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: kept when the block ends, undone when it raises, on the disk before it returns.

        Raises sqlalchemy.exc.SQLAlchemyError when the database cannot be used.
        """
        with self._opened().begin() as connection:
            yield connection

    def wipe(self) -> None:
        """Let nothing that was deleted or overwritten remain in the files of an SQLite database.

        `secure_delete` empties the database itself; this empties the log beside it (WAL), as far as
        no other connection reads from it now. PostgreSQL does this by itself (vacuum).
        """
        engine = self._opened()
        if engine.dialect.name == "sqlite":
            with closing(engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def change(self) -> int | None:
        """A number that is another one after anybody wrote anything; None where that cannot be told.

        Takes microseconds and waits for nobody: SQLite reads it from memory that its users share.
        """
        try:
            with self._lock:
                if self._watch is None and self._engine is not None and _is_in_a_file(self._engine):
                    self._watch = sqlite3.connect(self._engine.url.database, check_same_thread=False)
                return self._watch and self._watch.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error:
            return None

    def is_ready(self) -> bool:
        """Whether the database can be written now."""
        try:
            with self.begin() as connection:
                connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as error:
            logs.failure("store_failed", error)
            return False
        return True

    def close(self) -> None:
        """Close every connection; the next `begin` opens new ones."""
        with self._lock:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None:
                engine = _engine(self._address)
                _make_tables(engine)
                self._engine = engine
            return self._engine


def _engine(address: str) -> Engine:
    if not address.startswith("sqlite"):
        return create_engine(address, pool_pre_ping=True, connect_args=NOT_WAITING)
    path = address.partition(":///")[2]
    if path:
        _make_file(Path(path))
    options = {"connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False}}
    if path:
        options["poolclass"] = QueuePool  # closing the last connection would fold up the log every time
    engine = create_engine(address, **options)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _begin_as_writer)
    return engine


def _is_in_a_file(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite" and bool(engine.url.database)


def _make_file(path: Path) -> None:
    """An empty file that only we can read, and its folder, where there is none; the log beside it follows."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)


def _make_tables(engine: Engine) -> None:
    """Make the tables that are missing, while no other process does the same."""
    with engine.begin() as connection:  # in SQLite as the only writer
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MAKING_TABLES})
        metadata.create_all(connection)


def _on_connect(connection: object, record: object) -> None:
    """Let SQLite survive a cut in the power, and leave the start of transactions to us."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    _keep_a_log(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _keep_a_log(connection: object) -> None:
    """Switch to a log beside the database (WAL); SQLite does not wait by itself for others that do so now."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _begin_as_writer(connection: Connection) -> None:
    """Two writers that both read first would otherwise have to give up one another's work."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
