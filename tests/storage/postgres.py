"""A PostgreSQL of the tests' own, where the machine has its programs: the same tests run on both stores."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest

from tests.compulsory import missing
from tests.own_settings import new_store
from tests.storage.programs import environ_of, postgres_programs

SQLITE, POSTGRES = "sqlite", "postgresql"
OTHER_USERS = ("postgres", "nobody")
"""PostgreSQL refuses to run as root; these are the users that can do it instead."""

_number = itertools.count()


@pytest.fixture(params=[SQLITE, POSTGRES])
def store_url(request: pytest.FixtureRequest) -> str:
    """`DATABASE_URL` of an empty database, once of each kind."""
    return new_store() if request.param == SQLITE else request.getfixturevalue("postgres_url")


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """`DATABASE_URL` of an empty database in PostgreSQL."""
    return postgres_server.new_database()


class PostgresServer:
    """A PostgreSQL that listens on a socket in its own folder, and nowhere else."""

    def __init__(self, programs: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sociale-triage-postgres-"))
        as_user, data = _as_other_user(self._folder), self._folder / "data"
        self._control = (*as_user, programs / "pg_ctl", "-D", data, "-w")
        _run(*as_user, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")

    def start(self) -> None:
        """Let it run, with everything that was committed, and wait until it answers."""
        options = f"-k {self._folder} -c listen_addresses= -c fsync=off -c max_connections=50"
        _run(*self._control, "-l", self._folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """Cut off whoever is connected, in the middle of what they do."""
        _run(*self._control, "-m", "immediate", "stop")

    def remove(self) -> None:
        """Leave nothing of it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_database(self) -> str:
        """`DATABASE_URL` of an empty database."""
        name = f"proef{next(_number)}"
        connection = psycopg2.connect(dbname="postgres", user="postgres", host=str(self._folder))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        connection.close()
        return f"postgresql://postgres@/{name}?host={quote(str(self._folder), safe='')}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL for the whole session. Who stops it starts it again."""
    programs = postgres_programs()
    if programs is None:
        missing("initdb is not on this machine: .ci/stores gets PostgreSQL from Debian's packages")
    server = PostgresServer(programs)
    try:
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        server.remove()


def _as_other_user(folder: Path) -> tuple[str, ...]:
    """The beginning of a command that runs as somebody else than root, who then owns `folder`."""
    if os.geteuid() != 0:
        return ()
    for user in OTHER_USERS:
        if shutil.which("runuser") and subprocess.run(["id", user], capture_output=True).returncode == 0:
            shutil.chown(folder, user)
            return ("runuser", "-u", user, "--")
    missing("PostgreSQL does not run as root, and there is no runuser with a user postgres or nobody")


def _run(*command: str | Path) -> None:
    """Run a command to its end; a failure is a failure of the test, with what the command said."""
    words = [str(part) for part in command]
    environ = environ_of(Path(next(word for word in words if word.startswith("/"))))
    done = subprocess.run(words, capture_output=True, text=True, cwd="/", env=environ)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
