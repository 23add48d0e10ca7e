from __future__ import annotations

import pytest

from tests.api.conftest import assert_problem

PATH = "/widget/sociale-triage.js"
CODE = "// de chat: één bestand\n"


@pytest.fixture
def built(monkeypatch, tmp_path):
    """A built script in a folder of its own."""
    file = tmp_path / "sociale-triage.js"
    file.write_text(CODE, encoding="utf-8")
    monkeypatch.setattr("api.built_scripts.BUILT", tmp_path)
    return file


def test_the_script_comes_as_it_was_built(client, built):
    answer = client.get(PATH)
    assert answer.status_code == 200 and answer.content == CODE.encode()
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


def test_a_page_of_any_site_may_load_it(client, built):
    headers = client.get(PATH, headers={"Origin": "https://www.terneuzen.nl"}).headers
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in headers and headers["x-content-type-options"] == "nosniff"


def test_also_where_the_server_knows_some_origins(serve, built):
    client = serve(CORS_ORIGINS="https://www.terneuzen.nl")
    for origin in ("https://www.terneuzen.nl", "https://www.example.nl"):
        assert client.get(PATH, headers={"Origin": origin}).headers["access-control-allow-origin"] == "*"


def test_browsers_ask_every_time_and_get_it_once(client, built):
    first = client.get(PATH)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(PATH, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert again.headers["access-control-allow-origin"] == "*"


def test_head_says_the_same_without_the_script(client, built):
    answer = client.head(PATH)
    assert answer.status_code == 200 and not answer.content
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


def test_a_server_without_the_script_says_so(client, built):
    built.unlink()
    problem = assert_problem(client.get(PATH), 404, "widget-ontbreekt")
    assert "bouwen" in problem["detail"]


def test_nothing_else_may_be_read_by_any_site(client, built):
    for path in ("/", "/health", "/static/site.css", "/widget/zonder-javascript", "/widget/anders.js"):
        headers = client.get(path, headers={"Origin": "https://www.terneuzen.nl"}).headers
        assert "access-control-allow-origin" not in headers
        assert "cross-origin-resource-policy" not in headers
