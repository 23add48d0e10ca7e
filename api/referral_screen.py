"""Danger in what somebody typed for a referral: every field by the rules, the wish by rules and model."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from api import logs
from api.problems import disturbance, referral_danger
from api.turns import Turns
from bot.triage.types import DANGER_OUTCOMES

_MOST_TEXTS = 50
"""Texts read in a body that is not ours; a referral has ten."""


class ReferralScreen:
    """What danger was typed, before anything is said of the fields."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    async def check(self, texts: Iterable[str], wish: str, channel: str) -> None:
        """Raise the fixed answer (422) where `texts` or `wish` hold danger.

        Each text is read on its own: what stands before it could hide the danger. `channel` is `bewoner` or
        `balie`, whose shorthand is read. Raises a 503 problem where a text cannot be read.
        """
        for text in (*texts, wish):
            await self._check_by_rules(text, channel)
        if wish:
            await self._check_whole(wish, channel)

    async def _check_by_rules(self, text: str, channel: str) -> None:
        assistant = self._turns.loaded()
        try:
            warning = await run_in_threadpool(assistant.warn, text, channel) if text else None
        except Exception as error:
            logs.failure("warning_failed", error, status=503)
            raise disturbance() from None
        if warning:
            raise referral_danger(warning, channel == "balie")

    async def _check_whole(self, wish: str, channel: str) -> None:
        """Ask rules and model together, as for any message; the model reads as much as it reads of one."""
        read = wish[: self._turns.settings.max_message_characters]
        triage = await self._turns.judged(read, None, channel)
        if triage["uitkomst"] in DANGER_OUTCOMES:
            warning = {name: triage[name] for name in ("uitkomst", "antwoord", "bel")}
            raise referral_danger(warning, channel == "balie")


class ScreenedRoute(APIRoute):
    """A route whose body is screened for danger also where it is refused for its form."""

    channel = "bewoner"

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:
        """The handler of FastAPI, with the danger answer before any refusal of a body."""
        handle = super().get_route_handler()

        async def screened(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                wish = error.body.get("wens") if isinstance(error.body, dict) else None
                screen: ReferralScreen = request.app.state.referral_desk.screen
                texts = [text for text, _ in zip(texts_in(error.body), range(_MOST_TEXTS), strict=False)]
                await screen.check(texts, wish if isinstance(wish, str) else "", self.channel)
                raise

        return screened


class ScreenedDeskRoute(ScreenedRoute):
    """The same for what a practice typed."""

    channel = "balie"


def texts_in(content: object) -> Iterator[str]:
    """Every text in JSON values, in their order; names of fields are none."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for value in content.values() if isinstance(content, dict) else content:
            yield from texts_in(value)
