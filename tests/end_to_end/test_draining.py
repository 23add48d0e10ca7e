"""A real server that is stopped while a turn is under way."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from tests.end_to_end.draining_server import STUCK, DrainingServer, serving

MOST_SECONDS = 60
"""No promise: it ends a test that would never end."""


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


def until(holds: Callable[[], bool]) -> None:
    give_up = time.monotonic() + MOST_SECONDS
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def get(server: DrainingServer, path: str) -> httpx.Response:
    """An answer on a connection of its own, as a probe has it."""
    return httpx.get(server.url + path, timeout=MOST_SECONDS, trust_env=False)


def says_no(server: DrainingServer) -> bool:
    return get(server, "/ready").status_code == 503


def refuses(server: DrainingServer) -> bool:
    try:
        get(server, "/health")
    except httpx.TransportError:
        return True
    return False


@contextmanager
def client_of(server: DrainingServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=MOST_SECONDS, trust_env=False) as client:
        yield client


def a_turn_under_way(server: DrainingServer, client: httpx.Client, pool: ThreadPoolExecutor) -> Future:
    conversation = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    path = f"/v1/gesprekken/{conversation}/berichten"
    turn = pool.submit(client.post, path, json={"tekst": "ik voel me alleen"})
    server.hears("turn begins")
    return turn


def test_who_is_asked_to_stop_says_so_at_once_and_still_answers_everybody(pool):
    with serving(AFSLUITEN_PAUZE="300") as server, client_of(server) as client:
        turn = a_turn_under_way(server, client, pool)
        assert get(server, "/ready").status_code == 200
        server.signal()
        until(lambda: says_no(server))
        parts = get(server, "/ready").json()["onderdelen"]
        assert [name for name, able in parts.items() if not able] == ["server"]
        assert get(server, "/health").json() == {"status": "ok"}
        with client_of(server) as other:
            started = other.post("/v1/gesprekken", json={})
        assert started.status_code == 201 and started.headers["connection"] == "close"
        server.let_turns_end()
        assert turn.result().json()["berichten"][0]["tekst"] == "Kijk eens hier."


def test_after_the_pause_nobody_new_comes_in_and_what_is_under_way_gets_its_answer(pool):
    with serving(AFSLUITEN_PAUZE="1") as server, client_of(server) as client, client_of(server) as idle:
        turn = a_turn_under_way(server, client, pool)
        idle.get("/health")
        server.signal()
        until(lambda: refuses(server))
        assert not turn.done()
        server.let_turns_end()
        answer = turn.result()
        assert answer.status_code == 200 and answer.json()["berichten"][0]["tekst"] == "Kijk eens hier."
        assert answer.headers["connection"] == "close"
        code, printed = server.ends()
    assert code == 0
    assert "job stopped" in printed and '"event": "draining"' in printed


def test_at_a_keyboard_there_is_no_pause():
    with serving(AFSLUITEN_PAUZE="300") as server:
        server.signal(signal.SIGINT)
        assert server.ends()[0] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_it_where_it_stands(pool, number):
    with serving(AFSLUITEN_PAUZE="300") as server, client_of(server) as client:
        turn = a_turn_under_way(server, client, pool)
        server.signal()
        until(lambda: says_no(server))
        server.signal(number)
        code, printed = server.ends()
        assert isinstance(turn.exception(), httpx.TransportError)
    assert code == 128 + number and "job stopped" not in printed


def test_what_never_ends_is_cut_off(pool):
    limits = {"ACTION_TIMEOUT": "0.01", "TURN_TIMEOUT": "0.05", "AFSLUITEN_SECONDEN": "0.5"}
    with serving(**limits) as server, client_of(server) as client:
        search = pool.submit(client.get, "/v1/initiatieven", params={"zoek": STUCK})
        server.hears("stuck")
        server.signal()
        assert server.ends()[0] == 1
        assert search.exception() or search.result().is_server_error
