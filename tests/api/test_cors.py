"""Pages of other sites call the API only when their origin is named, and never the front desk."""

from __future__ import annotations

import pytest

from tests.api.conftest import assert_problem
from tests.api.every_call import every_call

SITE, OTHER = "https://www.example.nl", "https://kwaad.example"
OPEN = ("/openapi.json", "/v1/openapi.json", "/widget/sociale-triage.js")
"""For the pages of any site."""


def preflight(client, path: str, origin: str = SITE, method: str = "POST", headers: str = "content-type"):
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
    }
    return client.options(path, headers=asked)


@pytest.fixture
def listed(serve):
    return serve(CORS_ORIGINS=SITE)


@pytest.mark.parametrize("header", ["content-type", "authorization", "idempotency-key", "x-request-id"])
def test_a_named_site_may_ask(listed, header):
    headers = preflight(listed, "/v1/triage", headers=header).headers
    assert headers["access-control-allow-origin"] == SITE and "Origin" in headers["vary"]
    assert header in headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in headers


def test_what_its_script_may_read(listed):
    headers = listed.post("/v1/triage", json={}, headers={"Origin": SITE}).headers
    assert headers["access-control-allow-origin"] == SITE
    exposed = {name.strip() for name in headers["access-control-expose-headers"].split(",")}
    assert exposed == {"API-Version", "Retry-After", "X-Request-ID"}


@pytest.mark.parametrize(
    "asked", [{"origin": OTHER}, {"method": "PUT"}, {"headers": "x-anders"}, {"origin": "null"}]
)
def test_anything_else_is_a_problem(listed, asked):
    answer = preflight(listed, "/v1/triage", **asked)
    assert_problem(answer, 403, "site-niet-toegelaten")
    assert "access-control-allow-credentials" not in answer.headers


def test_without_a_list_no_site_may_ask(client):
    assert_problem(preflight(client, "/v1/triage"), 405)


def test_every_route_keeps_other_sites_and_cookies_out(listed):
    for method, path in every_call(listed.app):
        answer = listed.request(method, path, headers={"Origin": OTHER, "Cookie": "a=b"})
        allowed = answer.headers.get("access-control-allow-origin")
        assert allowed == ("*" if path in OPEN else None), path
        assert "access-control-allow-credentials" not in answer.headers, path


def test_every_route_outside_the_api_and_of_the_front_desk_is_for_our_own_pages_alone(listed):
    for method, path in every_call(listed.app):
        if path in OPEN:
            continue
        ours_alone = not path.startswith("/v1/") or path.startswith("/v1/balie")
        answer = listed.request(method, path, headers={"Origin": SITE})
        assert ("access-control-allow-origin" in answer.headers) is not ours_alone, path
        asked = preflight(listed, path, method=method)
        assert ("access-control-allow-origin" in asked.headers) is not ours_alone, path
