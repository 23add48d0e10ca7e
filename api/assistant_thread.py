"""The assistant in a thread of its own, so that nothing it computes holds up the web server.

Understanding a message takes milliseconds of pure computing in which an event loop does nothing else: with
sixteen people talking, a health check would wait for all of them.
"""

from __future__ import annotations

import asyncio
import functools
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

from anyio import CapacityLimiter

from api.provider import Assistant
from api.settled_memory import settle
from bot.stages import WAIT, note

SWITCH_SECONDS = 0.003
"""How long a computing thread may keep the interpreter while the web server wants it (Python: 0.005)."""


AT_ONCE = 4
"""Calls that it works on at a time; the others wait in the order in which they came.

More than a few only take the interpreter from one another, and from the web server: with four instead of
sixteen at a time, the slowest answers come a quarter sooner and a health check takes half the time. It is not
one, as a turn may wait for a store or an action elsewhere.
"""


class AssistantThread:
    """Implements Assistant: passes every call on to the assistant that `load` gives, in another thread."""

    def __init__(self, load: Callable[[], Awaitable[Assistant]]) -> None:
        self._load = load
        self._loop = asyncio.new_event_loop()
        self._turn = CapacityLimiter(AT_ONCE)
        self._thread = threading.Thread(target=self._loop.run_forever, name="assistant", daemon=True)

    async def __aenter__(self) -> AssistantThread:
        """Start the thread and load the assistant in it. Raises what loading raises."""
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread.start()
        self._assistant = await self._there(self._load)
        settle()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let the thread end, after what it is doing now."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join)
        self._loop.close()

    def __getattr__(self, name: str) -> Any:
        """A call of the assistant; what is not `async` blocks, and is called from a thread already."""
        found = getattr(self._assistant, name)
        if asyncio.iscoroutinefunction(found):
            found = functools.partial(self._there, found)
            setattr(self, name, found)
        return found

    async def _there(self, call: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
        asked = time.perf_counter()

        async def begun() -> Any:
            async with self._turn:
                note(WAIT, time.perf_counter() - asked)
                return await call(*arguments)

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(begun(), self._loop))
