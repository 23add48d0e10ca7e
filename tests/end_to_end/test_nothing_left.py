"""After DELETE, and after half an hour of silence, nothing of a conversation is left anywhere.

A real server in a process of its own is told words that were never written before. Then its whole memory, its
files, its database and its output are searched for them. The process overwrites memory that it gave back
(`FREED_IS_OVERWRITTEN`): whatever is found is still in use.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.canaries import MAIL, NAME, PHONE, SENTENCE, found_in
from tests.end_to_end.forgetful_server import ForgetfulServer, forgetful_server
from tests.nothing_left import FREED_IS_OVERWRITTEN, in_database, in_files, in_memory_of, new_canary

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[2]
TTL_SECONDS = 8
"""Long enough that no message of a test comes too late on a busy machine."""
MOST_SECONDS = 60
"""For what should happen within seconds; it is no promise, it ends a test that would never end."""

WHERE_A_SERVER_WRITES = ("var", "build")


class Talk:
    """One conversation in which a canary is said in every way that people say things."""

    def __init__(self, client: httpx.Client) -> None:
        self.canary = new_canary()
        self.path = ""
        self._client = client

    def say_everything(self) -> None:
        self.path = f"/v1/gesprekken/{self._post('/v1/gesprekken', {})['gesprekId']}"
        for text in (
            f"Ik heet {NAME} of {self.canary}. {SENTENCE} {self.canary}",
            f"ik woon in {self.canary}",
            f"bel me op {PHONE} of mail {self.canary}@post.example, {MAIL}",
            f"{self.canary.upper()}dochter slaat mij",
            "Groningen",
            "ik wil een mens spreken",
        ):
            self._post(f"{self.path}/berichten", {"tekst": text})

    def _post(self, path: str, body: dict) -> dict:
        """As the chat of the website does: the answer is kept for whoever sends the message again."""
        key = {"Idempotency-Key": secrets.token_hex(16)}
        return self._client.post(path, json=body, headers=key).raise_for_status().json()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("niets-over")


@pytest.fixture(scope="module")
def server(model: Path, folder: Path) -> Iterator[ForgetfulServer]:
    settings = {
        **FREED_IS_OVERWRITTEN,
        "MODEL_PATH": str(model),
        "DATABASE_URL": f"sqlite:///{folder / 'opslag.sqlite'}",
        "MELDINGEN_PAD": str(folder / "meldingen.jsonl"),
        "TTL_SECONDS": str(TTL_SECONDS),
    }
    with forgetful_server(folder, settings) as server:
        yield server


@pytest.fixture
def client(server: ForgetfulServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=MOST_SECONDS, trust_env=False) as client:
        yield client


def use_the_buffers_again(client: httpx.Client) -> None:
    """The event loop reads requests into one buffer, which holds the end of a long one until the next.

    docs/privacy/gegevenskaart.md says so.
    """
    client.post("/v1/triage", json={"tekst": "Ik zoek mensen om koffie mee te drinken. " * 20})


def wait_until_nothing_is_left(server: ForgetfulServer, canary: str) -> None:
    """Let time pass, without a word to the server, until its memory holds nothing of `canary`."""
    end = time.monotonic() + MOST_SECONDS
    while in_memory_of(server.process, canary):
        assert time.monotonic() < end, "it is still there"
        time.sleep(0.5)


def nothing_stands_in(server: ForgetfulServer, folder: Path, canary: str, since: float) -> None:
    """Nothing in files, database and output of the server, nor in the folders of the repository."""
    folders = [folder, *(ROOT / name for name in WHERE_A_SERVER_WRITES)]
    assert in_files(folders, [canary, "Kanariegeel", "zeepaardje"], since) == []
    assert in_database(f"sqlite:///{folder / 'opslag.sqlite'}", [canary, "Kanariegeel", "zeepaardje"]) == []
    assert found_in(server.output.read_text()) == []


def test_the_search_finds_what_is_there(server):
    assert in_memory_of(server.process, "Odensehuis") > 0


def test_nothing_is_left_after_delete(server, client, folder):
    since = time.time()
    talk = Talk(client)
    talk.say_everything()
    assert client.delete(talk.path).status_code == 204
    use_the_buffers_again(client)
    assert in_memory_of(server.process, talk.canary) == 0
    nothing_stands_in(server, folder, talk.canary, since)
    assert client.post(f"{talk.path}/berichten", json={"tekst": "hallo"}).status_code == 404


def test_nothing_is_left_when_it_expires_and_nobody_else_talks(server, client, folder):
    since = time.time()
    talk = Talk(client)
    talk.say_everything()
    use_the_buffers_again(client)
    wait_until_nothing_is_left(server, talk.canary)
    nothing_stands_in(server, folder, talk.canary, since)
    assert client.post(f"{talk.path}/berichten", json={"tekst": "hallo"}).status_code == 404


def test_a_single_question_leaves_nothing_once_its_words_are_tidied(server, client, folder):
    since, canary = time.time(), new_canary()
    client.post("/v1/triage", json={"tekst": f"mijn zus {canary} is eenzaam", "plaats": canary})
    client.get("/v1/initiatieven", params={"zoek": f"{canary} huis", "plaats": canary})
    use_the_buffers_again(client)
    wait_until_nothing_is_left(server, canary)
    nothing_stands_in(server, folder, canary, since)
