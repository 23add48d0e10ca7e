"""Signing in and out at the front desk over HTTP: the cookie, the lock, other sites, the audit."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.access.session_store import Sessions
from api.access.tokens import CLIENT, PRACTICE
from api.app import create_app
from tests.access.clock import Clock
from tests.api.conftest import assert_problem
from tests.own_settings import own_settings

SESSIONS, CURRENT, ACTIONS = "/v1/balie/sessies", "/v1/balie/sessies/huidige", "/v1/balie/handelingen"
COPIED = {"handeling": "his_gekopieerd"}


@pytest.fixture
def practice(client) -> str:
    """The token of a practice of the server behind `client`."""
    return token_of(client)


def token_of(client: TestClient, name: str = "Praktijk De Linde") -> str:
    return client.app.state.tokens.make(PRACTICE, name, "Zeist")[1]


def sign_in(client: TestClient, token: str, **headers: str):
    return client.post(SESSIONS, json={"token": token}, headers=headers)


def noted(client: TestClient) -> list[str]:
    return [line.action for line in client.app.state.audit.lines()]


def test_a_practice_signs_in_is_in_and_signs_out(client, practice):
    answer = sign_in(client, f" {practice}\n")
    assert answer.status_code == 201
    assert answer.json()["praktijk"] == {"naam": "Praktijk De Linde", "gemeente": "Zeist"}
    assert answer.json()["verlooptOp"].endswith("+00:00")
    assert client.get(CURRENT).json()["praktijk"]["naam"] == "Praktijk De Linde"
    assert client.delete(CURRENT).status_code == 204
    assert not client.cookies
    assert_problem(client.get(CURRENT), 401, "niet-ingelogd")
    assert noted(client) == ["ingelogd", "uitgelogd"]


def test_signing_out_twice_is_no_error(client, practice):
    assert client.delete(CURRENT).status_code == client.delete(CURRENT).status_code == 204
    assert noted(client) == []


def test_a_session_that_was_signed_out_does_not_come_back(client, practice):
    sign_in(client, practice)
    stolen = dict(client.cookies)
    client.delete(CURRENT)
    client.cookies.update(stolen)
    assert client.get(CURRENT).status_code == 401


def test_signing_in_again_ends_the_session_before(client, practice):
    sign_in(client, practice)
    before = client.cookies["balie"]
    sign_in(client, practice)
    assert client.cookies["balie"] != before
    assert client.app.state.sessions.look(before) is None


@pytest.mark.parametrize(
    ("base", "public", "name", "secure"),
    [
        ("http://testserver", "", "balie", False),
        ("https://testserver", "", "__Host-balie", True),
        ("http://testserver", "https://hulp.example.nl", "__Host-balie", True),
        ("http://testserver", "http://hulp.example.nl", "balie", False),
    ],
)
def test_the_cookie_is_for_this_host_and_no_script(assistant, base, public, name, secure):
    app = create_app(own_settings(PUBLIEK_ADRES=public), assistant)
    with TestClient(app, base_url=base) as client:
        said = sign_in(client, token_of(client)).headers["set-cookie"]
    parts = said.split("; ")
    assert parts[0].startswith(f"{name}=")
    assert {part.lower() for part in parts[1:]} == {"httponly", "path=/", "samesite=strict"} | (
        {"secure"} if secure else set()
    )


@pytest.mark.parametrize("wrong", ["", "st_", "niets", "st_0f1e2d3c4b5a_" + "A" * 43, "x" * 200])
def test_a_wrong_token_is_refused_without_saying_why(client, practice, wrong):
    problem = assert_problem(sign_in(client, wrong), 401, "inloggen-mislukt")
    assert problem.keys() == {"type", "title", "status", "detail", "instance"}
    assert "set-cookie" not in sign_in(client, wrong).headers
    assert set(noted(client)) == {"inloggen_mislukt"}


def test_every_refusal_is_the_same(client, practice):
    state = client.app.state
    revoked = token_of(client, "Weg")
    state.tokens.revoke(state.tokens.accept(revoked, PRACTICE).holder.id)
    changed = practice[:-2] + ("A" if practice[-2] != "A" else "B") + practice[-1]
    wrong = [revoked, changed, state.tokens.make(CLIENT, "Koppeling")[1], "onzin"]
    answers = [sign_in(client, token) for token in wrong]
    assert len({(answer.status_code, answer.text.partition(',"instance"')[0]) for answer in answers}) == 1


def test_a_token_that_is_too_long_is_not_repeated(client):
    answer = sign_in(client, "GEHEIM" * 100)
    assert_problem(answer, 422, "invoer")
    assert "GEHEIM" not in answer.text


def test_wrong_ones_lock_the_address_also_for_the_right_token(assistant):
    settings = own_settings(RATE_LIMIT_INLOGGEN="3/15 minutes")
    with TestClient(create_app(settings, assistant), client=("192.0.2.1", 1)) as here:
        token = token_of(here)
        for _ in range(3):
            assert sign_in(here, "fout").status_code == 401
        for tried in ("fout", token):
            refused = sign_in(here, tried)
            assert_problem(refused, 429, "te-vaak-fout")
            assert 890 <= int(refused.headers["retry-after"]) <= 900
        elsewhere = TestClient(here.app, client=("192.0.2.2", 1))
        assert sign_in(elsewhere, token).status_code == 201
        assert noted(here) == ["inloggen_mislukt"] * 3 + ["ingelogd"]


def test_right_tokens_are_not_counted(serve):
    client = serve(RATE_LIMIT_INLOGGEN="2/15 minutes")
    token = token_of(client)
    assert {sign_in(client, token).status_code for _ in range(5)} == {201}


def test_a_session_ends_after_the_minutes_of_the_setting(client, practice):
    clock = Clock()
    client.app.state.sessions = Sessions(client.app.state.database, client.app.state.settings, clock)
    sign_in(client, practice)
    clock.pass_by(minutes=29)
    assert client.post(ACTIONS, json=COPIED).status_code == 204
    clock.pass_by(minutes=29)
    assert client.get(CURRENT).status_code == 200
    clock.pass_by(minutes=1)
    assert_problem(client.get(CURRENT), 401, "niet-ingelogd")
    assert_problem(client.post(ACTIONS, json=COPIED), 401, "niet-ingelogd")


def test_revoking_ends_the_session_at_once(client, practice):
    sign_in(client, practice)
    tokens = client.app.state.tokens
    tokens.revoke(tokens.accept(practice, PRACTICE).holder.id)
    assert client.get(CURRENT).status_code == client.post(ACTIONS, json=COPIED).status_code == 401


@pytest.mark.parametrize("action", ["his_gekopieerd", "meegegeven"])
def test_what_is_done_in_the_browser_is_noted(client, practice, action):
    sign_in(client, practice)
    assert client.post(ACTIONS, json={"handeling": action}).status_code == 204
    line = client.app.state.audit.lines()[-1]
    assert (line.action, line.holder_kind, line.subject) == (action, "praktijk", None)


@pytest.mark.parametrize("action", ["ingelogd", "vraag", "aanmelding_gemaakt", "mevrouw Jansen"])
def test_nothing_else_can_be_noted_from_the_browser(client, practice, action):
    sign_in(client, practice)
    answer = client.post(ACTIONS, json={"handeling": action})
    assert_problem(answer, 422, "invoer")
    assert "Jansen" not in answer.text and noted(client) == ["ingelogd"]


OTHER_SITES = [
    {"origin": "https://kwaad.example"},
    {"origin": "null"},
    {"origin": "https://testserver"},
    {"origin": "http://testserver:81"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    {"sec-fetch-site": "onzin"},
]


@pytest.mark.parametrize("headers", OTHER_SITES, ids=str)
def test_the_page_of_another_site_changes_nothing(client, practice, headers):
    assert_problem(sign_in(client, practice, **headers), 403, "andere-site")
    sign_in(client, practice)
    assert_problem(client.post(ACTIONS, json=COPIED, headers=headers), 403, "andere-site")
    assert_problem(client.delete(CURRENT, headers=headers), 403, "andere-site")
    assert client.get(CURRENT, headers=headers).status_code == 200
    assert noted(client) == ["ingelogd"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://testserver"},
        {"origin": "https://hulp.example.nl"},
        {"sec-fetch-site": "same-origin", "origin": "http://achter-een-proxy.example"},
        {"sec-fetch-site": "none"},
    ],
    ids=str,
)
def test_our_own_pages_and_programs_may(serve, headers):
    client = serve(PUBLIEK_ADRES="https://hulp.example.nl/wegwijzer")
    with TestClient(client.app) as client:
        assert sign_in(client, token_of(client), **headers).status_code == 201


def test_a_desk_on_this_machine_without_practices_is_open(client):
    assert client.get(CURRENT).json() == {"praktijk": None, "verlooptOp": None}
    assert client.post(ACTIONS, json=COPIED).status_code == 204
    token_of(client)
    assert_problem(client.get(CURRENT), 401, "niet-ingelogd")
    assert_problem(client.post(ACTIONS, json=COPIED), 401, "niet-ingelogd")


@pytest.mark.parametrize("environ", [{"OMGEVING": "productie"}, {"HOST": "0.0.0.0"}])
def test_elsewhere_it_never_is(serve, environ):
    client = serve(**environ)
    assert_problem(client.get(CURRENT), 401, "niet-ingelogd")
    assert_problem(client.post(ACTIONS, json=COPIED), 401, "niet-ingelogd")


def test_revoking_the_last_practice_does_not_open_it(client):
    tokens = client.app.state.tokens
    tokens.revoke(tokens.make(PRACTICE, "Weg")[0].id)
    assert client.get(CURRENT).status_code == 401


def test_an_open_desk_refuses_other_sites_too(client):
    answer = client.post(ACTIONS, json=COPIED, headers={"origin": "https://kwaad.example"})
    assert_problem(answer, 403, "andere-site")


def test_without_a_database_nobody_gets_in(serve):
    client = serve(DATABASE_URL="postgresql://balie:GEHEIM@127.0.0.1:1/opslag")
    client.cookies.set("balie", "0f1e2d3c4b5a_" + "A" * 43)
    for answer in (
        sign_in(client, "st_0f1e2d3c4b5a_" + "A" * 43),
        client.get(CURRENT),
        client.delete(CURRENT),
    ):
        assert_problem(answer, 503, "storing")
        assert "GEHEIM" not in answer.text
