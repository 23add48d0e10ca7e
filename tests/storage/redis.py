"""A Redis of the tests' own: a free port of 127.0.0.1, nothing on disk, cut and paused at will."""

from __future__ import annotations

import itertools
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.compulsory import missing
from tests.storage.programs import environ_of, redis_program

MOST_SECONDS = 10.0
DATABASES = 64

_number = itertools.count()


class RedisServer:
    """A real redis-server, always at the same port. It keeps nothing when it stops."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._process: subprocess.Popen | None = None
        self.port = _free_port()

    def url(self, database: int = 0) -> str:
        """`REDIS_URL` of one of its databases."""
        return f"redis://127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Let it run, empty, and wait until it answers."""
        options = {
            "port": self.port,
            "bind": "127.0.0.1",
            "dir": self._folder,
            "databases": DATABASES,
            "save": "",
            "appendonly": "no",
        }
        words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
        self._process = subprocess.Popen(
            [str(self._program), *words], stdout=subprocess.DEVNULL, env=environ_of(self._program)
        )
        with redis.Redis(port=self.port, socket_timeout=1) as client:
            give_up = time.monotonic() + MOST_SECONDS
            while True:
                try:
                    client.ping()
                    return
                except redis.ConnectionError:
                    assert time.monotonic() < give_up, "redis-server did not start"
                    time.sleep(0.02)

    def stop(self) -> None:
        """Kill it: who is connected is cut off, and everything that it held is gone."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """Let it hang: it takes connections and answers nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End a pause."""
        self._process.send_signal(signal.SIGCONT)

    def clear(self) -> None:
        """Let it forget everything."""
        with redis.Redis(port=self.port) as client:
            client.flushall()

    def ensure_running(self) -> None:
        """As it was at first, whatever a test did with it."""
        if self._process is None:
            self.start()
        else:
            self.go_on()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A Redis for the whole session. Who cuts or pauses it asks for `redis_to_cut` instead."""
    yield from _served()


@pytest.fixture(scope="module")
def redis_to_cut() -> Iterator[RedisServer]:
    """A Redis that nobody outside this module talks to."""
    yield from _served()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """`REDIS_URL` of a database in which nothing is."""
    url = redis_server.url(next(_number) % DATABASES)
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


def _served() -> Iterator[RedisServer]:
    program = redis_program()
    if program is None:
        missing("redis-server is not on this machine: .ci/stores gets it from Debian's packages")
    folder = Path(tempfile.mkdtemp(prefix="sociale-triage-redis-"))
    server = RedisServer(program, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
