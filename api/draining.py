"""How the server stops without leaving anybody without an answer.

The first signal only makes it say that it is not ready, so that a load balancer sends new people elsewhere.
After a pause it takes no new connections; what is under way gets its answer; then it ends, with code 0.
"""

from __future__ import annotations

import os
import signal
import time
from types import FrameType

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SPARE_SECONDS = 5.0
"""For what comes after the last answer: stopping the jobs and closing the database."""


class Draining:
    """Whether and since when this server stops. Times in seconds.

    `pause`: between the signal and the moment at which no new connection is taken; `grace`: what the requests
    under way then get. Asked to stop a second time, or not done in time, the process ends where it stands:
    with `os._exit`, because in a container the kernel gives process 1 no signal that it does not handle.
    """

    def __init__(self, pause: float, grace: float) -> None:
        self._pause = pause
        self._longest = pause + grace + SPARE_SECONDS
        self._closes_at: float | None = None

    @property
    def began(self) -> bool:
        """Whether the server was asked to stop."""
        return self._closes_at is not None

    @property
    def closes(self) -> bool:
        """Whether the pause is over: no new connections from now on."""
        return self._closes_at is not None and time.monotonic() >= self._closes_at

    def begin(self, number: int, frame: FrameType | None = None) -> None:
        """Handle the signal `number`. Ctrl+C has no pause: nobody balances a load at a keyboard."""
        if self.began:
            os._exit(128 + number)
        signal.signal(signal.SIGALRM, lambda *_: os._exit(1))
        signal.setitimer(signal.ITIMER_REAL, self._longest)
        self._closes_at = time.monotonic() + (0 if number == signal.SIGINT else self._pause)


class LastAnswers:
    """Middleware that ends a connection with its answer once the server stops.

    A proxy that keeps connections open would otherwise send a request on one that is just being closed.
    """

    def __init__(self, app: ASGIApp, draining: Draining) -> None:
        self.app = app
        self._draining = draining

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_and_close(message: Message) -> None:
            if message["type"] == "http.response.start" and self._draining.began:
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        await self.app(scope, receive, send_and_close)
