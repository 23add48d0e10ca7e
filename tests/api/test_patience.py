"""Slow and endless senders over a real connection: each is cut off, and nobody else waits for them."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from api.app import create_app
from api.middleware import BodyLimit
from api.patience import MAXIMUM_HEAD_BYTES, SERVER_OPTIONS, PatientProtocol
from tests.api.conftest import assert_problem  # noqa: F401
from tests.api.fakes import FakeAssistant
from tests.own_settings import own_settings

PATIENCE = 0.3
"""Seconds that the server of these tests waits; the tests wait until it acts, however long that takes."""


class HastyProtocol(PatientProtocol):
    head_seconds = PATIENCE


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    config = uvicorn.Config(
        create_app(own_settings(), FakeAssistant()),
        log_config=None,
        access_log=False,
        ws="none",
        timeout_graceful_shutdown=1,
        **{**SERVER_OPTIONS, "http": HastyProtocol, "timeout_keep_alive": 60},
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield listener.getsockname()
        server.should_exit = True
        thread.join()


@contextlib.contextmanager
def connected(address: tuple[str, int]) -> Iterator[socket.socket]:
    with socket.create_connection(address, timeout=30) as connection:
        yield connection


def all_of(connection: socket.socket) -> bytes:
    """What comes until the server closes; a connection that is left open ends the test after 30 seconds."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65_536):
            parts.append(part)
    return b"".join(parts)


ASKED = b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize(
    "sent", [b"", b"G", b"GET /health HTTP/1.1\r\nHost: a\r\n"], ids=["nothing", "a byte", "no end"]
)
def test_a_head_that_does_not_come_ends_the_connection(address, sent):
    with connected(address) as connection:
        connection.sendall(sent)
        assert all_of(connection) == b""


def test_a_second_head_that_does_not_come_ends_the_connection_too(address):
    with connected(address) as connection:
        connection.sendall(ASKED)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /hea")
        assert all_of(connection) == b""


def test_a_connection_that_asks_in_time_stays(address):
    with connected(address) as connection:
        for _ in range(3):
            connection.sendall(ASKED)
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200")


def test_an_endless_head_is_refused(address):
    with connected(address) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(b"GET /health HTTP/1.1\r\nX: " + b"a" * 10 * MAXIMUM_HEAD_BYTES)
        assert b" 200 " not in all_of(connection)


def test_the_server_answers_others_meanwhile(address):
    with contextlib.ExitStack() as stack:
        for _ in range(50):
            stack.enter_context(connected(address)).sendall(b"GET /")
        with connected(address) as connection:
            connection.sendall(ASKED)
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200")


def test_a_body_that_does_not_come_is_refused():
    from api.problems import Problem

    async def never():
        await asyncio.sleep(3600)

    async def app(scope, receive, send):
        pytest.fail("the application was asked")

    scope = {"type": "http", "headers": [], "path": "/", "method": "POST"}
    with pytest.raises(Problem) as refused:
        asyncio.run(BodyLimit(app, 100, seconds=0.01)(scope, never, None))
    assert refused.value.status == 408


def test_the_real_server_has_these_limits(monkeypatch):
    from api import main

    seen = {}

    class Server:
        started = True

        def __init__(self, config, *_):
            seen.update(http=config.http, head=config.h11_max_incomplete_event_size)

        def run(self, sockets):
            sockets[0].close()

    monkeypatch.setattr(main, "_Server", Server)
    monkeypatch.setattr(main.logs, "configure", lambda level: None)
    assert main.serve(own_settings(PORT=str(free_port())), FakeAssistant())
    assert seen == {"http": PatientProtocol, "head": MAXIMUM_HEAD_BYTES}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
