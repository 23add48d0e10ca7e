"""The stages of a real turn, in the real model."""

from __future__ import annotations

import asyncio
import contextvars

import pytest

from bot import stages
from bot.stages import ACTION, DIALOGUE, SCREEN, STAGES, STORE, UNDERSTAND, WAIT

pytestmark = pytest.mark.model


def timed(loop: asyncio.AbstractEventLoop, work) -> stages.Timings:
    def turn() -> stages.Timings:
        timings = stages.begin()
        loop.run_until_complete(work())
        return timings

    return contextvars.copy_context().run(turn)


def test_a_turn_passes_through_every_stage(assistant, event_loop_of_session):
    loop, here = event_loop_of_session, "gemeten"
    loop.run_until_complete(assistant.start(here, None, "bewoner"))
    try:
        timings = timed(loop, lambda: assistant.say(here, "ik voel me alleen in Zeist"))
    finally:
        loop.run_until_complete(assistant.forget(here))
    assert timings.stages.keys() == STAGES.keys() == {WAIT, SCREEN, UNDERSTAND, DIALOGUE, ACTION, STORE}
    assert "action_toon_initiatieven" in timings.actions
    assert sum(timings.stages.values()) < timings.elapsed


def test_a_single_question_is_screened_and_understood_and_nothing_else(assistant, event_loop_of_session):
    timings = timed(event_loop_of_session, lambda: assistant.triage("ik voel me alleen", None, "bewoner"))
    assert timings.stages.keys() == {SCREEN, UNDERSTAND}


def test_open_conversations_and_the_catalogue_are_counted(assistant, event_loop_of_session):
    before = assistant.open_conversations()
    event_loop_of_session.run_until_complete(assistant.start("geteld", None, "bewoner"))
    assert assistant.open_conversations() == before + 1
    event_loop_of_session.run_until_complete(assistant.forget("geteld"))
    assert assistant.open_conversations() == before
    found = assistant.catalogue_freshness()
    assert found.keys() == {"current", "outdated"} and sum(found.values()) > 100
