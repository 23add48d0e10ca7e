"""The headers of every route in every kind of answer, and whether the pages keep to their own policy."""

from __future__ import annotations

import itertools
import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.middleware import DOCUMENT_PATHS, WIDGET_PATH
from api.site_pages import PAGES
from tests.api.every_call import METHODS, every_call
from tests.api.fakes import FakeAssistant
from tests.api.html import Html
from tests.api.installation import NO_LIMITS, installation
from tests.own_settings import own_settings

TLS = {"PUBLIEK_ADRES": "https://hulp.example.nl"}
SITE = "https://www.example.nl"
"""A site on the list of CORS_ORIGINS."""
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy_of(answer) -> dict[str, str]:
    directives = answer.headers["content-security-policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


def safe(answer, path: str, over_tls: bool = True) -> None:
    """What holds for every answer, whatever it is."""
    headers = answer.headers
    assert len(headers.get_list("content-security-policy")) == 1 and policy_of(answer) == POLICY, path
    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY", path
    assert headers["referrer-policy"] == "no-referrer", path
    assert headers["cross-origin-opener-policy"] == "same-origin", path
    assert "geolocation=()" in headers["permissions-policy"], path
    assert headers.get("strict-transport-security") == ("max-age=31536000" if over_tls else None), path
    assert "server" not in headers and "x-powered-by" not in headers, path
    is_file = path == WIDGET_PATH or path.startswith("/static/")
    assert headers["cache-control"] == ("no-cache" if is_file else "no-store"), path
    allowed = headers.get("access-control-allow-origin")
    assert allowed in ((None, "*") if path == WIDGET_PATH or path in DOCUMENT_PATHS else (None, SITE)), path
    assert "access-control-allow-credentials" not in headers, path
    for cookie in headers.get_list("set-cookie"):
        parts = {part.lower() for part in cookie.split("; ")[1:]}
        assert cookie.startswith("__Host-") and {"httponly", "secure", "path=/"} <= parts, path
        assert parts & {"samesite=strict", "samesite=lax"} and not any("domain" in part for part in parts), (
            path
        )


@pytest.fixture(scope="module")
def whole():
    """An installation with everything, and its client."""
    made = installation(FakeAssistant(), CORS_ORIGINS=SITE, CONTACT_EMAIL="a@example.nl")
    with TestClient(made.app, raise_server_exceptions=False, base_url="https://hulp.example.nl") as client:
        yield made, client


ALL = (*METHODS, "HEAD", "OPTIONS", "TRACE")


def test_every_route_in_every_method_has_them(whole):
    """200, 401, 404, 405, 422 and what else comes: each path with each method, with and without a key."""
    made, client = whole
    paths = {path for _, path in every_call(made.app)} | {"/static/site.css", "/static/nergens", "/nergens"}
    seen = set()
    for path, method in itertools.product(sorted(paths), ALL):
        for headers in ({}, {"Origin": SITE}, {"Origin": "https://elders.example"}):
            answer = client.request(method, path, headers=headers, follow_redirects=False)
            seen.add(answer.status_code)
            safe(answer, path)
    assert {200, 401, 404, 405, 422} <= seen and 500 not in seen


def test_a_signed_in_front_desk_has_them(whole):
    made, client = whole
    cookies = {"Cookie": f"__Host-balie={made.session}"}
    for path in ("/balie", "/v1/balie/sessie", "/v1/balie/aanmeldingen"):
        safe(client.get(path, headers=cookies), path)
    signed_in = client.post("/v1/balie/sessies", json={"token": made.practice})
    assert signed_in.status_code == 201 and signed_in.headers["set-cookie"]
    safe(signed_in, "/v1/balie/sessies")


def test_preflights_have_them(whole):
    _, client = whole
    for origin in (SITE, "https://elders.example", "null"):
        for path in ("/v1/triage", "/v1/balie/sessies", "/nergens"):
            headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            safe(client.options(path, headers=headers), path)


REFUSED = {
    400: lambda client: client.get("/v1/initiatieven?zoek=%ff"),
    413: lambda client: client.post("/v1/triage", content=b"a" * 70_000),
    414: lambda client: client.get("/" + "a" * 9_000),
    431: lambda client: client.get("/", headers={"X": "a" * 17_000}),
}


@pytest.mark.parametrize("status", REFUSED)
def test_what_is_refused_before_any_route_has_them(whole, status):
    answer = REFUSED[status](whole[1])
    assert answer.status_code == status
    safe(answer, "/refused")


def test_an_error_of_ours_and_too_many_requests_have_them():
    assistant = FakeAssistant()
    settings = own_settings(**{**NO_LIMITS, **TLS, "RATE_LIMIT_ADRES": "1/hour"})
    with TestClient(create_app(settings, assistant), raise_server_exceptions=False) as client:
        assistant.ready = RuntimeError("nobody foresaw this")  # not callable
        paths = ("/ready", "/v1/initiatieven", "/v1/initiatieven")
        answers = [client.get(path) for path in paths]
        assert [answer.status_code for answer in answers] == [500, 200, 429]
        for path, answer in zip(paths, answers, strict=True):
            safe(answer, path)


@pytest.mark.parametrize("public", ["", "http://hulp.example.nl"])
def test_over_http_nothing_forbids_http(public):
    with TestClient(create_app(own_settings(PUBLIEK_ADRES=public), FakeAssistant())) as client:
        for path in ("/", "/health", "/nergens", "/static/site.css"):
            safe(client.get(path), path, over_tls=False)


def test_the_names_of_libraries_and_versions_stay_in(whole):
    _, client = whole
    for path in ("/", "/health", "/nergens", "/v1/triage"):
        values = " ".join(client.get(path).headers.values()).lower()
        assert not re.search(r"uvicorn|starlette|fastapi|python|rasa|sanic", values), path


SHOWN = (
    "/",
    "/voorbeeld-knop",
    "/balie",
    "/integratie",
    "/docs",
    "/aanmelden",
    "/aanmelden/intrekken",
    "/chat",
)


@pytest.mark.parametrize("path", SHOWN)
def test_a_page_keeps_to_its_policy(whole, path):
    """Nothing inline, nothing from elsewhere: what the policy would block is not there."""
    answer = whole[1].get(path)
    if answer.status_code == 404:
        pytest.skip("no such page")
    html = Html(answer.text)
    assert (
        not html.all("style") and not html.all("base") and not html.all("iframe") and not html.all("object")
    )
    for tag, attributes in html.found:
        assert "style" not in attributes, (tag, attributes)
        assert not any(name.startswith("on") or name == "srcdoc" for name in attributes), (tag, attributes)
        for name in ("src", "action", "formaction", "data", "poster"):
            assert attributes.get(name, "/").startswith("/"), (tag, attributes)
        assert not any(str(value).strip().lower().startswith("javascript:") for value in attributes.values())
        if tag == "link" and "stylesheet" in attributes.get("rel", ""):
            assert attributes["href"].startswith("/")
    assert all(attributes.get("src") for attributes in html.all("script"))


STYLES = sorted((PAGES / "static").glob("*.css"))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_style_sheet_loads_nothing_that_the_policy_blocks(style):
    text = style.read_text(encoding="utf-8")
    assert "@import" not in text and "@font-face" not in text
    assert all(address.strip("'\"").startswith("/") for address in re.findall(r"url\(([^)]*)\)", text))


def test_the_built_scripts_need_no_eval(whole):
    """A policy without unsafe-eval: the scripts that we serve call none of what it forbids."""
    _, client = whole
    for path in (WIDGET_PATH, "/balie/balie.js"):
        answer = client.get(path)
        if answer.status_code == 200:
            assert not re.search(r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]", answer.text), path
