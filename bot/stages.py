"""How long the stages of a turn take, for whoever asked: `begin` before the turn, `stage` within it.

A turn may run in another thread with an event loop of its own: the context that `begin` leaves goes
along with `asyncio.run_coroutine_threadsafe`, with tasks and with `contextvars.copy_context`. Where
nobody asked, measuring does nothing.
"""

from __future__ import annotations

import threading
import time
from contextvars import ContextVar

WAIT, SCREEN, UNDERSTAND, DIALOGUE, ACTION, STORE = (
    "wait",
    "screen",
    "understand",
    "dialogue",
    "action",
    "store",
)

STAGES: dict[str, str] = {
    WAIT: "Waiting for the thread of the assistant, and for an earlier message of the same conversation.",
    SCREEN: "Practice shorthand written out, and the safety rules.",
    UNDERSTAND: "Lemmas, place, language, classifier and decision.",
    DIALOGUE: "Rasa's policies: which action comes next.",
    ACTION: "The custom actions.",
    STORE: "Reading and writing the conversation.",
}
"""Every stage with what it is."""


class Timings:
    """What one turn took, in seconds. Any thread may add to it."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._lock = threading.Lock()
        self._stages: dict[str, float] = {}
        self._actions: dict[str, float] = {}

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning of the turn."""
        return time.perf_counter() - self._began

    @property
    def stages(self) -> dict[str, float]:
        """Seconds by stage; a stage that was passed through twice is added up."""
        with self._lock:
            return dict(self._stages)

    @property
    def actions(self) -> dict[str, float]:
        """Seconds by name of the custom action."""
        with self._lock:
            return dict(self._actions)

    def add(self, stage: str, seconds: float, action: str | None = None) -> None:
        """Add `seconds` to a stage of STAGES, and to an action where it is one."""
        with self._lock:
            self._stages[stage] = self._stages.get(stage, 0.0) + seconds
            if action is not None:
                self._actions[action] = self._actions.get(action, 0.0) + seconds


_current: ContextVar[Timings | None] = ContextVar("timings", default=None)


def begin() -> Timings:
    """Measure what happens from here on in this context."""
    timings = Timings()
    _current.set(timings)
    return timings


def note(stage: str, seconds: float) -> None:
    """Add what was measured elsewhere to the turn that goes on in this context."""
    timings = _current.get()
    if timings is not None:
        timings.add(stage, seconds)


class stage:
    """Measure the block as a stage of STAGES, also when it raises. `action`: the custom action it runs."""

    __slots__ = ("_name", "_action", "_timings", "_began")

    def __init__(self, name: str, action: str | None = None) -> None:
        self._name = name
        self._action = action

    def __enter__(self) -> None:
        self._timings = _current.get()
        self._began = time.perf_counter()

    def __exit__(self, *error: object) -> None:
        if self._timings is not None:
            self._timings.add(self._name, time.perf_counter() - self._began, self._action)
