"""The server opens no connection by itself, but to what a setting names.

Every socket of this process is watched while the application answers what people and programs ask.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.delivery.events import EVENT_TYPES
from api.delivery.receivers import Receivers
from api.storage.database import Database
from api.storage.seal import Seal, new_key
from tests.api.fakes import FakeAssistant
from tests.delivery.servers import receiving
from tests.end_to_end.canary_doors import MUNICIPALITY, Keys, doors
from tests.own_settings import new_store, own_settings

NOBODY = Keys(practice="st_x", receiver="st_x", client="st_x")
MOST_SECONDS = 20


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, object]]]:
    """Every address that something connects to or looks up, as `(how, address)`."""
    seen: list[tuple[str, object]] = []

    class Watched(socket.socket):
        def connect(self, address: object) -> None:
            if self.family != socket.AF_UNIX:
                seen.append(("connect", address))
            super().connect(address)

        def connect_ex(self, address: object) -> int:
            if self.family != socket.AF_UNIX:
                seen.append(("connect", address))
            return super().connect_ex(address)

        def sendto(self, *given: object) -> int:
            seen.append(("sendto", given[-1]))
            return super().sendto(*given)

    looked_up = socket.getaddrinfo

    def getaddrinfo(host: object, *given: object, **options: object) -> list:
        if host not in (None, "localhost", "127.0.0.1", b"127.0.0.1", "::1"):
            seen.append(("getaddrinfo", host))
        return looked_up(host, *given, **options)

    policy = asyncio.get_event_loop_policy()
    asyncio.set_event_loop_policy(asyncio.DefaultEventLoopPolicy())  # uvloop opens sockets past Python's own
    monkeypatch.setattr(socket, "socket", Watched)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield seen
    asyncio.set_event_loop_policy(policy)


def test_the_watch_sees_a_connection(opened):
    with receiving(lambda *_: 204) as port:
        socket.create_connection(("127.0.0.1", port)).close()
    assert opened == [("connect", ("127.0.0.1", port))]


def test_nothing_goes_out_while_everything_is_asked(opened):
    with TestClient(create_app(own_settings(OPSLAG_SLEUTELS=new_key()), FakeAssistant())) as client:
        for door in doors(client, NOBODY, "Ik voel me alleen"):
            client.request(door.method, door.path, **door.options)
        for path in ("/", "/balie", "/docs", "/metrics", "/ready", "/integratie", "/aanmelden"):
            client.get(path)
    assert opened == []


def test_an_event_goes_to_its_receiver_and_nowhere_else(opened):
    store, key = new_store(), new_key()
    arrived: list[str] = []

    def accept(path: str, *_: object) -> int:
        arrived.append(path)
        return 204

    with receiving(accept) as port:
        database = Database(store)
        Receivers(database, Seal([key])).add(
            "Welzijn Nepstad", f"http://127.0.0.1:{port}/", EVENT_TYPES, MUNICIPALITY
        )
        database.close()
        settings = own_settings(DATABASE_URL=store, OPSLAG_SLEUTELS=key, BEZORGEN_AAN_PRIVE_ADRESSEN="ja")
        with TestClient(create_app(settings, FakeAssistant())) as client:
            for door in doors(client, NOBODY, "Ik voel me alleen"):
                client.request(door.method, door.path, **door.options)
            end = time.monotonic() + MOST_SECONDS
            while not arrived and time.monotonic() < end:
                time.sleep(0.02)
    assert arrived
    assert {address for _, address in opened} == {("127.0.0.1", port)}
