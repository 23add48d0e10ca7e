"""Calls outside a conversation: triage of one message, and search in the catalogue."""

from __future__ import annotations

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from api.contract import Triage, TriageVraag, Zoekresultaat
from api.openapi import problems
from api.text import clean
from api.turns import TurnsHere

router = APIRouter(prefix="/v1")


@router.post(
    "/triage",
    tags=["Triage"],
    summary="Screen and route one message",
    responses={200: {"model": Triage}, **problems(400, 413, 422, 429, 503)},
)
async def triage(question: TriageVraag, turns: TurnsHere) -> JSONResponse:
    """Danger first. In a danger outcome `initiatieven` is empty and `bel` is not."""
    text = await turns.text(question.tekst)
    return await turns.triage(text, clean(question.plaats or "") or None, question.kanaal)


@router.get(
    "/initiatieven",
    tags=["Initiatieven"],
    summary="Search the catalogue",
    responses={200: {"model": Zoekresultaat}, **problems(422, 429, 503)},
)
async def search(
    turns: TurnsHere,
    zoek: str = Query("", max_length=200, description="What to look for, in plain words."),
    plaats: str | None = Query(None, max_length=100, description="Place or municipality."),
    soort: str | None = Query(None, max_length=100, description="Kind of initiative."),
    limiet: int = Query(10, ge=1, le=50, description="The most initiatives to give."),
) -> JSONResponse:
    """The search that the assistant uses, best first; `begrepen` says how the query was read."""
    place, kind = clean(plaats or "") or None, clean(soort or "") or None
    return await run_in_threadpool(turns.search, clean(zoek), place, kind, limiet)
