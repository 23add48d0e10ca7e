"""Conversations: open, say or choose, forget."""

from __future__ import annotations

import re
import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from starlette.responses import JSONResponse

from api.answered_once import ANSWERS_OF_A_CHAT, message_id
from api.contract import Beurt, Gesprek, NieuwBericht, NieuwGesprek, NieuwOordeel
from api.livechat.remembering import Remembering
from api.openapi import problems
from api.problems import text_or_choice, unknown_conversation
from api.rates import client_of
from api.referral_desk import ReferralDeskHere
from api.referral_link import with_referral_link
from api.text import clean
from api.turns import TurnsHere

router = APIRouter(prefix="/v1/gesprekken", tags=["Gesprekken"])

_OWN_ID = re.compile(r"[A-Za-z0-9_-]{32}")
"""What `secrets.token_urlsafe(24)` gives: 192 random bits."""


async def _own_id(
    gesprekId: Annotated[str, Path(description="The id that opening the conversation gave.")],
) -> str:
    """The id, when it can be one of ours: those of webhook senders are no key to this door."""
    if not _OWN_ID.fullmatch(gesprekId):
        raise unknown_conversation()
    return gesprekId


ConversationId = Annotated[str, Depends(_own_id)]

MessageKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Made up by the client for this message, which it may send again when no answer came: "
        "that gives the same answer, and the conversation holds the message once.",
        example="3f0c6f1e-2b7a-4a57-9d0e-5f6f0b8f7a11",
    ),
]


async def _remembering(request: Request) -> Remembering:
    return request.app.state.remembering


RememberingHere = Annotated[Remembering, Depends(_remembering)]


@router.post(
    "",
    status_code=201,
    summary="Open a conversation",
    responses={201: {"model": Gesprek}, **problems(400, 413, 422, 429, 503)},
)
async def start(request: Request, wish: NieuwGesprek, turns: TurnsHere) -> JSONResponse:
    """Gives the id of the conversation and its first messages. The id is random and works as a key."""
    await turns.rates.count("start", client_of(request))
    conversation_id = secrets.token_urlsafe(24)
    opening = await turns.start(conversation_id, clean(wish.gemeente or "") or None, wish.kanaal)
    opened = {
        "gesprekId": conversation_id,
        "berichten": opening.messages,
        "gemeente": opening.municipality,
        "suggesties": opening.suggestions,
    }
    return JSONResponse(opened, 201)


@router.post(
    "/{gesprekId}/berichten",
    summary="Say something or press a button",
    responses={200: {"model": Beurt}, **problems(400, 404, 413, 422, 429, 503)},
)
async def reply(
    conversation_id: ConversationId,
    message: NieuwBericht,
    turns: TurnsHere,
    referrals: ReferralDeskHere,
    remembering: RememberingHere,
    key: MessageKey = None,
) -> JSONResponse:
    """Send either `tekst` or `keuze`. Typed text is text only: a leading `/` has no meaning.

    When the assistant fails, the answer is a fixed text with phone numbers.
    """
    if (message.tekst is None) == (message.keuze is None):
        raise text_or_choice()
    text = None if message.tekst is None else await turns.text(message.tekst)

    async def answered() -> dict:
        turn = await turns.turn(conversation_id, text, message.keuze)
        turn = await with_referral_link(turn, referrals, turns.settings.public_address)
        return {"berichten": turn.messages, "triage": turn.triage}

    own_id = message_id(key, text, message.keuze)
    return JSONResponse(await remembering.once(conversation_id, own_id, answered, ANSWERS_OF_A_CHAT))


@router.post(
    "/{gesprekId}/oordelen",
    status_code=204,
    summary="Say whether the last answer was of use",
    responses=problems(400, 404, 413, 422, 429, 503),
)
async def rate(conversation_id: ConversationId, rating: NieuwOordeel, turns: TurnsHere) -> Response:
    """Only counted, by outcome code: no line or figure says of which conversation, which stays as it was."""
    await turns.rate(conversation_id, rating.oordeel)
    return Response(status_code=204)


@router.delete(
    "/{gesprekId}",
    status_code=204,
    summary="Forget a conversation",
    responses=problems(404, 429, 503),
)
async def forget(conversation_id: ConversationId, turns: TurnsHere, remembering: RememberingHere) -> Response:
    """Nothing of the conversation remains."""
    await remembering.forget(conversation_id)
    await turns.forget(conversation_id)
    return Response(status_code=204)
