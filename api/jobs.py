"""Work that the server does by itself, again and again, while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from api import logs
from api.metrics import Metrics

FIRST_SECONDS = 0.5
"""From the start of the server to the first of the work that can wait: who asks something goes first."""


@dataclass(frozen=True)
class Job:
    """Work with the pause after it in seconds. `work` must not block the event loop.

    `is_endless`: it ends only by failing or when the server stops, so it never succeeds. It starts with
    the server, all other work FIRST_SECONDS later.
    """

    name: str
    pause: float
    work: Callable[[], Awaitable[object]]
    is_endless: bool = False


class Jobs:
    """Runs jobs between the start and the stop of the server; one that fails is tried again later."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._jobs: list[Job] = []
        self._tasks: list[asyncio.Task] = []

    def add(self, job: Job) -> None:
        """Let `job` run from the next start on."""
        self._jobs.append(job)

    async def __aenter__(self) -> Jobs:
        for job in self._jobs:
            self._metrics.task_planned(job.name, None if job.is_endless else job.pause)
        self._tasks = [asyncio.create_task(self._again_and_again(job), name=job.name) for job in self._jobs]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def _again_and_again(self, job: Job) -> None:
        if not job.is_endless:
            await asyncio.sleep(FIRST_SECONDS)
        while True:
            try:
                await job.work()
                self._metrics.task_done(job.name)
            except Exception as error:
                self._metrics.task_failed(job.name)
                logs.failure("job_failed", error, task=job.name)
            await asyncio.sleep(job.pause)
