"""Every request belongs to a trace: in its log lines and in what goes out because of it."""

from __future__ import annotations

import asyncio
import json
import re

import pytest

from api.assistant_thread import AssistantThread
from bot import stages, trace
from tests.api.fakes import FakeAssistant
from tests.log_capture import logging_as_served

ID = "4bf92f3577b34da6a3ce929d0e0e4736"
GIVEN = f"00-{ID}-00f067aa0ba902b7-01"
OTHER = f"00-{'a' * 32}-00f067aa0ba902b7-01"


def traces_logged(client, headers) -> set[str]:
    with logging_as_served() as stream:
        client.post("/v1/triage", json={"tekst": "hoi"}, headers=headers)
    return {json.loads(line)["trace"] for line in stream.getvalue().splitlines()}


def test_the_trace_of_the_sender_goes_on(client, assistant):
    assert traces_logged(client, {"traceparent": GIVEN}) == {ID}
    assistant.break_with = ValueError()  # then there are two lines
    assert traces_logged(client, {"Traceparent": f" {GIVEN}\t"}) == {ID}


@pytest.mark.parametrize(
    "headers", [{}, {"traceparent": "Kwetsbaar"}, [("traceparent", GIVEN), ("traceparent", OTHER)]]
)
def test_without_a_proper_one_every_request_begins_its_own(client, headers):
    first, second = traces_logged(client, headers), traces_logged(client, headers)
    assert len(first | second) == 2 and not {ID, "a" * 32} & (first | second)
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in first | second)


def test_the_assistant_works_within_the_trace_and_nothing_stays_behind(client, assistant):
    seen = []

    async def triage(text: str, place: str | None, channel: str) -> dict:
        seen.append(trace.outgoing_headers()["traceparent"].split("-")[1])
        raise ValueError

    assistant.triage = triage
    client.post("/v1/triage", json={"tekst": "hoi"}, headers={"traceparent": GIVEN})
    assert seen == [ID] and trace.current() is None


def test_what_a_sender_adds_to_its_trace_goes_nowhere(client):
    answer = client.post("/v1/triage", json={"tekst": "hoi"}, headers={"tracestate": "wie=kwetsbaar"})
    assert "kwetsbaar" not in str(answer.headers) and "traceresponse" not in answer.headers


def test_trace_and_timings_go_along_into_the_thread_of_the_assistant(assistant):
    seen = []

    async def exists(conversation_id: str) -> bool:
        seen.append(trace.current())
        return True

    async def load() -> FakeAssistant:
        assistant.exists = exists
        return assistant

    async def ask() -> stages.Timings:
        async with AssistantThread(load) as there:
            timings = stages.begin()
            with trace.within(trace.Trace(ID)):
                assert await there.exists("gesprek")
            return timings

    assert asyncio.run(ask()).stages.keys() == {stages.WAIT} and seen == [trace.Trace(ID)]
