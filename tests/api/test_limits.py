"""Whatever is too long, too deep or no text is refused with a reason, and never with an error of ours."""

from __future__ import annotations

import gzip

import pytest
from starlette.testclient import TestClient

from api import middleware
from tests.api.conftest import assert_problem
from tests.api.every_call import operations

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DANGER = "ik wil dood"


@pytest.fixture
def paths(client, conversation) -> list[str]:
    """Every path that takes JSON."""
    described = client.get("/openapi.json").json()
    identifier = conversation.split("/")[3]
    return [
        path.replace("{gesprekId}", identifier)
        for path, _, operation in operations(described)
        if "requestBody" in operation
    ]


def refused(answer) -> None:
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:200])
    assert_problem(answer, answer.status_code)


NESTED = {
    "objects": lambda depth: b'{"a":' * depth + b"1" + b"}" * depth,
    "lists": lambda depth: b"[" * depth + b"]" * depth,
    "a text": lambda depth: b'{"tekst":' + b"[" * depth + b"]" * depth + b"}",
    "never closed": lambda depth: b'{"a":[' * depth,
}


@pytest.mark.parametrize("depth", [50, 950, 10_000])
@pytest.mark.parametrize("kind", NESTED)
def test_deep_json_is_refused(client, paths, kind, depth):
    for path in paths:
        answer = client.post(path, content=NESTED[kind](depth)[:65_000], headers=JSON)
        if path.startswith("/webhooks") and answer.status_code == 200:
            continue  # Rasa's REST channel lets clients send more than it reads
        refused(answer)


STRANGE = {
    "NaN": b'{"tekst": NaN}',
    "infinity": b'{"tekst": -Infinity}',
    "a number past a float": b'{"tekst": 1e999}',
    "a number of 6,000 digits": b'{"tekst": ' + b"9" * 6000 + b"}",
    "a lone surrogate": b'{"tekst": "\\ud800"}',
    "no UTF-8": b'{"tekst": "\xff"}',
    "something after it": b'{"tekst": "a"}\x00',
    "a NUL alone": b'{"tekst": "\\u0000"}',
    "null": b"null",
    "nothing": b"",
    "a list": b'["tekst"]',
    "a text": b'"tekst"',
    "a comment": b'{"tekst": "a"} // b',
}


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_json_is_refused(client, kind):
    refused(client.post("/v1/triage", content=STRANGE[kind], headers=JSON))


def test_of_two_members_with_one_name_the_last_counts(client):
    """There is one reader of JSON, so nothing that was screened differs from what is answered."""
    longest = b'"' + b"a" * 2001 + b'"'
    for first, last, status in ((longest, b'"hallo"', 200), (b'"hallo"', longest, 422)):
        body = b'{"tekst": ' + first + b', "tekst": ' + last + b"}"
        assert client.post("/v1/triage", content=body, headers=JSON).status_code == status


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", FORM["Content-Type"], "x"]
)
def test_json_under_another_content_type_is_refused(client, kind):
    """A form of another site can send those without asking, so none of them counts as JSON."""
    refused(client.post("/v1/triage", content=b'{"tekst": "a"}', headers={"Content-Type": kind}))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_nothing_is_unpacked(client, coding):
    """No bomb can grow: 10 MB packed in 10 kB is read as 10 kB that is no JSON."""
    bomb = gzip.compress(b'{"tekst": "' + b"a" * 10_000_000 + b'"}')
    answer = client.post("/v1/triage", content=bomb, headers={**JSON, "Content-Encoding": coding})
    assert len(bomb) < 65_536
    assert_problem(answer, 400, "onleesbaar")


def test_a_form_of_too_many_fields_is_refused_in_peace(client):
    for body in (
        b"&".join(b"a%d=1" % number for number in range(6000)),
        b"wens=" + b"a" * 60_000,
        b"&" * 9000,
    ):
        answer = client.post("/aanmelden", content=body, headers=FORM)
        assert answer.status_code < 500 and "text/html" in answer.headers["content-type"]


def test_a_form_with_files_is_read_as_an_empty_form(client):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n' + b"c" * 9000 + b"\r\n--x--"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = client.post("/aanmelden", content=body, headers=headers)
    assert answer.status_code < 500 and "text/html" in answer.headers["content-type"]


def test_more_bytes_than_allowed_are_refused_at_every_path(client, paths):
    for path in (*paths, "/aanmelden", "/nergens"):
        assert_problem(client.post(path, content=b"a" * 65_537, headers=JSON), 413, "te-groot")


def test_a_list_of_very_many_items_is_refused_or_ignored(client, paths):
    for path in paths:
        body = b'{"tekst": "a", "keuze": [' + b",".join([b'"a"'] * 10_000) + b"]}"
        answer = client.post(path, content=body, headers=JSON)
        assert answer.status_code < 500


def test_danger_in_a_text_that_is_too_long_still_gets_its_answer(serve):
    client = serve(MAX_BERICHT_TEKENS="20")
    answer = client.post("/v1/triage", json={"tekst": f"{DANGER} " + "a" * 30})
    problem = assert_problem(answer, 422, "tekst-te-lang")
    assert problem["maximum"] == 20


HOSTS = (
    "example.nl/x?y=",
    "example.nl#",
    "a@b.nl",
    "exa mple.nl",
    "[::1",
    "example.nl:",
    "example.nl:99999999",
    "",
    "é.nl",
    "a" * 300,
)


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_none_is_refused(client, host):
    for path in ("/", "/balie", "/integratie", "/v1/balie/sessie"):
        answer = client.get(path, headers={"Host": host.encode("utf-8")})
        assert_problem(answer, 400, "adres-onleesbaar")


@pytest.mark.parametrize(
    "host", ["hulp.example.nl", "hulp.example.nl:8443", "127.0.0.1:8000", "[::1]:8000", "app_1"]
)
def test_a_host_that_is_one_is_served(client, host):
    assert client.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", ["@google.com", "*", "http://elders.example/", "."])
def test_an_address_without_a_slash_is_refused(client, path):
    scope = {"method": "GET", "path": path, "raw_path": path.encode()}
    assert_problem(asked_as(client, scope), 400, "adres-onleesbaar")


def asked_as(client, changed: dict):
    """The answer to a request whose scope is as a raw client would make it."""
    app = client.app

    async def raw(scope, receive, send):
        await app({**scope, **changed} if scope["type"] == "http" else scope, receive, send)

    return TestClient(raw).get("/")


def test_an_address_that_is_too_long_is_refused(client):
    for path in ("/" + "a" * 9000, "/v1/initiatieven?zoek=" + "a" * 9000, "/?" + "&".join(["a=1"] * 3000)):
        assert_problem(client.get(path), 414)


def test_too_many_or_too_large_headers_are_refused(client):
    many = {f"X-{number}": "a" for number in range(middleware.MAXIMUM_HEADERS)}
    assert_problem(client.get("/health", headers=many), 431)
    assert_problem(client.get("/health", headers={"Cookie": "a" * 17_000}), 431)
    assert client.get("/health", headers={"Cookie": "a" * 8_000}).status_code == 200
