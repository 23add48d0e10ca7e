"""The NL GOV API Design Rules 2.2 (Logius), by the ids of their rules.

https://gitdocumentatie.logius.nl/publicatie/api/adr/. The document is the one at `/v1/openapi.json`, where
the rules want it; what they say of every call is also held against the calls outside `/v1`. The deviations
and the rules that no machine can decide are in docs/api-design-rules.md.
"""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from api.middleware import API_VERSION
from tests.api.conftest import assert_problem
from tests.api.every_call import METHODS, every_call, operations

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|\{[a-z][a-zA-Z0-9]*\}|openapi\.json")
CAMEL = re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*")
SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
A_MOMENT = re.compile(r"(?!letOp|wijstOp).*(Op|[dD]atum|[tT]ijdstip)")
SINGULAR_RESOURCES = {"huidige", "intrekking", "toestemming", "qr-code", "triage", "openapi.json"}
"""Of which there is one: a part of its parent, a document, or an operation (/core/resource-operations)."""
FULL = {
    "PUBLIEK_ADRES": "https://hulp.example.nl",
    "CONTACT_EMAIL": "api@example.nl",
    "GEMEENTE_NAAM": "Gemeente Voorbeeldstad",
    "GEMEENTE_WEBSITE": "https://example.nl",
    "CORS_ORIGINS": "https://www.example.nl",
}


@pytest.fixture
def full(serve):
    """An installation that fills in everything that the rules ask of an operator."""
    return serve(**FULL)


@pytest.fixture
def document(full) -> dict:
    return full.get("/v1/openapi.json").json()


@pytest.fixture
def whole(full) -> dict:
    """The description of the whole server."""
    return full.get("/openapi.json").json()


def test_doc_openapi(document, whole):
    """/core/doc-openapi: version 3, every reference leads somewhere, and there are paths."""
    for one in (document, whole):
        assert re.fullmatch(r"3\.\d+\.\d+", one["openapi"]) and one["paths"]
        for reference in set(re.findall(r'"#/([^"]+)"', json.dumps(one))):
            found = one
            for step in reference.split("/"):
                found = found[step]
            assert found


def test_doc_openapi_contact(document):
    """/core/doc-openapi-contact: name, mail address and address of whoever runs it."""
    contact = document["info"]["contact"]
    assert contact == {
        "name": "Gemeente Voorbeeldstad",
        "url": "https://example.nl",
        "email": "api@example.nl",
    }


@pytest.mark.parametrize("path", ["/v1/openapi.json", "/openapi.json"])
@pytest.mark.parametrize("origin", ["https://elders.example", "https://www.example.nl"])
def test_publish_openapi(full, path, origin):
    """/core/publish-openapi: as JSON, without a token, readable for the pages of any site."""
    answer = full.get(path, headers={"Origin": origin})
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_both_documents_describe_the_same_calls(document, whole):
    """What is under `/v1` is in both, word for word."""
    under = {path: calls for path, calls in whole["paths"].items() if path.startswith("/v1/")}
    assert {f"/v1{path}": calls for path, calls in document["paths"].items()} == under
    assert document["components"] == whole["components"]


def test_uri_version(document, whole, client):
    """/core/uri-version: `v` and the major version end every server address."""
    major = document["info"]["version"].split(".")[0]
    assert [server["url"] for server in document["servers"]] == [f"https://hulp.example.nl/v{major}"]
    assert [server["url"] for server in whole["servers"]] == ["https://hulp.example.nl"]
    assert client.get("/v1/openapi.json").json()["servers"][0]["url"] == f"/v{major}"


def test_semver(document):
    """/core/semver"""
    assert SEMVER.fullmatch(document["info"]["version"])


def test_path_segments_kebab_case(whole):
    """/core/path-segments-kebab-case"""
    for path in whole["paths"]:
        assert all(KEBAB.fullmatch(segment) for segment in path.strip("/").split("/")), path


def test_no_trailing_slash(full, whole):
    """/core/no-trailing-slash: neither in the document nor by a redirect."""
    assert not [path for path in whole["paths"] if path.endswith("/")]
    for method, path in every_call(full.app):
        if path not in ("/", "/webhooks/rest"):  # Rasa's clients ask the second with a slash, too
            assert full.request(method, f"{path}/", follow_redirects=False).status_code == 404, path


def test_naming_collections(document):
    """/core/naming-collections and /core/naming-resources: plural nouns, and no verbs."""
    for path in document["paths"]:
        for segment in path.strip("/").split("/"):
            if not segment.startswith("{") and segment not in {*SINGULAR_RESOURCES, "balie"}:
                assert segment.endswith(("en", "s")), f"{path}: a collection in the plural, or name it above"


def test_query_keys_camel_case(whole):
    """/core/query-keys-camel-case; the parameters in a path and the fields of our objects, too."""
    for path, _, operation in operations(whole):
        for parameter in operation.get("parameters", ()):
            if parameter["in"] in ("query", "path"):
                assert CAMEL.fullmatch(parameter["name"]), f"{path} {parameter['name']}"
    for name, schema in whole["components"]["schemas"].items():
        if not name.startswith("Webhook"):  # Rasa's own names
            assert all(CAMEL.fullmatch(field) for field in schema.get("properties", {})), name


def test_date_time_format(whole):
    """/core/date-time/format: every moment says that it is a date or a date with a time."""
    for name, schema in whole["components"]["schemas"].items():
        for field, detail in schema.get("properties", {}).items():
            if A_MOMENT.fullmatch(field):
                assert detail.get("format") in ("date", "date-time"), f"{name}.{field}"


def test_http_methods(full, whole):
    """/core/http-methods: only the standard ones; another one is a 405 that says which are allowed."""
    for path, method, _ in operations(whole):
        assert method.upper() in METHODS, path
    for path in {path for _, path in every_call(full.app)}:
        for method in ("TRACE", "PROPFIND", "OPTIONS"):
            answer = full.request(method, path)
            assert_problem(answer, 405, "methode")
            assert answer.headers["allow"], path


def test_problem_details(whole):
    """/core/error-handling/problem-details: every documented error is application/problem+json."""
    members = whole["components"]["schemas"]["Probleem"]
    assert {"status", "title", "detail", "type"} <= set(members["required"])
    for path, method, operation in operations(whole):
        for status, response in operation["responses"].items():
            if status >= "400":
                assert list(response["content"]) == ["application/problem+json"], f"{method} {path} {status}"


def test_every_error_is_a_problem(serve, assistant):
    """/core/error-handling/problem-details, in answers: a call that nobody prepared for, at every route."""
    client = serve(OMGEVING="productie")
    assistant.break_with = RuntimeError("stuk")
    pages = {route.path for route in client.app.routes if not getattr(route, "include_in_schema", False)}
    for method, path in every_call(client.app):
        answer = client.request(method, path, content=b"{", headers={"Content-Type": "application/json"})
        if answer.status_code >= 400 and not (
            path in pages and "text/html" in answer.headers["content-type"]
        ):
            assert_problem(answer, answer.status_code)


def test_invalid_input(whole):
    """/core/error-handling/invalid-input: every call that takes something can say 400."""
    for path, method, operation in operations(whole):
        if operation.get("parameters") or "requestBody" in operation:
            assert "400" in operation["responses"], f"{method} {path}"


@pytest.mark.parametrize(
    "address", ["/v1/initiatieven?zoek=%ff", "/v1/initiatieven/%c3%28/meldingen", "/%80"]
)
def test_an_address_that_is_no_text_is_refused(client, address):
    """/core/error-handling/invalid-input: a syntax error is a 400, at every route."""
    assert_problem(client.request("POST", address), 400, "adres-onleesbaar")


def test_all_errors(client):
    """/core/error-handling/all-errors: everything that is wrong is said at once."""
    wrong = {"plaats": 1, "kanaal": "x", "onzin": 1}
    problem = assert_problem(client.post("/v1/triage", json=wrong), 422, "invoer")
    assert [one["veld"] for one in problem["fouten"]] == ["tekst", "plaats", "kanaal", None]


def test_version_header(whole):
    """/core/version-header, in the document."""
    for path, method, operation in operations(whole):
        for response in operation["responses"].values():
            assert {"API-Version", "X-Request-ID"} <= response["headers"].keys(), f"{method} {path}"


def answers_of_every_kind(serve, assistant) -> dict[str, object]:
    """Answers by what they are."""
    client = serve(**FULL, MAX_BODY_BYTES="1024")
    busy = serve(RATE_LIMIT_ADRES="1/hour", **FULL)
    site = {"Origin": "https://www.example.nl", "Access-Control-Request-Method": "POST"}
    other = {**site, "Origin": "https://elders.example"}
    opened = client.post("/v1/gesprekken", json={})
    gone = client.delete(f"/v1/gesprekken/{opened.json()['gesprekId']}")
    busy.get("/v1/initiatieven")
    found = {
        "200": client.get("/v1/initiatieven"),
        "201": opened,
        "204": gone,
        "page": client.get("/"),
        "file": client.get("/static/site.css"),
        "figures": client.get("/metrics"),
        "400": client.post("/v1/triage", content=b"{", headers={"Content-Type": "application/json"}),
        "404": client.get("/nergens"),
        "404 of a file": client.get("/static/nergens"),
        "405": client.get("/v1/triage"),
        "413": client.post("/v1/triage", content=b"x" * 2000),
        "422": client.post("/v1/triage", json={}),
        "429": busy.get("/v1/initiatieven"),
        "preflight": client.options("/v1/triage", headers=site),
        "refused preflight": client.options("/v1/triage", headers=other),
    }
    assistant.break_with = RuntimeError("stuk")
    found["503"] = client.get("/v1/initiatieven")
    assistant.ready = assistant.break_with  # not callable: nobody foresaw this
    found["500"] = client.get("/ready")
    return found


def test_every_answer_has_its_headers(serve, assistant):
    """/core/version-header and /core/transport/security-headers, in answers of every kind."""
    for kind, answer in answers_of_every_kind(serve, assistant).items():
        assert not kind[:3].isdecimal() or kind[:3] == str(answer.status_code), kind
        headers = answer.headers
        assert headers["api-version"] == API_VERSION, kind
        assert re.fullmatch(r"[0-9a-f-]{36}", headers["x-request-id"]), kind
        assert "frame-ancestors 'none'" in headers["content-security-policy"], kind
        assert "default-src 'none'" in headers["content-security-policy"], kind
        assert headers["x-frame-options"] == "DENY", kind
        assert headers["x-content-type-options"] == "nosniff", kind
        assert headers["referrer-policy"] == "no-referrer" and headers["permissions-policy"], kind
        assert headers["strict-transport-security"] == "max-age=31536000", kind
        assert headers["cache-control"] == ("no-cache" if "file" in kind else "no-store"), kind
        assert answer.status_code == 204 or headers["content-type"], kind
        if answer.status_code >= 400:
            assert_problem(answer, answer.status_code)


def test_every_route_has_these_headers(full):
    """/core/version-header and /core/transport/security-headers, whatever a route answers."""
    for method, path in every_call(full.app):
        headers = full.request(method, path, follow_redirects=False).headers
        assert headers["api-version"] == API_VERSION and headers["x-request-id"], path
        assert headers["x-frame-options"] == "DENY" and headers["strict-transport-security"], path


def test_tls_only_where_the_server_is_reached_so(serve):
    """/core/transport/tls: a server that is reached over http does not forbid that."""
    for address in ("", "http://hulp.example.nl"):
        assert "strict-transport-security" not in serve(PUBLIEK_ADRES=address).get("/health").headers


def test_no_sensitive_uris(whole):
    """/core/transport/no-sensitive-uris: no name, number, address, token or code in a path or query."""
    sensitive = re.compile(r"naam|telefoon|mail|token|sleutel|code|bsn|geboorte|adres", re.I)
    for path, _, operation in operations(whole):
        for parameter in operation.get("parameters", ()):
            if parameter["in"] in ("query", "path"):
                assert not sensitive.search(parameter["name"]), f"{path} {parameter['name']}"


def test_every_body_and_every_answer_has_an_example_that_fits(whole):
    """/core/doc-openapi: "the document SHOULD provide clear descriptions and examples"."""
    for path, method, operation in operations(whole):
        assert operation["summary"] and operation["tags"] and operation["description"], path
        contents = [operation.get("requestBody", {}).get("content", {})]
        contents += [response.get("content", {}) for response in operation["responses"].values()]
        for content_type, content in (pair for one in contents for pair in one.items()):
            examples = [one["value"] for one in content.get("examples", {}).values()] or [content["example"]]
            for example in examples:
                assert example not in ({}, [], ""), f"{method} {path} {content_type}"
                schema = {**content["schema"], "components": whole["components"]}
                jsonschema.Draft202012Validator(schema).validate(example)


def test_operations_have_names_of_their_own(whole):
    """/core/doc-openapi: code generators name functions after them."""
    names = [operation["operationId"] for _, _, operation in operations(whole)]
    assert len(set(names)) == len(names) and all(CAMEL.fullmatch(name) for name in names)


def test_a_refusal_for_who_asks_and_a_security_scheme_go_together(whole):
    """/core/http-response-code: a call that wants a token or a session says so and answers 401."""
    known = whole["components"]["securitySchemes"].keys()
    for path, method, operation in operations(whole):
        schemes = {name for one in operation.get("security", ()) for name in one}
        assert schemes <= known
        if schemes:
            assert "401" in operation["responses"], f"{method} {path}"
        elif "401" in operation["responses"]:
            assert operation["tags"] == ["Balie"] and path.endswith("/sessies"), f"{method} {path}"
