"""The pages that people see: the chat of an imaginary municipality, and the API documentation."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse

from api.reference import reference_page

PAGES = Path(__file__).parents[1] / "pages"

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def chat() -> HTMLResponse:
    """The chat page of Gemeente Voorbeeldstad."""
    return HTMLResponse((PAGES / "index.html").read_text(encoding="utf-8"))


@router.api_route("/docs", methods=["GET", "HEAD"])
async def docs(request: Request) -> HTMLResponse:
    """The API documentation, without scripts and without anything from elsewhere."""
    return HTMLResponse(reference_page(request.app.openapi()))


@router.get("/v1/openapi.json")
async def openapi(request: Request) -> JSONResponse:
    """The OpenAPI document at the place that the NL API Design Rules ask for."""
    return JSONResponse(request.app.openapi())
