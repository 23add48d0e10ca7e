"""Everything that can be wrong with a request is a problem+json that repeats nothing of it."""

from __future__ import annotations

import pytest

from tests.api.conftest import assert_problem

SECRET = "Kwetsbaar verhaal"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (f'{{"tekst": "{SECRET}"', 400),
        (b'{"tekst": "\xff\xfe"}', 400),
        ("[" * 20000, 400),
        (f'"{SECRET}"', 422),
        (f'["{SECRET}"]', 422),
        ("", 422),
        ("null", 422),
        ('{"tekst": null}', 422),
        ('{"tekst": 12}', 422),
        (f'{{"tekst": ["{SECRET}"]}}', 422),
        (f'{{"tekst": "hoi", "{SECRET}": 1}}', 422),
        (f'{{"tekst": "hoi", "kanaal": "{SECRET}"}}', 422),
        (f'{{"tekst": "hoi", "plaats": "{SECRET * 20}"}}', 422),
    ],
)
def test_a_wrong_body(client, body, status):
    headers = {"Content-Type": "application/json"}
    answer = client.post("/v1/triage", content=body, headers=headers)
    assert_problem(answer, status)
    assert SECRET not in answer.text


def test_a_wrong_field_is_named_when_it_is_ours(client):
    problem = assert_problem(client.post("/v1/triage", json={"tekst": "hoi", "kanaal": "x"}), 422, "invoer")
    assert problem["fouten"] == [{"veld": "kanaal", "melding": "Deze waarde kan niet."}]
    problem = assert_problem(client.post("/v1/triage", json={"tekst": "hoi", SECRET: 1}), 422, "invoer")
    assert problem["fouten"] == [{"veld": None, "melding": "Een veld is niet bekend."}]


def test_plain_text_is_no_json(client):
    answer = client.post("/v1/triage", content=SECRET, headers={"Content-Type": "text/plain"})
    assert_problem(answer, 422)
    assert SECRET not in answer.text


@pytest.mark.parametrize("path", ["/balies", "/widget/anders.js", "/v1", "/v1/triage/", f"/{SECRET}"])
def test_an_unknown_path(client, path):
    answer = client.get(path)
    assert_problem(answer, 404, "niet-gevonden")
    assert SECRET not in answer.text


def test_a_wrong_method(client):
    answer = client.get("/v1/triage")
    assert_problem(answer, 405)
    assert answer.headers["allow"] == "POST"


def test_a_path_with_several_routes_names_the_methods_of_all(client):
    problem = client.put("/v1/balie/aanmeldingen")
    assert_problem(problem, 405)
    assert problem.headers["allow"] == "GET, POST"
    assert client.put("/static/site.css").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("limit", ["0", "51", "x", ""])
def test_a_wrong_query(client, limit):
    problem = assert_problem(client.get("/v1/initiatieven", params={"limiet": limit}), 422, "invoer")
    assert problem["fouten"][0]["veld"] == "limiet"


def test_a_body_that_says_it_is_too_large(client):
    for size in (70_000, 3_000_000):
        problem = assert_problem(client.post("/v1/triage", json={"tekst": "a" * size}), 413, "te-groot")
        assert "112" in problem["detail"]


def test_a_body_that_turns_out_too_large(client):
    def stream():
        yield b'{"tekst": "'
        for _ in range(100):
            yield b"a" * 1000

    assert_problem(client.post("/v1/triage", content=stream()), 413)


def test_the_body_limit_is_a_setting(serve):
    client = serve(MAX_BODY_BYTES="1024")
    assert client.post("/v1/triage", json={"tekst": "a" * 900}).status_code == 200
    assert_problem(client.post("/v1/triage", json={"tekst": "a" * 1100}), 413)
