"""The pages that people see, and the script of the chat for pages of others."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.built_scripts import built_script
from api.integration_page import integration_page
from api.middleware import WIDGET_PATH
from api.openapi import versioned
from api.reference import reference_page
from api.site_contact import contact_of
from api.site_pages import page
from api.without_javascript import fallback_html, other_languages_html, texts

_LONGEST_NAME = 100

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def chat() -> HTMLResponse:
    """A page of Gemeente Voorbeeldstad with the chat on it."""
    return HTMLResponse(page("index", terugval=fallback_html(None)))


@router.api_route("/voorbeeld-knop", methods=["GET", "HEAD"])
async def chat_as_button() -> HTMLResponse:
    """Another page of it, in another house style, with the chat as a button."""
    return HTMLResponse(page("voorbeeld-knop", terugval=fallback_html(None)))


@router.api_route("/integratie", methods=["GET", "HEAD"])
async def integration(request: Request, gemeente: str = "") -> HTMLResponse:
    """For web editors and developers of a municipality: how to put the chat on a site."""
    asked = gemeente.strip()[:_LONGEST_NAME]
    contact = contact_of(request.app.state.settings, asked) if asked else None
    return HTMLResponse(integration_page(_origin(request), asked, contact))


@router.api_route("/widget/zonder-javascript", methods=["GET", "HEAD"])
async def without_javascript(request: Request, gemeente: str = "") -> HTMLResponse:
    """The numbers alone, for sites to link to; without or with a municipality's own contact."""
    settings = request.app.state.settings
    asked = gemeente.strip()[:_LONGEST_NAME] or settings.municipality
    contact = contact_of(settings, asked) if asked else None
    unknown = f"<p>{texts()['gemeente']['onbekend']}</p>" if asked and contact is None else ""
    return HTMLResponse(
        page(
            "zonder-javascript",
            melding=unknown,
            nummers=fallback_html(contact, on_a_page_of_its_own=True),
            andere_talen=other_languages_html(),
        )
    )


@router.api_route(WIDGET_PATH, methods=["GET", "HEAD"])
async def widget(request: Request) -> Response:
    """The web component, for `<script src>` on any site; browsers check its ETag every time."""
    return await built_script("sociale-triage.js", request)


@router.api_route("/docs", methods=["GET", "HEAD"])
async def docs(request: Request) -> HTMLResponse:
    """The API documentation, without scripts and without anything from elsewhere."""
    return HTMLResponse(reference_page(request.app.openapi()))


@router.get("/v1/openapi.json")
async def openapi(request: Request) -> JSONResponse:
    """What is under `/v1`, at the place that the NL API Design Rules ask for."""
    return JSONResponse(versioned(request.app.openapi()))


def _origin(request: Request) -> str:
    """Where this server is reached, as its visitor typed it; `ReadableHead` refused what is no host name."""
    return f"{request.url.scheme}://{request.url.netloc}"
