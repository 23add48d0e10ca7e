"""The receiver of docs/voorbeelden: it takes what we sent, and nothing that anybody else could send."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import random
import re
import string
import threading
from datetime import datetime, timedelta, timezone

import httpx
import pytest

from api.delivery.envelope import body_of, headers_of
from api.delivery.events import EVENT_TYPES, REFERRAL_MADE, Event
from api.delivery.post import Post
from api.delivery.receivers import new_secret
from api.delivery.schedule import DELAYS
from tests.docs.markdown import ROOT, Page

PAGE = Page(ROOT / "docs/webhooks-uit.md")
EXAMPLE = ROOT / "docs/voorbeelden/ontvanger.py"
SOURCE = "https://wegwijzer.example"
REPLAY_WINDOW = timedelta(minutes=5)


@pytest.fixture(scope="module")
def example():
    spec = importlib.util.spec_from_file_location("ontvanger", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def event() -> Event:
    return Event(REFERRAL_MADE, "aan-1", "Zeist", {"aanmeldingId": "aan-1"})


def now() -> datetime:
    return datetime.now(timezone.utc)


def changed(value: str, dice: random.Random) -> str:
    """`value` with one character replaced, removed or added."""
    place = dice.randrange(len(value))
    new = dice.choice([one for one in string.ascii_letters + string.digits if one != value[place]])
    return value[:place] + dice.choice((new, "", new + value[place])) + value[place + 1 :]


def is_the_same(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether the headers are equal, though written otherwise: base64 has loose bits and padding."""
    return {**one, "webhook-signature": ""} == {**other, "webhook-signature": ""} and (
        one["webhook-signature"].rstrip("=")[:-1] == other["webhook-signature"].rstrip("=")[:-1]
    )


def altered(body: str, headers: dict[str, str], dice: random.Random) -> tuple[str, dict[str, str]]:
    """The same delivery with one thing changed by somebody without the secret."""
    what = dice.choice(("body", "webhook-id", "webhook-timestamp", "webhook-signature", "gone"))
    if what == "body":
        return changed(body, dice), headers
    if what == "gone":
        name = dice.choice(("webhook-id", "webhook-timestamp", "webhook-signature"))
        return body, {key: value for key, value in headers.items() if key != name}
    if what == "webhook-timestamp":
        moved = int(headers[what]) + dice.choice((-1, 1)) * dice.randint(1, 10_000)
        return body, {**headers, what: str(moved)}
    return body, {**headers, what: changed(headers[what], dice)}


def test_of_a_thousand_altered_deliveries_none_is_accepted(example, event):
    dice = random.Random(20261122)
    secret = new_secret()
    body = body_of(event, SOURCE)
    headers = headers_of(event.id, body, [secret], now())
    tried = 0
    while tried < 1000:
        wrong_body, wrong = altered(body, headers, dice)
        if wrong_body == body and wrong.keys() == headers.keys() and is_the_same(wrong, headers):
            continue
        tried += 1
        assert example.verified(wrong_body.encode(), wrong, [secret]) is None, wrong
    assert example.verified(body.encode(), headers, [secret])["id"] == event.id


def test_replayed_expired_and_revoked_deliveries_are_not_accepted(example, event):
    secret, revoked = new_secret(), new_secret()
    body = body_of(event, SOURCE)
    dice = random.Random(7)
    for _ in range(250):
        late = REPLAY_WINDOW + timedelta(seconds=dice.randint(2, 10**6))
        for moment in (now() - late, now() + late):
            assert (
                example.verified(body.encode(), headers_of(event.id, body, [secret], moment), [secret])
                is None
            )
        for other in (revoked, new_secret()):
            assert (
                example.verified(body.encode(), headers_of(event.id, body, [other], now()), [secret]) is None
            )
    inside = now() - REPLAY_WINDOW + timedelta(seconds=30)
    assert example.verified(body.encode(), headers_of(event.id, body, [secret], inside), [secret])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"webhook-id": "a", "webhook-timestamp": "x", "webhook-signature": "v1,a"},
        {"webhook-id": "a", "webhook-timestamp": "9" * 400, "webhook-signature": "v1,a"},
        {"webhook-id": "a", "webhook-timestamp": "NOW", "webhook-signature": "v1"},
        {"webhook-id": "a", "webhook-timestamp": "NOW", "webhook-signature": "v1,a,b é"},
        {"webhook-id": "a", "webhook-timestamp": "NOW", "webhook-signature": " "},
        {"webhook-id": "a", "webhook-timestamp": "NOW", "webhook-signature": "v2,AAAA v1a,AAAA"},
    ],
)
def test_nonsense_is_not_accepted_and_breaks_nothing(example, headers):
    given = {
        name: str(int(now().timestamp())) if value == "NOW" else value for name, value in headers.items()
    }
    for body in (b"{}", b"", b"\xff\xfe"):
        assert example.verified(body, given, [new_secret()]) is None


def test_while_a_secret_is_replaced_either_will_do(example, event):
    old, new = new_secret(), new_secret()
    body = body_of(event, SOURCE)
    both = headers_of(event.id, body, [new, old], now())
    assert both["webhook-signature"].count("v1,") == 2
    for secrets in ([old], [new], [new, old]):
        assert example.verified(body.encode(), both, secrets)["id"] == event.id
    after = headers_of(event.id, body, [new], now())
    assert example.verified(body.encode(), after, [old]) is None


def test_the_example_receives_what_we_send(example, event):
    secret = new_secret()
    inbox = example.Inbox()
    server = example.receiver([secret], inbox, port=0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/haken"
        body = body_of(event, SOURCE)

        def send(*secrets: str) -> int:
            return asyncio.run(Post(5, private_allowed=True).send(url, event.id, body, secrets)).status

        assert [send(new_secret()), send(secret), send(secret)] == [401, 204, 204]
        assert httpx.post(url, content=b"x" * 30_000, trust_env=False).status_code == 413
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert list(inbox.events) == [event.id] and inbox.events[event.id]["subject"] == "aan-1"


def test_the_page_shows_a_body_as_we_make_it():
    [shown] = re.findall(r"^```json\n(.*?)^```", PAGE.text, re.S | re.M)
    body = json.loads(shown)
    event = Event(
        body["type"],
        body["subject"],
        None,
        body["data"],
        body["id"],
        datetime.fromisoformat(body["time"].replace("Z", "+00:00")),
    )
    assert json.loads(body_of(event, body["source"])) == body


def test_the_page_shows_the_code_of_the_example():
    [shown] = re.findall(r"^```python\n(.*?)^```", PAGE.text, re.S | re.M)
    assert shown.strip() in EXAMPLE.read_text(encoding="utf-8")


def test_the_page_names_every_event_and_the_whole_schedule():
    assert all(f"`{event_type}`" in PAGE.text for event_type in EVENT_TYPES)
    shown = re.findall(r"^\| \d+ \| ([\d.]+) (s|min|h) \|", PAGE.text, re.M)
    seconds = {"s": 1, "min": 60, "h": 3600}
    assert [float(number) * seconds[unit] for number, unit in shown] == list(DELAYS)
