"""What a turn took is measured wherever it runs, and only where somebody asked."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import stages
from bot.stages import ACTION, SCREEN, STORE, stage


def apart(work):
    """Run `work` in a context of its own, as every request has one."""
    return contextvars.copy_context().run(work)


def test_stages_are_added_up_by_name_and_actions_by_their_own():
    def turn():
        timings = stages.begin()
        for name, action in ((STORE, None), (STORE, None), (ACTION, "action_a"), (ACTION, "action_b")):
            with stage(name, action):
                pass
        return timings

    timings = apart(turn)
    assert timings.stages.keys() == {STORE, ACTION} and timings.actions.keys() == {"action_a", "action_b"}
    assert timings.stages[ACTION] == pytest.approx(sum(timings.actions.values()))
    assert 0 <= sum(timings.stages.values()) <= timings.elapsed


def test_a_stage_that_raises_counts_too():
    def turn():
        timings = stages.begin()
        with pytest.raises(ValueError), stage(SCREEN):
            raise ValueError
        return timings

    assert SCREEN in apart(turn).stages


def test_without_a_beginning_nothing_is_measured():
    def turn():
        with stage(SCREEN):
            stages.note(STORE, 1.0)

    apart(turn)


def test_a_turn_in_a_thread_with_a_loop_of_its_own_is_measured():
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def there() -> None:
        with stage(SCREEN):
            await asyncio.sleep(0)

    async def in_the_web() -> stages.Timings:
        timings = stages.begin()
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(there(), loop))
        return timings

    try:
        assert asyncio.run(in_the_web()).stages.keys() == {SCREEN}
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_threads_of_one_turn_add_to_the_same_figures():
    timings = stages.Timings()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: [timings.add(STORE, 0.5) for _ in range(200)], range(8)))
    assert timings.stages == {STORE: 800.0}


def test_two_turns_at_once_do_not_mix():
    async def turn(name: str) -> stages.Timings:
        timings = stages.begin()
        with stage(name):
            await asyncio.sleep(0)
        return timings

    async def both() -> list[stages.Timings]:
        return await asyncio.gather(turn(STORE), turn(SCREEN))

    assert [list(timings.stages) for timings in asyncio.run(both())] == [[STORE], [SCREEN]]
