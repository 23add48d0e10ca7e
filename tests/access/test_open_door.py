"""The door is asked at every call: it looks again only after a write, and closes with the first token."""

from __future__ import annotations

import asyncio

from api.access.open_door import OpenDoor
from api.access.tokens import CLIENT, PRACTICE, Tokens
from api.storage.database import Database


class CountedTokens(Tokens):
    looks = 0

    def ever_made(self, kind: str) -> bool:
        self.looks += 1
        return super().ever_made(kind)


def test_it_looks_once_and_again_after_a_write(database):
    tokens = CountedTokens(database)
    door = OpenDoor(True, CLIENT, tokens)

    async def ask(times: int) -> list[bool]:
        return [await door.is_open() for _ in range(times)]

    assert database.is_ready()
    assert asyncio.run(ask(5)) == [True] * 5 and tokens.looks == 1
    tokens.make(PRACTICE, "Praktijk De Linde", "Zeist")  # a write, but no token for this door
    assert asyncio.run(ask(5)) == [True] * 5 and tokens.looks == 2


def test_it_closes_at_once_for_a_token_that_another_process_made(database):
    door = OpenDoor(True, CLIENT, Tokens(database))
    assert asyncio.run(door.is_open()) and asyncio.run(door.is_open())
    elsewhere = Database(database._address)
    Tokens(elsewhere).make(CLIENT, "Livechat")
    elsewhere.close()
    assert not asyncio.run(door.is_open())


def test_a_door_that_may_not_be_open_asks_nothing(database):
    tokens = CountedTokens(database)
    assert not asyncio.run(OpenDoor(False, CLIENT, tokens).is_open()) and tokens.looks == 0
