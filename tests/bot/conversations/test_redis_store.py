"""Conversations in a real Redis: what replicas see, expiry, forgetting, and a store that is cut."""

from __future__ import annotations

import asyncio
from contextvars import Context

import pytest
import redis
from rasa.core.tracker_store import RedisTrackerStore
from rasa.shared.core.events import UserUttered

from api.storage.seal import Seal, new_key
from bot.conversations.folding import MOST_TURNS
from bot.conversations.redis_store import AGAIN_SECONDS, Overtaken
from bot.conversations.store import StoreDown
from bot.conversations.under_way import under_way
from tests.bot.conversations.shared_redis import DOMAIN, TTL, name_of, plain, replica, said, say


async def apart(work):
    """`work` in a task that has read nothing yet, as every answer is."""
    return await Context().run(asyncio.ensure_future, work)


async def talk(store, conversation: str, *texts: str) -> list[str]:
    """One answer each, as Rasa does it; what the tracker holds after them."""

    async def turn(text: str) -> None:
        tracker = await store.get_or_create_tracker(conversation)
        say(tracker, text)
        await store.save(tracker)

    for text in texts:
        await apart(turn(text))
    return said(await apart(store.read(conversation)))


def test_every_replica_goes_on_where_another_stopped(redis_url):
    async def play() -> None:
        (one, _), (other, _) = replica(redis_url), replica(redis_url)
        assert await one.read("a") is None and not await one.exists("a")
        await talk(one, "a", "ik ben eenzaam")
        assert await talk(other, "a", "in Zeist") == ["ik ben eenzaam", "in Zeist"]
        tracker = await apart(one.read("a"))
        assert tracker.get_slot("nood") == "in Zeist" and await one.exists("a")
        assert tracker.latest_message.parse_data["decision"] == {"uitkomst": "sociaal"}
        assert tracker.latest_action_name == "action_listen"
        assert await apart(one.read("b")) is None

    asyncio.run(play())


def test_what_was_folded_away_can_still_be_read(redis_url):
    async def play() -> None:
        (one, _), (other, _) = replica(redis_url), replica(redis_url)
        texts = [f"bericht {number}" for number in range(3 * MOST_TURNS)]
        newest = await talk(one, "a", *texts)
        assert len(newest) <= MOST_TURNS
        earlier = [event.text for event in await other.earlier("a") if isinstance(event, UserUttered)]
        assert [*earlier, *newest] == texts

    asyncio.run(play())


def test_nothing_is_left_of_a_forgotten_conversation(redis_url):
    async def play() -> None:
        (one, _), (other, _) = replica(redis_url), replica(redis_url)
        await talk(one, "a", *("hoi" for _ in range(2 * MOST_TURNS)))
        await other.forget("a")
        assert not await apart(one.exists("a")) and await apart(one.earlier("a")) == []

    asyncio.run(play())
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0


def test_no_text_and_no_id_can_be_read_in_redis_and_all_of_it_expires(redis_url):
    asyncio.run(talk(replica(redis_url)[0], "gesprek-1", *("ik ben eenzaam" for _ in range(2 * MOST_TURNS))))
    with redis.Redis.from_url(redis_url) as client:
        keys = client.keys()
        kept = [client.dump(key) for key in keys]
        assert len(keys) == 3 and all(0 < client.pttl(key) <= TTL * 1000 for key in keys)
    for secret in (b"eenzaam", b"gesprek-1"):
        assert not [text for text in (*keys, *kept) if secret in text]


def test_it_expires_after_its_last_message(redis_url):
    async def play() -> None:
        store, _ = replica(redis_url, ttl=0.2)
        await talk(store, "a", "hoi")
        assert await store.exists("a")
        await asyncio.sleep(0.25)
        assert not await store.exists("a")

    asyncio.run(play())


def test_after_a_change_of_keys_there_is_no_such_conversation(redis_url):
    async def play() -> None:
        (one, _), (other, _) = replica(redis_url), replica(redis_url, Seal([new_key()]))
        await talk(one, "a", "hoi")
        assert await apart(other.read("a")) is None
        assert await talk(other, "a", "daar ben ik weer") == ["daar ben ik weer"]

    asyncio.run(play())


def test_without_sealing_the_redis_store_of_rasa_itself_reads_it(redis_url):
    asyncio.run(talk(plain(redis_url), "a", "ik ben eenzaam"))
    address = redis.connection.parse_url(redis_url)
    rasas = RedisTrackerStore(
        DOMAIN, address["host"], address["port"], address["db"], key_prefix="socialetriage"
    )
    tracker = asyncio.run(rasas.retrieve(name_of("a")))
    assert said(tracker) == ["ik ben eenzaam"] and tracker.get_slot("nood") == "ik ben eenzaam"


def test_a_replica_that_was_paused_writes_nothing_over_a_newer_conversation(redis_url):
    async def play() -> None:
        (one, _), (other, _) = replica(redis_url), replica(redis_url)
        await talk(one, "a", "eerst")

        async def paused() -> None:
            tracker = await one.retrieve("a")
            await talk(other, "a", "daarna")
            say(tracker, "te laat")
            with pytest.raises(Overtaken):
                await one.save(tracker)
            assert said(await one.read("a")) == ["eerst", "daarna"]

        await apart(paused())

    asyncio.run(play())


def test_what_was_forgotten_meanwhile_does_not_come_back(redis_url):
    async def play() -> None:
        (one, _), (other, _) = replica(redis_url), replica(redis_url)
        await talk(one, "a", "eerst")

        async def paused() -> None:
            tracker = await one.retrieve("a")
            await apart(other.forget("a"))
            say(tracker, "te laat")
            with pytest.raises(Overtaken):
                await one.save(tracker)

        await apart(paused())
        assert not await other.exists("a")

    asyncio.run(play())


def test_an_answer_is_on_its_own_message_also_where_another_came_right_after_it(redis_url):
    async def play() -> None:
        (one, _), (other, _) = replica(redis_url), replica(redis_url)

        async def turn() -> list[str]:
            tracker = await one.get_or_create_tracker("a")
            say(tracker, "mijn bericht")
            await one.save(tracker)
            await talk(other, "a", "een later bericht")
            return said(await one.read("a"))

        assert await apart(turn()) == ["mijn bericht"]
        assert said(await apart(one.read("a"))) == ["mijn bericht", "een later bericht"]

    asyncio.run(play())


def test_a_message_that_a_killed_replica_saved_is_answered_again_from_what_was_before_it(redis_url):
    async def play() -> None:
        (killed, _), (other, _) = replica(redis_url), replica(redis_url)
        texts = [f"bericht {number}" for number in range(MOST_TURNS)]
        await talk(killed, "a", *texts)

        async def turn(store, text: str) -> list[str]:
            under_way.set(f"de naam van {text}")
            before = said(await store.read("a"))
            tracker = await store.get_or_create_tracker("a")
            say(tracker, text)
            await store.save(tracker)
            return before

        before = await apart(turn(killed, "nieuw"))
        assert await apart(turn(other, "nieuw")) == before == texts[-len(before) :]
        assert await apart(turn(other, "nieuwer")) != before
        earlier = [event.text for event in await other.earlier("a") if isinstance(event, UserUttered)]
        assert [*earlier, *said(await apart(other.read("a")))] == [*texts, "nieuw", "nieuwer"]

    asyncio.run(play())


def test_what_was_before_a_message_is_kept_for_minutes_and_longer_than_its_name(redis_url):
    async def turn(store) -> None:
        under_way.set("een naam")
        tracker = await store.get_or_create_tracker("a")
        say(tracker, "hoi")
        await store.save(tracker)

    async def play() -> None:
        ttl = 10.0 * AGAIN_SECONDS
        store, _ = replica(redis_url, ttl=ttl)
        await talk(store, "a", "eerst")
        await apart(turn(store))
        left = [await store._link.redis.pttl(key) / 1000 for key in store._keys("a")]
        data, version, _, before, message = left
        assert ttl - 60 < min(data, version) and max(data, version) <= ttl
        assert AGAIN_SECONDS - 60 < message <= AGAIN_SECONDS
        assert message < before < AGAIN_SECONDS + 60

    asyncio.run(play())


def test_what_was_before_a_message_never_outlasts_the_conversation(redis_url):
    async def play() -> None:
        store, _ = replica(redis_url)
        under_way.set("een naam")
        for text in ("eerst", "dan"):
            tracker = await store.get_or_create_tracker("a")
            say(tracker, text)
            await store.save(tracker)
        left = [await store._link.redis.pttl(key) / 1000 for key in store._keys("a")]
        assert max(left) <= TTL < AGAIN_SECONDS

    asyncio.run(play())


def test_a_turn_that_fails_half_way_leaves_what_was_saved(redis_url):
    async def play() -> None:
        store, _ = replica(redis_url)
        await talk(store, "a", "eerst")

        async def failing() -> list[str]:
            assert said(await store.read("a")) == ["eerst"]
            say(await store.retrieve("a"), "half")
            return said(await store.read("a"))

        assert await apart(failing()) == ["eerst"]

    asyncio.run(play())


def test_a_redis_that_was_started_again_knows_nobody_and_works(redis_to_cut):
    async def play() -> None:
        store, _ = replica(redis_to_cut.url())
        await talk(store, "a", "hoi")
        redis_to_cut.stop()
        redis_to_cut.start()
        assert await apart(store.read("a")) is None
        assert await talk(store, "a", "daar ben ik weer") == ["daar ben ik weer"]

    asyncio.run(play())


@pytest.mark.parametrize("trouble", ["stop", "pause"])
def test_without_redis_every_call_says_so_and_soon_it_is_left_alone(redis_to_cut, trouble, monkeypatch):
    monkeypatch.setattr("bot.conversations.shared.LONGEST_WAIT", 0.1)

    async def play() -> None:
        store, _ = replica(redis_to_cut.url())
        await talk(store, "a", "hoi")
        getattr(redis_to_cut, trouble)()
        for call in (store.read, store.retrieve, store.exists, store.earlier, store.forget):
            with pytest.raises(StoreDown):
                await apart(call("a"))
        with pytest.raises(StoreDown, match="left alone"):
            await store.exists("a")
        assert not await store.is_ready()

    try:
        asyncio.run(play())
    finally:
        redis_to_cut.ensure_running()


def test_a_write_that_is_repeated_because_the_line_dropped_is_done_once(redis_url, monkeypatch):
    monkeypatch.setattr("bot.conversations.redis_store.secrets.token_hex", lambda size: "dezelfde")

    async def play() -> None:
        store, _ = replica(redis_url)

        async def turn() -> None:
            tracker = await store.get_or_create_tracker("a", append_action_listen=False)
            say(tracker, *(f"bericht {number}" for number in range(2 * MOST_TURNS)))
            keys = store._keys("a")
            await store.save(tracker)
            before = await store._link.redis.llen(keys[2])
            await store.save(tracker)
            assert before == await store._link.redis.llen(keys[2])

        await apart(turn())

    asyncio.run(play())
