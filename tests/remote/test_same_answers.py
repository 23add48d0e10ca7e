"""A Rasa apart answers what the Rasa in this process answers."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

import pytest

from api.cli.conversation_cases import read_cases
from bot.assistant import load_assistant
from bot.exam import EXAM, conversation_files, exam_files
from bot.triage.evaluation import read_cases as read_texts
from tests.own_settings import own_settings
from tests.remote.forked_rasa import TOKEN

pytestmark = pytest.mark.model

EACH = 4
"""Of every file of conversations one in so many is played."""

TEXTS = 60


@pytest.fixture(scope="module")
def loop(event_loop_of_session):
    return event_loop_of_session


@pytest.fixture(scope="module")
def remote(rasa_program, loop):
    settings = own_settings(RASA_URL=rasa_program.url, RASA_TOKEN=TOKEN, RASA_TIMEOUT="9")
    return loop.run_until_complete(load_assistant(settings))


def test_the_version_is_that_of_the_model_there(assistant, remote):
    assert remote.version == assistant.version


def test_conversations_go_the_same(assistant, remote, loop):
    cases = [case for file in conversation_files() for case in read_cases(file)[::EACH]]
    assert len(cases) >= 10
    for case in cases:
        here, there = (loop.run_until_complete(_play(case, one)) for one in (assistant, remote))
        assert there == here, case.id


async def _play(case, assistant) -> list[object]:
    """All that the assistant gives in a conversation, without its moments."""
    opening = await assistant.start(case.id, None, case.channel)
    given: list[object] = [asdict(opening)]
    for text in case.turns:
        given.append(asdict(await assistant.say(case.id, text)))
        given.append(await assistant.last_outcome(case.id))
    given.append([(line["van"], line["tekst"]) for line in await assistant.transcript(case.id)])
    await assistant.forget(case.id)
    assert not await assistant.exists(case.id)
    return given


@pytest.mark.parametrize("channel", ["bewoner", "balie"])
def test_texts_are_judged_the_same(assistant, remote, loop, channel):
    texts = [case.text for file in exam_files(EXAM) for case in read_texts(file)]
    for text in texts[:: len(texts) // TEXTS]:
        here, there = (
            loop.run_until_complete(one.triage(text, None, channel)) for one in (assistant, remote)
        )
        assert there == here


def test_a_button_is_pressed_there(remote, loop):
    async def press():
        opening = await remote.start("knop", None, "bewoner")
        choice = opening.messages[-1]["knoppen"][0]["id"]
        return await remote.choose("knop", choice)

    assert loop.run_until_complete(press()).triage["uitkomst"] == "sociaal"
    loop.run_until_complete(remote.forget("knop"))


def test_a_long_conversation_is_remembered_and_forgotten(remote, loop):
    """What was said earlier comes from there, too; after forgetting it nothing does."""

    async def talk():
        await remote.start("lang", None, "bewoner")
        for number in range(14):
            await remote.say("lang", f"ik voel me alleen, kanarie {number}")
        typed = [line["tekst"] for line in await remote.transcript("lang") if line["van"] == "bewoner"]
        await remote.forget("lang")
        kept = await remote._engine.conversation("lang"), await remote._engine.earlier("lang")
        return typed, kept

    typed, kept = loop.run_until_complete(talk())
    assert typed == [f"ik voel me alleen, kanarie {number}" for number in range(14)]
    assert kept == (None, [])


def test_two_messages_at_once_are_answered_apart(remote, loop):
    async def both():
        await remote.start("samen", None, "bewoner")
        turns = await asyncio.gather(
            remote.say("samen", "ik wil dood"), remote.say("samen", "ik zoek een Odensehuis in Zeist")
        )
        await remote.forget("samen")
        return [turn.triage["uitkomst"] for turn in turns]

    assert loop.run_until_complete(both())[0] == "crisis_113"
