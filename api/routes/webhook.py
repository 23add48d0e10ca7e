"""Rasa's REST channel, for clients that already speak it."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.security import HTTPBearer
from starlette.responses import JSONResponse

from api.contract import WebhookAntwoord, WebhookBericht
from api.openapi import problems
from api.text import clean
from api.tokens import require_client
from api.turns import TurnsHere

router = APIRouter(tags=["Webhook"])

_bearer = HTTPBearer(auto_error=False, description="Token of this client; `CLIENT_TOKENS` holds its hash.")


@router.post(
    "/webhooks/rest/webhook",
    summary="Rasa's REST channel",
    dependencies=[Depends(require_client), Depends(_bearer)],
    responses={200: {"model": list[WebhookAntwoord]}, **problems(400, 401, 413, 422, 429, 503)},
)
async def webhook(message: WebhookBericht, turns: TurnsHere) -> JSONResponse:
    """Never an empty list, also for an empty message.

    A token is needed unless the server is bound to the loopback address, knows no
    token, and `OMGEVING` is not `productie`.
    """
    sender = clean(message.sender) or "default"
    text = turns.text_or_nothing(message.message)
    await turns.rates.count("conversation", f"webhook:{sender}")
    return await turns.rest(sender, text)
