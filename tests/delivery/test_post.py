from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest
from standardwebhooks import Webhook

from api.delivery.post import Outcome, Post
from tests.delivery.servers import receiving

SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def attempt(url: str, timeout: float = 5, private_allowed: bool = True) -> Outcome:
    return asyncio.run(Post(timeout, private_allowed).send(url, "evt_1", "{}", [SECRET]))


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_2xx_is_delivered(status):
    with receiving(lambda *_: status) as port:
        outcome = attempt(f"http://127.0.0.1:{port}/haken")
    assert outcome.is_delivered and outcome.status == status


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 410, 415, 429, 500, 503])
def test_everything_else_is_not(status):
    with receiving(lambda *_: status) as port:
        outcome = attempt(f"http://127.0.0.1:{port}/haken")
    assert not outcome.is_delivered and outcome.status == status


def test_a_redirect_is_not_followed():
    heard = []

    def answer(path, headers, body):
        heard.append(path)
        return 307, {"location": "/elders"}

    with receiving(answer) as port:
        assert attempt(f"http://127.0.0.1:{port}/haken").status == 307
    assert heard == ["/haken"]


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with receiving(lambda *_: 204) as port:
        assert attempt(f"http://127.0.0.1:{port}/").is_delivered


def test_a_receiver_that_does_not_answer_is_left_in_time():
    def answer(path, headers, body):
        time.sleep(0.5)
        return 204

    with receiving(answer) as port:
        assert attempt(f"http://127.0.0.1:{port}/", timeout=0.1).error == "timeout"


def test_nobody_listening_is_a_failure():
    assert attempt("http://127.0.0.1:9/").error == "ConnectError"


def test_an_internal_address_is_a_failure_unless_allowed():
    assert attempt("https://127.0.0.1/", private_allowed=False).error == "AddressNotAllowed"
    assert attempt("http://127.0.0.1/", private_allowed=False).error == "AddressNotAllowed"


def test_the_rest_that_is_asked_is_noticed_with_the_statuses_that_mean_it():
    for status, seconds in ((429, 30), (503, 30), (500, None)):
        with receiving(lambda *_, status=status: (status, {"retry-after": "30"})) as port:
            rest = attempt(f"http://127.0.0.1:{port}/").rest
        assert rest == (timedelta(seconds=seconds) if seconds else None)


def test_the_answer_is_not_read():
    """A body without an end would otherwise keep the attempt busy until its time is over."""
    with receiving(lambda *_: (200, {"content-length": "1000000000"})) as port:
        assert attempt(f"http://127.0.0.1:{port}/").is_delivered


def test_what_arrives_is_signed_and_says_what_it_is():
    heard = []

    def answer(path, headers, body):
        heard.append((headers, body))
        return 204

    with receiving(answer) as port:
        attempt(f"http://127.0.0.1:{port}/")
    [(headers, body)] = heard
    Webhook(SECRET).verify(body, headers)
    assert headers["webhook-id"] == "evt_1"
    assert headers["content-type"] == "application/cloudevents+json; charset=UTF-8"
