"""Signing in at the front desk through a real, certified OpenID Connect provider on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.access.tokens import PRACTICE
from api.app import create_app
from tests.api.fakes import FakeAssistant
from tests.oidc.real_provider import CLIENT_ID, CLIENT_SECRET, running_provider, sign_in_there
from tests.own_settings import own_settings

OURS = "http://127.0.0.1:8000"
AWAY, BACK, CURRENT = f"{OURS}/balie/inloggen", f"{OURS}/balie/inloggen/terug", "/v1/balie/sessies/huidige"
PRACTICE_NAME = "Praktijk De Linde"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running_provider() as issuer:
        yield issuer


def app_for(issuer: str, **environ: str):
    settings = own_settings(
        OIDC_UITGEVER=issuer, OIDC_CLIENT_ID=CLIENT_ID, OIDC_CLIENT_SECRET=CLIENT_SECRET, **environ
    )
    return create_app(settings, FakeAssistant())


@pytest.fixture
def client(issuer) -> Iterator[TestClient]:
    with TestClient(app_for(issuer), base_url=OURS, follow_redirects=False) as client:
        client.app.state.tokens.make(PRACTICE, PRACTICE_NAME, "Zeist")
        yield client


def noted(client: TestClient) -> list[str]:
    return [line.action for line in client.app.state.audit.lines()]


def assert_nobody_is_in(client: TestClient, answer, reason: str) -> None:
    assert (answer.status_code, answer.headers["location"]) == (303, f"/balie?fout={reason}")
    assert client.get(CURRENT).status_code == 401
    assert not client.cookies


def test_a_practice_signs_in_by_its_name(client):
    leaving = client.get(AWAY)
    assert leaving.status_code == 303
    returning = client.get(sign_in_there(leaving.headers["location"], PRACTICE_NAME, BACK))
    assert (returning.status_code, returning.headers["location"]) == (303, "/balie")
    assert client.get(CURRENT).json()["praktijk"] == {"naam": PRACTICE_NAME, "gemeente": "Zeist"}
    assert list(client.cookies) == ["balie"], "what was kept for the way is gone"
    assert noted(client) == ["ingelogd"]


def test_a_practice_signs_in_by_its_id_and_is_out_at_once_when_revoked(client):
    tokens = client.app.state.tokens
    holder = tokens.all(PRACTICE)[0]
    client.get(sign_in_there(client.get(AWAY).headers["location"], holder.id, BACK))
    assert client.get(CURRENT).status_code == 200
    tokens.revoke(holder.id)
    assert client.get(CURRENT).status_code == 401


def test_what_is_asked_of_the_provider(client):
    leaving = client.get(AWAY)
    asked = {name: value for name, [value] in parse_qs(urlsplit(leaving.headers["location"]).query).items()}
    assert (asked["response_type"], asked["scope"], asked["redirect_uri"]) == ("code", "openid", BACK)
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 43 and len(asked["nonce"]) >= 43
    kept = leaving.headers["set-cookie"]
    assert not any(asked[secret] in kept for secret in ("state", "nonce", "code_challenge"))
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=600"} <= set(kept.split("; "))
    again = client.get(AWAY).headers["location"]
    assert not any(asked[secret] in again for secret in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize("who", ["Praktijk Onbekend", "praktijk de linde", "pra-0f1e2d3c4b5a"])
def test_an_unknown_practice_is_refused(client, who):
    answer = client.get(sign_in_there(client.get(AWAY).headers["location"], who, BACK))
    assert_nobody_is_in(client, answer, "onbekend")
    assert noted(client) == ["inloggen_mislukt"]


def test_a_name_that_two_practices_have_is_refused(client):
    client.app.state.tokens.make(PRACTICE, PRACTICE_NAME, "Ede")
    answer = client.get(sign_in_there(client.get(AWAY).headers["location"], PRACTICE_NAME, BACK))
    assert_nobody_is_in(client, answer, "onbekend")


def test_a_wrong_state_is_refused(client):
    goal = sign_in_there(client.get(AWAY).headers["location"], PRACTICE_NAME, BACK)
    for wrong in (re.sub(r"state=[^&]+", "state=anders", goal), re.sub(r"state=[^&]+&?", "", goal)):
        client.get(AWAY)
        assert_nobody_is_in(client, client.get(wrong), "verlopen")


def test_a_wrong_nonce_is_refused(client):
    address = re.sub(r"nonce=[^&]+", "nonce=anders", client.get(AWAY).headers["location"])
    answer = client.get(sign_in_there(address, PRACTICE_NAME, BACK))
    assert_nobody_is_in(client, answer, "ongeldig")
    assert noted(client) == ["inloggen_mislukt"]


def test_another_browser_cannot_finish(client):
    goal = sign_in_there(client.get(AWAY).headers["location"], PRACTICE_NAME, BACK)
    client.cookies.clear()
    assert_nobody_is_in(client, client.get(goal), "verlopen")


def test_a_code_works_once(client):
    goal = sign_in_there(client.get(AWAY).headers["location"], PRACTICE_NAME, BACK)
    kept = client.cookies["balie-inloggen"]
    assert client.get(goal).headers["location"] == "/balie"
    client.cookies.clear()
    client.cookies.set("balie-inloggen", kept, domain="127.0.0.1")
    assert_nobody_is_in(client, client.get(goal), "ongeldig")


def test_a_code_of_another_sign_in_fails_on_pkce(client):
    stolen = re.search(
        r"code=([^&]+)", sign_in_there(client.get(AWAY).headers["location"], PRACTICE_NAME, BACK)
    )
    own = sign_in_there(client.get(AWAY).headers["location"], PRACTICE_NAME, BACK)
    answer = client.get(re.sub(r"code=[^&]+", f"code={stolen[1]}", own))
    assert_nobody_is_in(client, answer, "ongeldig")


def test_another_issuer_in_the_answer_is_refused(client):
    goal = sign_in_there(client.get(AWAY).headers["location"], PRACTICE_NAME, BACK)
    assert "iss=" in goal
    answer = client.get(re.sub(r"iss=[^&]+", "iss=https%3A%2F%2Fkwaad.example", goal))
    assert_nobody_is_in(client, answer, "ongeldig")


def test_saying_no_at_the_provider_is_no_error_of_ours(client):
    state = parse_qs(urlsplit(client.get(AWAY).headers["location"]).query)["state"][0]
    answer = client.get(f"{BACK}?error=access_denied&state={state}")
    assert_nobody_is_in(client, answer, "geweigerd")
    assert noted(client) == []


def test_wrong_ones_count_with_the_wrong_tokens(issuer):
    with TestClient(
        app_for(issuer, RATE_LIMIT_INLOGGEN="2/15 minutes"), base_url=OURS, follow_redirects=False
    ) as client:
        _, token = client.app.state.tokens.make(PRACTICE, PRACTICE_NAME, "Zeist")
        for _ in range(2):
            state = parse_qs(urlsplit(client.get(AWAY).headers["location"]).query)["state"][0]
            assert_nobody_is_in(client, client.get(f"{BACK}?code=geraden&state={state}"), "ongeldig")
        assert client.post("/v1/balie/sessies", json={"token": token}).status_code == 429
        answer = client.get(sign_in_there(client.get(AWAY).headers["location"], PRACTICE_NAME, BACK))
        assert_nobody_is_in(client, answer, "te-vaak")


def test_a_provider_that_is_down_is_said_at_both_steps():
    with running_provider() as issuer:
        app = app_for(issuer)
        client = TestClient(app, base_url=OURS, follow_redirects=False)
        app.state.tokens.make(PRACTICE, PRACTICE_NAME, "Zeist")
        goal = sign_in_there(client.get(AWAY).headers["location"], PRACTICE_NAME, BACK)
    assert_nobody_is_in(client, client.get(goal), "onbereikbaar")
    assert_nobody_is_in(client, client.get(AWAY), "onbereikbaar")


def test_over_https_the_cookies_are_of_this_host_alone(issuer):
    app = app_for(issuer, PUBLIEK_ADRES="https://hulp.example.nl")
    with TestClient(app, base_url=OURS, follow_redirects=False) as client:
        said = client.get(AWAY).headers["set-cookie"]
    assert said.startswith("__Host-balie-inloggen=") and "Secure" in said.split("; ")
