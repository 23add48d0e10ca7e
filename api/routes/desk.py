"""The front desk of a GP practice: its page, its card, and the QR codes of what it hands out."""

from __future__ import annotations

import html
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.access.oidc_faults import text_of as fault_text
from api.access.sessions import DeskSession
from api.built_scripts import built_script
from api.contract_desk import Balievraag, NieuweBalievraag
from api.danger_first import DangerFirstRoute
from api.desk.card import card
from api.desk.place import place_beside
from api.desk.pointer import TARGETS, qr_code, target_of
from api.openapi import problems
from api.problems import no_pointer, unknown_initiative
from api.site_pages import page
from api.text import clean
from api.turns import TurnsHere
from bot.turn import Turn


class _Route(DangerFirstRoute):
    channel = "balie"

    def answer(self, turn: Turn, body: dict) -> JSONResponse:
        return JSONResponse(card(turn.triage, clean(body["tekst"]), date.today()))


router = APIRouter(tags=["Balie"], route_class=_Route)

Target = Literal[TARGETS]  # type: ignore[valid-type]


@router.api_route("/balie", methods=["GET", "HEAD"], include_in_schema=False)
async def desk_page(request: Request, fout: str = "") -> HTMLResponse:
    """The page of the front desk; it asks to sign in where the practice must."""
    state = request.app.state
    parts = {
        "maximum": str(state.settings.max_message_characters),
        "inlogfout": html.escape(fault_text(fout) or ""),
    }
    if state.provider is None:
        parts["balie_oidc"] = ""
    return HTMLResponse(page("balie", **parts))


@router.api_route("/balie/balie.js", methods=["GET", "HEAD"], include_in_schema=False)
async def desk_script(request: Request) -> Response:
    """What makes the page work."""
    return await built_script("balie.js", request)


@router.post(
    "/v1/balie/vragen",
    summary="Read what an assistant typed",
    responses={200: {"model": Balievraag}, **problems(400, 401, 413, 422, 429, 503)},
)
async def ask(
    question: NieuweBalievraag, request: Request, turns: TurnsHere, session: DeskSession
) -> JSONResponse:
    """The same Decision as everywhere, as a card. Nothing of the text is kept."""
    text = await turns.text(question.tekst)
    place = await run_in_threadpool(place_beside, text, clean(question.plaats or "") or None)
    triage = await turns.judged(text, place, "balie")
    if session is not None:
        await run_in_threadpool(request.app.state.audit.note_question, session)
    return JSONResponse(await run_in_threadpool(card, triage, text, date.today()))


@router.get(
    "/v1/initiatieven/{initiatiefId}/qr-code",
    summary="A QR code for on paper",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}, **problems(404, 422, 429, 503)},
)
async def qr(
    initiatiefId: Annotated[str, Path(max_length=200)],
    turns: TurnsHere,
    naar: Annotated[Target, Query(description="To the map of its address, or to its website.")] = "website",
) -> Response:
    """Points to the map or the website of a known initiative, never to anything else."""
    initiative = await run_in_threadpool(turns.initiative, initiatiefId)
    if initiative is None:
        raise unknown_initiative(None)
    address = target_of(initiative, naar)
    if address is None:
        raise no_pointer()
    return Response(qr_code(address), media_type="image/svg+xml")
