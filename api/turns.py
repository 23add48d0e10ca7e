"""One turn: ask the assistant in time, count and log it, and answer whatever happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from dataclasses import replace
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from api import logs
from api.delivery.human_asked import HumanAsked
from api.fallback import Fallback
from api.metrics import Metrics
from api.problems import (
    Problem,
    disturbance,
    empty_text,
    not_ready,
    text_too_long,
    unknown_choice,
    unknown_conversation,
)
from api.provider import Assistant
from api.rates import Rates
from api.settings import Settings
from api.text import clean
from bot import stages
from bot.rest_channel import as_rest
from bot.stages import Timings
from bot.turn import Opening, Turn, UnknownChoice, UnknownConversation

T = TypeVar("T")

NOTHING_READY = {"model": False, "catalogus": False, "opslag": False}
"""The parts of the program while there is no assistant yet."""


class Failed(Exception):
    """The assistant raised, took too long or said nothing. `reason`: `error`, `timeout` or `empty`."""

    def __init__(self, reason: str, error: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.error = error


class Turns:
    """The assistant as the routes use it."""

    def __init__(self, settings: Settings, metrics: Metrics, rates: Rates, fallback: Fallback) -> None:
        self.settings = settings
        self.metrics = metrics
        self.rates = rates
        self.fallback = fallback
        self.assistant: Assistant | None = None
        self.human_asked: HumanAsked | None = None

    async def text(self, typed: str) -> str:
        """`typed` cleaned. Raises a 422 problem when nothing is left or it is too long."""
        text = await self.text_or_nothing(typed)
        if not text:
            raise empty_text()
        return text

    async def text_or_nothing(self, typed: str) -> str:
        """`typed` cleaned, possibly empty. Raises a 422 problem when it is too long."""
        text = clean(typed)
        if len(text) > self.settings.max_message_characters:
            raise text_too_long(len(text), self.settings.max_message_characters, await self.warning(text))
        return text

    async def warning(self, text: str, channel: str = "bewoner") -> dict | None:
        """What the safety rules say of a text that is not answered; None when they cannot be asked."""
        try:
            return await run_in_threadpool(self.loaded().warn, text, channel)
        except Exception as error:
            logs.failure("warning_failed", error)
            return None

    async def start(self, conversation_id: str, municipality: str | None, channel: str) -> Opening:
        """How a new conversation begins. Raises a 503 problem."""
        assistant = self.loaded()
        try:
            opening = assistant.start(
                conversation_id, municipality or self.settings.municipality or None, channel
            )
            return await self._in_time(opening)
        except Failed as failed:
            self.metrics.fallback(failed.reason)
            raise disturbance() from None

    async def turn(self, conversation_id: str, text: str | None, choice: str | None) -> Turn:
        """Answer typed `text` or the pressed button `choice`; the fixed answer when that fails.

        Raises a 404 problem for an unknown conversation, 422 for an unknown choice,
        429 for too many messages.
        """
        assistant = self.loaded()
        timings = stages.begin()
        turn, error = Turn([]), None
        try:
            if not await self._in_time(assistant.exists(conversation_id)):
                raise unknown_conversation()
            await self.rates.count("conversation", conversation_id)
            answering = (
                assistant.say(conversation_id, text)
                if choice is None
                else assistant.choose(conversation_id, choice)
            )
            turn = await self._in_time(answering)
            answer(turn)
        except UnknownConversation:
            raise unknown_conversation() from None
        except UnknownChoice:
            raise unknown_choice() from None
        except Failed as failed:
            error = failed.error
            self.metrics.fallback(failed.reason)
            turn = await self._fixed(text or "", turn)
        self._note(conversation_id, turn.channel, turn.triage, timings, 200, error, turn.action_errors)
        await self._tell(conversation_id, turn.channel, turn.triage, turn.municipality)
        return turn

    async def triage(self, text: str, place: str | None, channel: str) -> JSONResponse:
        """The Triage object of one message. Raises a 503 problem: no made-up outcome."""
        return (await self._judged(text, place, channel))[1]

    async def judged(self, text: str, place: str | None, channel: str) -> dict:
        """The Triage object of one message, as JSON values. Raises a 503 problem."""
        return (await self._judged(text, place, channel))[0]

    async def _judged(self, text: str, place: str | None, channel: str) -> tuple[dict, JSONResponse]:
        assistant = self.loaded()
        timings = stages.begin()
        try:
            triage = await self._in_time(assistant.triage(text, place, channel))
            answer = _json(triage)
        except Failed as failed:
            self.metrics.fallback(failed.reason)
            self._note(None, channel, None, timings, 503, failed.error)
            raise disturbance(await self.warning(text, channel)) from None
        self._note(None, channel, triage, timings, 200)
        return triage, answer

    async def _fixed(self, text: str, turn: Turn) -> Turn:
        """The answer by the rules alone in the place of `turn`; where not even they work, the fixed text."""
        channel = turn.channel or "bewoner"
        try:
            fixed = await run_in_threadpool(self.loaded().fixed, text, channel)
            answer(fixed)
            return replace(fixed, channel=turn.channel, action_errors=turn.action_errors)
        except Exception as error:
            logs.failure("fixed_answer_failed", error)
            return Turn(self.fallback.messages(), None, turn.channel, turn.action_errors)

    async def rest(self, conversation_id: str, message: str, sender: str) -> list[str]:
        """The answers to a Rasa client, each as JSON; the fixed answer when there are none.

        Raises a 429 problem for too many messages.
        """
        assistant = self.loaded()
        timings = stages.begin()
        await self.rates.count("conversation", conversation_id)
        triage, failed = None, None
        try:
            answers = await self._in_time(assistant.rest(conversation_id, message, sender))
            lines = _lines(answers)
            triage = answers[-1].get("custom", {}).get("triage")
        except UnknownConversation:  # it was forgotten before the answer was there
            failed = Failed("error", UnknownConversation.__name__)
        except Failed as raised:
            failed = raised
        if failed:
            self.metrics.fallback(failed.reason)
            turn = await self._fixed(message, Turn([]))
            lines, triage = _lines(as_rest(sender, turn)), turn.triage
        self._note(conversation_id, "webhook", triage, timings, 200, failed.error if failed else None)
        await self._tell(conversation_id, "webhook", triage, self.settings.municipality)
        return lines

    async def rate(self, conversation_id: str, rating: str) -> None:
        """Count what somebody thought of the last answer; the conversation stays as it was.

        Raises a 404 problem for an unknown conversation, 429 for too many, 503 on failure.
        """
        assistant = self.loaded()
        try:
            outcome = await self._in_time(assistant.last_outcome(conversation_id))
        except UnknownConversation:
            raise unknown_conversation() from None
        except Failed:
            raise disturbance() from None
        await self.rates.count("conversation", conversation_id)
        self.metrics.rating(rating, outcome)
        logs.rating(rating, outcome)

    async def tidy(self) -> None:
        """Forget conversations that are too old."""
        if self.assistant is not None:
            await self.assistant.tidy()

    async def transcript(self, conversation_id: str) -> list[dict]:
        """What was said, as `Assistant.transcript`. Raises a 404 problem, or 503 on failure."""
        try:
            return await self._in_time(self.loaded().transcript(conversation_id))
        except UnknownConversation:
            raise unknown_conversation() from None
        except Failed:
            raise disturbance() from None

    async def forget(self, conversation_id: str) -> None:
        """Leave nothing of the conversation. Raises a 404 problem when there is none, 503 on failure."""
        assistant = self.loaded()
        try:
            if not await self._in_time(assistant.exists(conversation_id)):
                raise unknown_conversation()
            await self._in_time(assistant.forget(conversation_id))
        except UnknownConversation:
            raise unknown_conversation() from None
        except Failed:
            raise disturbance() from None

    def search(self, query: str, place: str | None, kind: str | None, limit: int) -> JSONResponse:
        """What the catalogue has for `query`; blocks. Raises a 503 problem."""
        try:
            return _json(self.loaded().search(query, place, kind, limit))
        except Failed:
            raise disturbance() from None
        except Problem:
            raise
        except Exception as error:
            logs.failure("search_failed", error, status=503)
            raise disturbance() from None

    def initiative(self, initiative_id: str) -> dict | None:
        """The Initiatief object with that id, None when there is none; blocks. Raises a 503 problem."""
        try:
            return self.loaded().initiative(initiative_id)
        except Problem:
            raise
        except Exception as error:
            logs.failure("search_failed", error, status=503)
            raise disturbance() from None

    async def readiness(self) -> dict[str, bool]:
        """Which parts can be used now."""
        return dict(NOTHING_READY) if self.assistant is None else await self.assistant.ready()

    def loaded(self) -> Assistant:
        """The assistant. Raises a 503 problem while there is none."""
        if self.assistant is None:
            raise not_ready(dict(NOTHING_READY))
        return self.assistant

    async def _in_time(self, work: Awaitable[T]) -> T:
        """The result of `work`. Raises Failed on an exception or time-out; refusals pass through."""
        try:
            return await asyncio.wait_for(work, self.settings.turn_timeout)
        except (UnknownChoice, UnknownConversation):
            raise
        except asyncio.TimeoutError:
            raise Failed("timeout", "timeout") from None
        except Exception as error:
            logs.failure("assistant_failed", error)
            raise Failed("error", type(error).__name__) from None

    async def _tell(
        self, conversation_id: str, channel: str | None, triage: dict | None, municipality: str | None
    ) -> None:
        """Tell receivers of events when a human was asked for, in the municipality that was named."""
        if self.human_asked and logs.outcome_code(triage) == "mens":
            place = triage.get("plaats") or {}
            await self.human_asked.tell(conversation_id, channel, place.get("gemeente") or municipality)

    def _note(
        self,
        conversation_id: str | None,
        channel: str | None,
        triage: dict | None,
        timings: Timings,
        status: int,
        error: str | None = None,
        action_errors: tuple[str, ...] = (),
    ) -> None:
        self.metrics.turn(channel, triage, action_errors, timings, is_fixed=error is not None)
        logs.turn(conversation_id, channel, triage, timings.elapsed * 1000, status, error)


def _json(content: object) -> JSONResponse:
    """`content` as an answer. Raises Failed when it cannot be written as JSON."""
    try:
        return JSONResponse(content)
    except (TypeError, ValueError) as error:
        logs.failure("assistant_failed", error)
        raise Failed("error", type(error).__name__) from None


def _lines(answers: list[dict]) -> list[str]:
    """Each answer as JSON in ASCII, which holds any id that a client may use. Raises Failed as `_answer`."""
    if not answers:
        raise Failed("empty", "empty")
    try:
        return [json.dumps(answer) for answer in answers]
    except (TypeError, ValueError) as error:
        logs.failure("assistant_failed", error)
        raise Failed("error", type(error).__name__) from None


def answer(turn: Turn) -> JSONResponse:
    """A turn as the contract has it. Raises Failed when it says nothing."""
    if not turn.messages:
        raise Failed("empty", "empty")
    return _json({"berichten": turn.messages, "triage": turn.triage})


async def _turns_of(request: Request) -> Turns:
    return request.app.state.turns


TurnsHere = Annotated[Turns, Depends(_turns_of)]
"""Dependency: the Turns of the application that received the request."""
