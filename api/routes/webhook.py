"""Rasa's REST channel, for clients that already speak it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import JSONResponse

from api.access.client_token import ClientHere
from api.contract import Levend
from api.contract_webhook import WebhookAntwoord, WebhookBericht
from api.danger_first import DangerFirstRoute
from api.openapi import problems
from api.turns import TurnsHere
from bot.rest_channel import as_rest
from bot.turn import Turn


class _Route(DangerFirstRoute):
    field = "message"

    def answer(self, turn: Turn, body: dict) -> Response:
        return JSONResponse(as_rest(str(body.get("sender")), turn))


router = APIRouter(prefix="/webhooks/rest", tags=["Webhook"], route_class=_Route)


@router.get("", summary="Whether the channel is there", responses={200: {"model": Levend}, **problems(429)})
@router.get("/", include_in_schema=False)
async def health() -> dict:
    """As Rasa answers it, without a token; Rasa's clients ask it with a slash at the end, too."""
    return {"status": "ok"}


@router.post(
    "/webhook",
    summary="Rasa's REST channel",
    responses={
        200: {
            "model": list[WebhookAntwoord],
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        **problems(400, 401, 413, 422, 429, 503),
    },
)
async def webhook(
    message: WebhookBericht,
    client: ClientHere,
    turns: TurnsHere,
    stream: Annotated[str, Query(description="`true`: one JSON object a line.")] = "false",
) -> Response:
    """Never an empty list, also for an empty message. With `stream=true` each message is one line of JSON.

    A token is needed unless the server is bound to the loopback address, knows no
    client, and `OMGEVING` is not `productie`.
    """
    text = await turns.text_or_nothing(message.message)
    lines = await turns.rest(client.conversation("rest", message.sender), text, message.sender)
    if stream.lower() == "true":
        return Response("".join(f"{line}\n" for line in lines), headers={"Content-Type": "text/event-stream"})
    return Response(f"[{', '.join(lines)}]", media_type="application/json")
