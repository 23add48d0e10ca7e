"""The webhook for livechat platforms."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse

from api.access.client_token import ClientHere
from api.contract_livechat import (
    LivechatBericht,
    LivechatBeurt,
    LivechatGeopend,
    LivechatGesloten,
    LivechatOpenen,
    LivechatOverdracht,
    LivechatVerslag,
    LivechatVraag,
)
from api.danger_first import DangerFirstRoute
from api.livechat.desk import LivechatDesk
from api.openapi import problems
from api.problems import text_or_choice
from api.referral_desk import ReferralDeskHere
from api.referral_link import with_referral_link
from api.text import clean
from api.turns import TurnsHere
from bot.turn import Turn


class _Route(DangerFirstRoute):
    def answer(self, turn: Turn, body: dict) -> JSONResponse:
        return JSONResponse({"berichten": turn.messages, "triage": turn.triage, "overdracht": None})


router = APIRouter(tags=["Webhook"], route_class=_Route)


async def _desk_of(request: Request) -> LivechatDesk:
    return request.app.state.livechat


@router.post(
    "/webhooks/livechat",
    summary="A conversation inside a livechat platform",
    responses={
        200: {"model": LivechatBeurt | LivechatGeopend | LivechatVerslag | LivechatGesloten},
        **problems(400, 401, 404, 413, 422, 429, 503),
    },
)
async def livechat(
    asked: LivechatVraag,
    client: ClientHere,
    turns: TurnsHere,
    referrals: ReferralDeskHere,
    desk: Annotated[LivechatDesk, Depends(_desk_of)],
) -> JSONResponse:
    """Open, say, hand over to a human, close. Needs a token as Rasa's REST channel does.

    Danger is screened first in every message. What was said is only given after the person agreed.
    """
    question = asked.__root__
    conversation_id = client.conversation("livechat", question.gesprek)
    if isinstance(question, LivechatOpenen):
        municipality = clean(question.gemeente or "") or None
        return JSONResponse(
            await desk.open(conversation_id, question.berichtId, municipality, question.kanaal)
        )
    if isinstance(question, LivechatBericht):
        if (question.tekst is None) == (question.keuze is None):
            raise text_or_choice()
        text = None if question.tekst is None else await turns.text(question.tekst)
        linked = partial(with_referral_link, desk=referrals, public_address=turns.settings.public_address)
        said = await desk.say(conversation_id, question.berichtId, text, question.keuze, linked)
        return JSONResponse(said)
    if isinstance(question, LivechatOverdracht):
        given = question.toestemming
        agreed, agreed_to = (given.akkoord, given.tekst) if given else (False, None)
        return JSONResponse({"verslag": await desk.transcript(conversation_id, agreed, agreed_to)})
    await desk.close(conversation_id)
    return JSONResponse({"berichten": []})
