"""Looks at a store now and then, and says in the log when it is lost and found again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass

from api import logs

LIFETIME = 10.0
"""Seconds that an answer of a store is used for: however many ask, it is asked no more often."""

PATIENCE = 2.0
"""Seconds in which a store must answer; Prometheus waits 10 s for all figures together."""


@dataclass(frozen=True)
class Seen:
    """What a store said. `error` is the class of what went wrong, None where it works."""

    value: object = None
    error: str | None = None

    @property
    def is_up(self) -> bool:
        """Whether the store can be used."""
        return self.error is None


class Watch:
    """One store, called `name` in figures and logs. `look` asks it something and may block or raise.

    At most one thread waits for the store, however long it hangs, and it never keeps the program from
    stopping.
    """

    def __init__(
        self,
        name: str,
        look: Callable[[], object],
        lifetime: float = LIFETIME,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._look = look
        self._lifetime = lifetime
        self._patience = patience
        self._clock = clock
        self._lock = threading.Lock()
        self._pending: Future | None = None
        self._last: tuple[float, Seen] | None = None
        self._was_up = True

    def seen(self) -> Seen:
        """What the store says, at most `lifetime` old. Blocks for at most `patience`; never raises."""
        with self._lock:
            if self._last and self._clock() - self._last[0] < self._lifetime:
                return self._last[1]
            if self._pending is None:
                self._pending = Future()
                threading.Thread(target=self._ask, args=(self._pending,), daemon=True).start()
            pending = self._pending
        try:
            found = pending.result(self._patience)
        except TooSlow:
            found = Seen(error="timeout")
        self._tell(found)
        return found

    def _ask(self, pending: Future) -> None:
        try:
            found = Seen(self._look())
        except Exception as error:
            found = Seen(error=type(error).__name__)
        with self._lock:
            self._last = (self._clock(), found)
            self._pending = None
        pending.set_result(found)

    def _tell(self, found: Seen) -> None:
        """Write a line when it is lost or found again; one, whoever asked."""
        with self._lock:
            changed, self._was_up = found.is_up != self._was_up, found.is_up
        if changed:
            logs.store(self.name, found.error)
