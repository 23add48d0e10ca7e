"""Stops asking a server that does not answer, so that not every person waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable


class Circuit:
    """Open after `most` failures without an answer between them; then a look is due every `pause` seconds.

    `clock` gives seconds.
    """

    def __init__(
        self, most: int = 3, pause: float = 3.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._pause = pause
        self._clock = clock
        self._failures = 0
        self._next_look = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the server is not to be asked now."""
        return self._failures >= self._most

    def failed(self) -> None:
        """The server was not there, or too slow."""
        self._failures += 1
        self._next_look = self._clock() + self._pause

    def worked(self) -> None:
        """The server answered."""
        self._failures = 0

    def look_is_due(self) -> bool:
        """Whether somebody must look now if the server is back; true for one caller in each pause."""
        if not self.is_open or self._clock() < self._next_look:
            return False
        self._next_look = self._clock() + self._pause
        return True
