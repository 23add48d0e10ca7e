"""The OpenAPI document, after the NL API Design Rules 2.x where the contract leaves room.

The contract has calls outside `/v1`, so the paths hold the major version themselves and
the server address does not.
"""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.contract import Probleem
from api.middleware import API_VERSION
from api.problems import MEDIA_TYPE
from api.settings import Settings

_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}}

_MEANING = {
    400: "The JSON cannot be read",
    401: "No valid bearer token",
    403: "The page of another site asked for it",
    404: "The conversation or the initiative does not exist (any more)",
    413: "The body is too large",
    422: "A field is wrong, or the message is empty or too long",
    429: "Too many requests; `Retry-After` says how many seconds to wait",
    503: "Not able to answer now",
}

_DESCRIPTION = """\
Social signpost for the Netherlands. It screens a Dutch message for danger first, then points to
an initiative nearby. It is a computer and no doctor: it never diagnoses, reassures or assigns urgency.
Errors are `application/problem+json`; their `detail` is plain Dutch and can be shown to people."""

_TEXT = {"type": "string"}
_VERSION_HEADER = {"API-Version": {"description": "Version of this API", "schema": _TEXT}}
_RETRY_HEADER = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}}


def problems(*statuses: int) -> dict[int, dict]:
    """The `responses` of a route for the problems it can answer with."""
    return {status: {"description": _MEANING[status], "content": _PROBLEM} for status in statuses}


def install(app: FastAPI, settings: Settings) -> None:
    """Let `app.openapi()` give the finished document."""

    def document() -> dict:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, settings)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI, settings: Settings) -> dict:
    contact = {"name": settings.municipality_name or "Beheerder van deze installatie"}
    if settings.municipality_website:
        contact["url"] = settings.municipality_website
    document = get_openapi(
        title="Sociale triage",
        version=API_VERSION,
        openapi_version="3.0.3",
        description=_DESCRIPTION,
        routes=app.routes,
        servers=[{"url": "/", "description": "This server"}],
        contact=contact,
        license_info={"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
    )
    schemas = document["components"]["schemas"]
    schemas["Probleem"] = Probleem.schema()
    for built_in in ("HTTPValidationError", "ValidationError"):
        schemas.pop(built_in, None)
    for path in document["paths"].values():
        for operation in path.values():
            if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                del operation["responses"]["422"]  # FastAPI's own, for a path that cannot be wrong
            for status, response in operation["responses"].items():
                extra = _RETRY_HEADER if status in ("429", "503") else {}
                response["headers"] = {**_VERSION_HEADER, **extra}
    return document
