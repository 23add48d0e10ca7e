"""The clients and their doors, on a server that answers everything."""

from __future__ import annotations

import asyncio

import pytest

from api.cli.bench.connection import Connection
from api.cli.bench.doors import OwnDoor, RestDoor
from api.cli.bench.load import ask_triage, talk
from api.cli.bench.servers import free_ports, running
from tests.cli.bench.fake_sides import fake_side


@pytest.fixture(scope="module")
def address():
    with running(fake_side("ours")) as server:
        yield server.address


def test_each_client_says_its_conversations_in_order_and_keeps_the_words(address):
    load = asyncio.run(talk(address, RestDoor(), [[("een", "twee"), ("drie",)], [("vier",)]], "/health"))
    assert load.said == ["U zei: een", "U zei: twee", "U zei: drie", "U zei: vier"]
    assert len(load.milliseconds) == 4 and load.errors == 0
    assert load.health and 0 < max(load.milliseconds) <= load.seconds * 1000


def test_a_failure_and_an_empty_list_are_errors(address):
    load = asyncio.run(talk(address, RestDoor(), [[("kapot", "stil", "een")]]))
    assert load.said == [None, None, "U zei: een"]
    assert load.errors == 2


def test_our_own_door_opens_a_conversation_first(address):
    load = asyncio.run(talk(address, OwnDoor(), [[("een",)]]))
    assert load.said == ["U zei: een"]


def test_triage_keeps_the_outcome(address):
    load = asyncio.run(ask_triage(address, [["een", "twee"], ["drie"]]))
    assert load.said == ["sociaal"] * 3


def test_a_server_that_is_not_there_is_an_answer_with_status_0():
    (port,) = free_ports(1)
    answer = asyncio.run(Connection(f"http://127.0.0.1:{port}").ask("GET", "/health"))
    assert (answer.status, answer.json()) == (0, None)
