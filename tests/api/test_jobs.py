"""Work that the server does by itself."""

from __future__ import annotations

import asyncio

from api.jobs import Job, Jobs
from api.metrics import Metrics

ROUNDS_OF_THE_LOOP = 50


def test_what_can_wait_lets_whoever_asks_go_first():
    done: list[str] = []

    async def go() -> None:
        reached = asyncio.Event()

        async def tidy() -> None:
            done.append("tidied")
            reached.set()

        async def send() -> None:
            done.append("sent")
            await asyncio.Event().wait()

        jobs = Jobs(Metrics())
        jobs.add(Job("tidy", 3600, tidy))
        jobs.add(Job("send", 3600, send, is_endless=True))
        async with jobs:
            for _ in range(ROUNDS_OF_THE_LOOP):
                await asyncio.sleep(0)
            assert done == ["sent"]
            await asyncio.wait_for(reached.wait(), 10)
        assert done == ["sent", "tidied"]

    asyncio.run(go())


def test_what_had_not_begun_does_not_hold_up_the_stop():
    async def go() -> None:
        jobs = Jobs(Metrics())
        jobs.add(Job("tidy", 3600, _must_not_run))
        async with jobs:
            pass
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "tidy"]

    asyncio.run(go())


def test_work_that_fails_is_counted_and_tried_again():
    tries: list[int] = []

    async def go() -> None:
        again = asyncio.Event()

        async def fail() -> None:
            tries.append(1)
            if len(tries) == 3:
                again.set()
            raise OSError("the disk is full")

        metrics = Metrics()
        jobs = Jobs(metrics)
        jobs.add(Job("tidy", 0, fail))
        async with jobs:
            await asyncio.wait_for(again.wait(), 10)
        assert len(tries) >= 3
        assert metrics.registry.get_sample_value("sociale_triage_task_failures_total", {"task": "tidy"}) >= 2

    asyncio.run(go())


async def _must_not_run() -> None:
    raise AssertionError("the server stopped before this could begin")
