"""The OpenAPI document, after the NL API Design Rules 2.x (docs/api-design-rules.md).

The contract has calls outside `/v1`, so there are two documents: of the whole server, in which the
paths hold the major version, and of what is under `/v1`, in which the server address holds it.
"""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api import request_ids
from api.contract import Probleem
from api.middleware import API_VERSION
from api.openapi_examples import answer_example, problem_examples
from api.openapi_models import say_what_may_be_null
from api.problems import MEDIA_TYPE
from api.rates import is_counted
from api.settings import Settings

BASE_PATH = "/v1"

_PROBLEM = {"schema": {"$ref": "#/components/schemas/Probleem"}}

_MEANING = {
    400: "The JSON or the address cannot be read",
    401: "No valid token, or nobody is signed in",
    403: "The page of another site asked for it",
    404: "What the address names does not exist (any more)",
    409: "Not possible as things stand now",
    410: "The referral was withdrawn; its data are deleted",
    413: "The body is too large",
    422: "A field is wrong, or the message is empty or too long",
    429: "Too many requests; `Retry-After` says how many seconds to wait",
    503: "Not able to answer now; `Retry-After` says when to try again",
}

_DESCRIPTION = """\
Social signpost for the Netherlands. It screens a Dutch message for danger first, then points to
an initiative nearby. It is a computer and no doctor: it never diagnoses, reassures or assigns urgency.
Errors are `application/problem+json`; their `detail` is plain Dutch and can be shown to people.
Every answer says the version of the API in `API-Version`, and the id of the request in `X-Request-ID`.
Send a UUID in `X-Request-ID` to choose that id yourself; anything else is replaced."""

_SUCCESS = {"200": "The answer", "201": "Made", "204": "Done; there is nothing to say"}

_HEADERS = {
    "API-Version": {
        "description": "Version of this API",
        "required": True,
        "schema": {"type": "string"},
        "example": API_VERSION,
    },
    request_ids.HEADER: {
        "description": "Id of this request, also in the log and in the `instance` of a problem",
        "required": True,
        "schema": {"type": "string"},
        "example": "0b5c2a4e-6f0d-4c1b-9a57-2f6f6f1f0c11",
    },
    "Retry-After": {
        "description": "Seconds to wait",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
        "example": 20,
    },
}
_ON_EVERY_ANSWER = ("API-Version", request_ids.HEADER)
_WITH_RETRY_AFTER = ("429", "503")


def problems(*statuses: int) -> dict[int, dict]:
    """The `responses` of a route for the problems it can answer with."""
    return {
        status: {"description": _MEANING[status], "content": {MEDIA_TYPE: _PROBLEM}} for status in statuses
    }


def operation_id(route: APIRoute) -> str:
    """A name for code generators: module and function, such as `conversationsStart`."""
    module = route.endpoint.__module__.rsplit(".", 1)[-1]
    first, *others = f"{module}_{route.name}".split("_")
    return first + "".join(word.capitalize() for word in others)


def install(app: FastAPI, settings: Settings) -> None:
    """Let `app.openapi()` give the finished document."""

    def document() -> dict:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, settings)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def versioned(document: dict) -> dict:
    """The part under `/v1`, with that base path in the server address (/core/uri-version)."""
    address = document["servers"][0]["url"].rstrip("/")
    paths = {
        path.removeprefix(BASE_PATH): operations
        for path, operations in document["paths"].items()
        if path.startswith(f"{BASE_PATH}/")
    }
    server = {**document["servers"][0], "url": address + BASE_PATH}
    return {**document, "servers": [server], "paths": paths}


def _document(app: FastAPI, settings: Settings) -> dict:
    document = get_openapi(
        title="Sociale triage",
        version=API_VERSION,
        openapi_version="3.1.0",
        description=_DESCRIPTION,
        routes=app.routes,
        servers=[{"url": settings.public_address or "/", "description": "This server"}],
        contact=_contact(settings),
        license_info={"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
    )
    components = document["components"]
    schemas = components["schemas"]
    schemas["Probleem"] = Probleem.schema()
    components["headers"] = _HEADERS
    for built_in in ("HTTPValidationError", "ValidationError"):
        schemas.pop(built_in, None)
    say_what_may_be_null(app, document)
    for path, method, operation in _operations(document):
        _complete(path, method, operation, schemas)
    return document


def _contact(settings: Settings) -> dict:
    found = {
        "name": settings.municipality_name or "Beheerder van deze installatie",
        "url": settings.municipality_website or settings.public_address,
        "email": settings.contact_mail,
    }
    return {name: value for name, value in found.items() if value}


def _operations(document: dict) -> Iterator[tuple[str, str, dict]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def _complete(path: str, method: str, operation: dict, schemas: dict) -> None:
    """Add what every route has: problems of the layers around it, headers and examples."""
    responses = operation["responses"]
    if "application/json" in responses.get("422", {}).get("content", {}):
        del responses["422"]  # FastAPI's own, for a path that cannot be wrong
    for status, response in problems(*_surrounding(path, method, operation)).items():
        responses.setdefault(str(status), response)
    for content_type, content in operation.get("requestBody", {}).get("content", {}).items():
        content.setdefault("example", answer_example(content_type, content["schema"], schemas))
    operation["responses"] = dict(sorted(responses.items()))
    for status, response in responses.items():
        if response["description"] == "Successful Response":
            response["description"] = _SUCCESS[status]
        names = (*_ON_EVERY_ANSWER, *(["Retry-After"] if status in _WITH_RETRY_AFTER else []))
        declared = response.get("headers", {})
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names} | declared
        for content_type, content in response.get("content", {}).items():
            _add_example(path, int(status), content_type, content, schemas)


def _surrounding(path: str, method: str, operation: dict) -> Iterator[int]:
    """The problems that the middleware answers with."""
    if operation.get("parameters") or "requestBody" in operation:
        yield 400
    if "requestBody" in operation:
        yield 413
    if is_counted(method.upper(), path):
        yield 429


def _add_example(path: str, status: int, content_type: str, content: dict, schemas: dict) -> None:
    if "example" in content or "examples" in content:
        return
    if content_type == MEDIA_TYPE:
        content["examples"] = problem_examples(path, status)
    else:
        schema = content.setdefault("schema", {"type": "string"})
        content["example"] = answer_example(content_type, schema, schemas)
