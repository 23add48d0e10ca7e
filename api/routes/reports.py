"""Reports that an entry of the catalogue is wrong."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.background import BackgroundTask
from starlette.responses import JSONResponse

from api.contract import Melding, NieuweMelding
from api.openapi import problems
from api.rates import client_of
from api.report_desk import ReportDeskHere
from api.text import clean
from api.turns import TurnsHere

router = APIRouter(prefix="/v1/initiatieven", tags=["Initiatieven"])


@router.post(
    "/{initiatiefId}/meldingen",
    status_code=201,
    summary="Report that an entry is wrong",
    responses={201: {"model": Melding}, **problems(400, 404, 413, 422, 429, 503)},
)
async def report(
    request: Request,
    initiatiefId: Annotated[str, Path(description="The `id` of the initiative.")],
    wish: NieuweMelding,
    turns: TurnsHere,
    desk: ReportDeskHere,
) -> JSONResponse:
    """For the editors. Nothing of the visitor or of a conversation is kept with it."""
    await turns.rates.count("report", client_of(request))
    note = clean(wish.toelichting or "")
    kept = await desk.take(initiatiefId, wish.wat, note, wish.kanaal)
    return JSONResponse(kept, 201, background=BackgroundTask(desk.tell))
