"""What RemoteEngine asks of a Rasa server apart, and what it makes of every kind of answer."""

from __future__ import annotations

import asyncio
import gzip

import httpx
import pytest

from bot.circuit import Circuit
from bot.engine import failed_actions
from bot.remote_engine import MOST_BYTES
from bot.remote_errors import RemoteDown, RemoteFailed, RemoteNonsense, RemoteRefused, RemoteStoreDown
from tests.remote.line import CONVERSATION, GOOD, SOCIAL, Line


async def hanging() -> httpx.Response:
    await asyncio.sleep(60)
    raise AssertionError("nobody waits that long")


def lost() -> httpx.Response:
    raise httpx.ReadError("the line dropped")


def refused() -> httpx.Response:
    raise httpx.ConnectError("nobody is there")


def giving(status: int = 200, **options) -> object:
    return lambda: httpx.Response(status, **options)


HUGE = b'"' + b"x" * MOST_BYTES + b'"'
NONSENSE = {
    "a page": giving(html="<h1>Welkom</h1>"),
    "nothing": giving(content=b""),
    "broken JSON": giving(content=b'{"answers": ['),
    "a list": giving(json=[{"text": "Hallo"}]),
    "an empty object": giving(json={}),
    "parts of another kind": giving(json={name: "nee" for answer in GOOD.values() for name in answer}),
    "other bytes": giving(content=b"\xff\xfe\x00"),
    "far too much": giving(content=HUGE),
    "far too much, packed": giving(headers={"Content-Encoding": "gzip"}, content=gzip.compress(HUGE)),
    "far too deep": giving(content=b"[" * 100_000),
    "another place": giving(302, headers={"Location": "http://elders.example/"}),
    "not there": giving(404, json={"error": "Requested URL not found"}),
    "a refusal": giving(422, json={}),
}
"""Answers that are none."""
FAULTS = {
    **{name: (answer, RemoteNonsense) for name, answer in NONSENSE.items()},
    "an error": (giving(500, json={"error": "KeyError"}), RemoteFailed),
    "an error page": (giving(502, html="<h1>Bad gateway</h1>"), RemoteFailed),
    "no store": (giving(503, json={"error": "opslag"}), RemoteStoreDown),
    "wrong token": (giving(401, json={"error": "token"}), RemoteRefused),
    "forbidden": (giving(403, html="nee"), RemoteRefused),
    "nobody": (refused, RemoteDown),
    "a lost line": (lost, RemoteDown),
    "no answer": (hanging, RemoteDown),
}


@pytest.fixture
def line() -> Line:
    return Line()


def run(call):
    return asyncio.run(call)


def test_every_call_asks_with_the_token_and_names_nobody_in_its_path(line):
    async def ask_all():
        engine = line.engine()
        await engine.handle("zorro", "hallo")
        await engine.conversation("zorro")
        await engine.conversation("zorro")
        await engine.decision("ik voel me alleen", "balie")
        await engine.earlier("zorro")
        await engine.forget("zorro")
        await engine.tidy()
        return await engine.ready()

    assert run(ask_all()) == {"model": True, "opslag": True}
    assert line.asked == [
        ("handle", {"conversation": "zorro", "message": "hallo"}),
        ("conversation", {"conversation": "zorro"}),
        ("decision", {"text": "ik voel me alleen", "channel": "balie"}),
        ("earlier", {"conversation": "zorro"}),
        ("forget", {"conversation": "zorro"}),
        ("ready", {}),
    ]
    assert line.headers["authorization"] == "Bearer geheim"


def test_answers_failed_actions_and_the_conversation_come_with_one_call(line):
    failures: list[str] = []
    left = {"events": [], "slots": {"kanaal": "balie"}}
    answer = {"answers": [{"text": "Ja"}], "failed": ["action_zoek"], "conversation": left}
    line.answers["handle"] = giving(json=answer)

    async def ask():
        failed_actions.set(failures)
        engine = line.engine()
        answers = await engine.handle("een", "hallo")
        return answers, await engine.conversation("een"), await engine.conversation("een")

    answers, just_now, later = run(ask())
    assert answers == [{"text": "Ja"}] and failures == ["action_zoek"]
    assert just_now.get_slot("kanaal") == "balie"
    assert later.get_slot("kanaal") == "bewoner", "what others said since then stays unseen"


def test_half_a_surrogate_pair_goes_over_the_line(line):
    assert run(line.engine().decision("\ud800 hallo", "bewoner")) == SOCIAL
    assert line.asked == [("decision", {"text": "\ud800 hallo", "channel": "bewoner"})]


def test_a_conversation_that_is_not_there(line):
    line.answers["conversation"] = giving(json={"conversation": None})
    assert run(line.engine().conversation("weg")) is None


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(
    "call",
    [("handle", "een", "hallo"), ("decision", "hallo", "bewoner"), ("earlier", "een")],
    ids=lambda c: c[0],
)
def test_every_fault_has_its_name(line, fault, call):
    answer, error = FAULTS[fault]
    line.everywhere(answer)
    name, *arguments = call
    with pytest.raises(error):
        run(getattr(line.engine(), name)(*arguments))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_not_ready_and_never_raises(line, fault):
    line.everywhere(FAULTS[fault][0])
    assert run(line.engine().ready()) == {"model": False, "opslag": False}


@pytest.mark.parametrize("values", [{"events": 3, "slots": {}}, {"slots": {}}, [], "x", {"events": [{}]}])
def test_a_conversation_that_is_none(line, values):
    line.answers["conversation"] = giving(json={"conversation": values})
    with pytest.raises(RemoteNonsense):
        run(line.engine().conversation("een"))


def test_a_server_of_another_version_is_not_ready(line):
    line.answers["ready"] = giving(json={**GOOD["ready"], "line": 99})
    assert run(line.engine().ready())["model"] is False
    with pytest.raises(RemoteNonsense):
        run(line.engine().check())


def test_the_version_of_the_model_is_told(line):
    told: list[str] = []
    run(line.engine(on_model=told.append).ready())
    assert told == ["nep-1"]


def test_a_message_is_never_sent_twice(line):
    line.answers["handle"] = lost
    with pytest.raises(RemoteDown):
        run(line.engine().handle("een", "hallo"))
    assert line.calls() == ["handle"]


def test_what_only_reads_is_asked_once_more_after_a_lost_line(line):
    answers = iter([lost, giving(json={"conversation": CONVERSATION})])
    line.answers["conversation"] = lambda: next(answers)()
    assert run(line.engine().conversation("een")) is not None
    assert line.calls() == ["conversation"] * 2


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_after_three_waits_nobody_waits_until_a_look_finds_it_back(line):
    clock = Clock()
    line.everywhere(hanging)

    async def talk():
        engine = line.engine(circuit=Circuit(clock=clock))
        for _ in range(5):
            with pytest.raises(RemoteDown):
                await engine.handle("een", "hallo")
        assert line.calls() == ["handle"] * 3
        line.answers.clear()  # it is back, and nobody knows
        with pytest.raises(RemoteDown):
            await engine.handle("een", "hallo")
        clock.now += 60
        with pytest.raises(RemoteDown):  # who comes now lets somebody look, and does not wait for it
            await engine.handle("een", "hallo")
        await engine._look
        assert line.calls() == [*["handle"] * 3, "ready"]
        return await engine.handle("een", "hallo")

    assert run(talk()) == GOOD["handle"]["answers"]


def test_a_look_of_a_probe_closes_it_too(line):
    line.everywhere(refused)

    async def talk():
        engine = line.engine()
        for _ in range(3):
            with pytest.raises(RemoteDown):
                await engine.decision("hallo", "bewoner")
        line.answers.clear()
        assert (await engine.ready())["model"]
        return await engine.decision("hallo", "bewoner")

    assert run(talk()) == SOCIAL


def test_a_server_that_still_reads_but_answers_no_message_is_left_alone_too(line):
    line.answers["handle"] = hanging

    async def talk():
        engine = line.engine()
        for _ in range(4):
            if not engine._circuit.is_open:
                assert await engine.conversation("een") is not None
            with pytest.raises(RemoteDown):
                await engine.handle("een", "hallo")

    run(talk())
    assert line.calls().count("handle") == 3


def test_errors_that_come_at_once_make_nobody_wait(line):
    line.answers["handle"] = giving(500, json={"error": "KeyError"})

    async def talk():
        engine = line.engine()
        for _ in range(5):
            with pytest.raises(RemoteFailed):
                await engine.handle("een", "hallo")

    run(talk())
    assert line.calls() == ["handle"] * 5
