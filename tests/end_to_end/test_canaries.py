"""Nothing that a person typed, and no name, number, address or token, gets where it does not belong.

Planted at every door of a real server; then looked for in everything that comes out: standard output and
error (and so in every log line), the figures, the documentation, the headers of every answer and the body of
those that are not meant for who asked, the database, the file of reports, and what receivers are sent.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api import logs
from api.access.tokens import CLIENT, PRACTICE, Tokens
from api.app import create_app
from api.delivery.events import EVENT_TYPES
from api.delivery.receivers import Receivers
from api.storage.database import Database
from api.storage.seal import Seal, new_key
from tests.api.installation import NO_LIMITS, installation
from tests.canaries import MAIL, NAME, PLANTED, SENTENCE, TOKEN, found_in
from tests.delivery.servers import receiving
from tests.end_to_end.canary_doors import ALL, MUNICIPALITY, Keys, doors
from tests.end_to_end.canary_server import FAIL, CanaryServer, LoudAssistant, canary_server
from tests.own_settings import own_settings

LOUDLY = f"{FAIL}. {ALL}"
NO_HTTP = [
    f"{SENTENCE}\r\n\r\n",
    f"GET /{NAME} HTTP/1.1\r\nHost: x\r\n\r\n",
    f"GET / HTTP/1.1\r\n{NAME}: {MAIL}\r\n\r\n",
    f"POST /v1/triage HTTP/1.1\r\nHost: x\r\nContent-Length: {NAME}\r\n\r\n",
    f"POST /v1/triage HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{SENTENCE}\r\n",
    f"CONNECT {MAIL}:80 HTTP/1.1\r\nHost: {MAIL}\r\n\r\n",
    f"GET /health HTTP/1.1\r\nHost: {MAIL}\r\nUpgrade: {TOKEN}\r\nConnection: Upgrade\r\n\r\n",
]
CUT_SHORT = (
    "POST /v1/triage HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n"
    f'{{"tekst": "{SENTENCE}'
)


@dataclass
class Place:
    """A place where a server can run; `events` is what its receiver was sent."""

    folder: Path
    settings: dict[str, str]
    keys: Keys
    events: list[bytes] = field(default_factory=list)

    @property
    def secrets(self) -> dict[str, str]:
        """The canaries, and the real tokens of this place."""
        return PLANTED | {f"{kind} token": token.lower() for kind, token in vars(self.keys).items()}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """With a key, a practice, a client and a receiver that answers every event with canaries and a 500."""
    events: list[bytes] = []

    def refuse(path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        events.append(f"{path} {headers}".encode() + body)
        return 500, {"X-Reden": NAME, "Location": f"https://{MAIL}/"}, ALL.encode()

    key, store = new_key(), f"sqlite:///{tmp_path / 'opslag.sqlite'}"
    database = Database(store)
    tokens = Tokens(database)
    _, practice = tokens.make(PRACTICE, "Huisartsenpraktijk Nepstad", MUNICIPALITY)
    _, client = tokens.make(CLIENT, "Kiosk Nepstad")
    with receiving(refuse) as port:
        url = f"http://127.0.0.1:{port}/gebeurtenissen"
        receivers = Receivers(database, Seal([key]))
        _, receiver, _ = receivers.add("Welzijn Nepstad", url, EVENT_TYPES, MUNICIPALITY)
        database.close()
        settings = {
            **NO_LIMITS,
            "OMGEVING": "productie",
            "DATABASE_URL": store,
            "OPSLAG_SLEUTELS": key,
            "MELDINGEN_PAD": str(tmp_path / "meldingen.jsonl"),
            "BEZORGEN_AAN_PRIVE_ADRESSEN": "ja",
            "CORS_ORIGINS": "https://www.voorbeeld.example",
            "ACTION_TIMEOUT": "1",
            "TURN_TIMEOUT": "2",
        }
        yield Place(tmp_path, settings, Keys(practice, receiver, client), events)


@contextmanager
def serving(settings: Mapping[str, str]) -> Iterator[tuple[CanaryServer, httpx.Client]]:
    """A real server, and somebody who asks it things."""
    with (
        canary_server(settings) as server,
        httpx.Client(base_url=server.url, timeout=20, trust_env=False) as asker,
    ):
        yield server, asker


def knock_at_every_door(
    client: httpx.Client, keys: Keys, typed: str, secrets: dict[str, str]
) -> dict[str, int]:
    """Send everything; fail where an answer says what it should not. Gives the status by door."""
    statuses: dict[str, int] = {}
    leaks = []
    for number, one in enumerate(doors(client, keys, typed)):
        answer = client.request(one.method, one.path, **one.options)
        statuses[f"{number} {one.name}"] = answer.status_code
        is_form = "text/html" in answer.headers.get("content-type", "")
        may_repeat = one.for_the_sender and (answer.status_code < 400 or is_form)
        said = str(answer.headers.raw) + ("" if may_repeat else answer.text)
        leaks += [f"{one.name} {answer.status_code}: {kind}" for kind in found_in(said, secrets)]
    assert not leaks, "\n".join(leaks)
    return statuses


def knock_without_http(server: CanaryServer) -> str:
    """What the web server itself answers to what is no HTTP; and a sender that goes away halfway."""
    said = ""
    for request in NO_HTTP:
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(request.encode())
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(5)
            said += connection.recv(65536).decode("utf-8", "replace")
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(CUT_SHORT.encode())
    return said


def everything_public(client: httpx.Client) -> str:
    """The figures, the documentation and the pages."""
    paths = ("/metrics", "/docs", "/openapi.json", "/v1/openapi.json", "/", "/balie", "/aanmelden", "/ready")
    return "\n".join(client.get(path).text for path in paths)


def wait_for(events: list[bytes]) -> None:
    """Until the receiver was sent an event."""
    end = time.monotonic() + 20
    while not events and time.monotonic() < end:
        time.sleep(0.02)
    assert events, "no event was sent"


def test_nothing_leaves_a_real_server(place: Place) -> None:
    with serving(place.settings) as (server, client):
        statuses = knock_at_every_door(client, place.keys, ALL, place.secrets)
        knock_at_every_door(client, place.keys, LOUDLY, place.secrets)
        wait_for(place.events)
        said = knock_without_http(server) + everything_public(client)
    assert not found_in(said, place.secrets)
    assert {200, 201, 204, 400, 401, 404, 405, 413, 422} <= set(statuses.values())
    assert '"event": "assistant_failed"' in server.output and '"event": "turn"' in server.output
    assert not found_in(server.output, place.secrets), "in standard output or error, so in the log"
    assert not found_in(b"".join(place.events), place.secrets), "in an event"
    for file in place.folder.glob("opslag.sqlite*"):
        assert not found_in(file.read_bytes(), place.secrets), f"unsealed in {file.name}"
    kept = (place.folder / "meldingen.jsonl").read_text(encoding="utf-8")
    assert not found_in(kept, {kind: PLANTED[kind] for kind in ("phone", "mail", "token")})


def test_nothing_leaves_a_server_whose_database_fails(place: Place) -> None:
    """Its errors hold statements with their parameters."""
    (place.folder / "stuk").write_text("geen map")
    broken = {**place.settings, "DATABASE_URL": f"sqlite:///{place.folder / 'stuk' / 'opslag.sqlite'}"}
    with serving(broken) as (server, client):
        statuses = knock_at_every_door(client, place.keys, ALL, place.secrets)
        said = everything_public(client)
    assert not found_in(said + server.output, place.secrets)
    assert {200, 503} <= set(statuses.values()), statuses


def test_nothing_leaves_a_server_whose_tables_are_gone(place: Place) -> None:
    """The database opens and every statement fails, with what was to be written in its message."""
    database = Database(place.settings["DATABASE_URL"])
    with serving(place.settings) as (server, client):
        with database.begin() as connection:
            for table in ("deliveries", "events", "consents", "sessions", "audit"):
                connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
        statuses = knock_at_every_door(client, place.keys, ALL, place.secrets)
        said = everything_public(client)
    database.close()
    assert not found_in(said + server.output, place.secrets)
    assert any(status >= 500 for status in statuses.values()), statuses


@pytest.mark.model
def test_nothing_leaves_the_real_assistant(assistant, capfd) -> None:
    """In this process, where `tests.watch` reads every log; and what Rasa writes to the outputs."""
    here = installation(assistant)
    keys = Keys(here.practice, here.receiver, here.client)
    with TestClient(here.app, base_url="https://hulp.example.nl") as client:
        statuses = knock_at_every_door(client, keys, ALL, PLANTED)
        said = everything_public(client)
    written = capfd.readouterr()
    assert {200, 201, 204, 400, 401, 404, 405, 413, 422} <= set(statuses.values())
    assert not found_in(said + written.out + written.err)


def test_a_canary_is_found_however_it_is_written() -> None:
    for written in (
        NAME.upper(),
        "Wilhelmina+Kanariegeel",
        "06-9871 2345",
        "+31 6 98712345",
        "w.zangvogel%40post",
    ):
        assert found_in(f"... {written} ..."), written
    assert found_in(ALL) == ["name", "phone", "mail", "sentence"]
    assert not found_in("Er is nu geen antwoord. Bel 112 of 0800-0113.")


def test_a_leak_would_be_found(monkeypatch, capfd) -> None:
    """A server that logs the messages of exceptions, as is usual."""
    monkeypatch.setattr(logs, "failure", lambda event, error, status=None: print(event, error))
    with TestClient(create_app(own_settings(), LoudAssistant())) as client:
        client.post("/v1/triage", json={"tekst": LOUDLY})
    assert found_in(capfd.readouterr().out) == ["name", "phone", "mail", "sentence"]
