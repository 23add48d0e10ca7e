"""Danger is answered at a door also while nobody can say who may use it.

A webhook and the front desk ask the database whose token or session they are shown. While it is down they
refuse, and that must not keep the fixed answer from somebody in danger: it is public, and costs nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api import logs
from api.text import clean
from bot.turn import Turn


class DangerFirstRoute(APIRoute):
    """A route that answers what its own rules see as danger where the database fails; else it refuses."""

    field = "tekst"
    """What was typed, in the body."""
    channel = "bewoner"

    def answer(self, turn: Turn, body: dict[str, Any]) -> Response:
        """The danger answer `turn` in the form of this door; blocks."""
        raise NotImplementedError

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:
        """The handler of FastAPI, with the danger answer before a refusal for a store that is down."""
        handle = super().get_route_handler()

        async def safe(request: Request) -> Response:
            try:
                return await handle(request)
            except SQLAlchemyError as error:
                answer = await self._danger(request)
                if answer is None:
                    raise
                logs.failure("store_failed", error, status=200)
                return answer

        return safe

    async def _danger(self, request: Request) -> Response | None:
        """The answer where the rules see danger in the body; None where they do not, or it holds no text."""
        body = await request.json() if request.method == "POST" else None
        typed = body.get(self.field) if isinstance(body, dict) else None
        if not isinstance(typed, str):
            return None
        assistant, text = request.app.state.turns.loaded(), clean(typed)

        def answered() -> Response | None:
            if assistant.warn(text, self.channel) is None:
                return None
            return self.answer(assistant.fixed(text, self.channel), body)

        return await run_in_threadpool(answered)
