"""Which trace the work at hand belongs to, as W3C Trace Context has it (Recommendation of 23 November 2021).

Every process that a question passes through writes the same trace id in its logs. No spans are recorded
or sent: that needs no library, and any collector can join our log lines to its traces by the id.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

HEADER = "traceparent"

_SAMPLED = 0x01
_FORM = re.compile(
    r"(?P<version>[0-9a-f]{2})-(?P<trace>[0-9a-f]{32})-(?P<parent>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})(?P<more>-.*)?"
)
_LONGEST = 512
"""Characters of a header of a later version; one of version 00 has 55."""


@dataclass(frozen=True)
class Trace:
    """A trace that goes on here. `id` has 32 hex digits, not all zero."""

    id: str
    is_sampled: bool = True

    def outgoing(self) -> str:
        """The `traceparent` of one outgoing call, with a parent id of its own."""
        return f"00-{self.id}-{_random_hex(8)}-{_SAMPLED * self.is_sampled:02x}"


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current() -> Trace | None:
    """The trace of the request or event at hand; None outside of one."""
    return _current.get()


def new() -> Trace:
    """A trace that begins here. It counts as recorded, because our log lines hold its id."""
    return Trace(_random_hex(16))


def read(header: str | None) -> Trace | None:
    """The trace that a `traceparent` names; None when it is missing or not to the letter (section 3.2)."""
    match = _FORM.fullmatch(header or "") if len(header or "") <= _LONGEST else None
    if not match or match["version"] == "ff" or (match["version"] == "00" and match["more"]):
        return None
    if not int(match["trace"], 16) or not int(match["parent"], 16):
        return None
    return Trace(match["trace"], bool(int(match["flags"], 16) & _SAMPLED))


def of_event(event_id: str) -> Trace:
    """The trace of an event: the 32 hex digits that its id ends with, or else digits made from the id.

    The same at every attempt and in every process. Not the trace of the request that caused it: a sender
    may use one trace for all that somebody does, and receivers are other organisations.
    """
    match = re.search(r"[0-9a-f]{32}\Z", event_id)
    return Trace(
        match[0] if match and int(match[0], 16) else hashlib.sha256(event_id.encode()).hexdigest()[:32]
    )


def outgoing_headers() -> dict[str, str]:
    """The header for a call to another program, of the trace at hand or else of a new one.

    `tracestate` is not passed on: it is free text of a sender.
    """
    return {HEADER: (current() or new()).outgoing()}


@contextmanager
def within(trace: Trace) -> Iterator[None]:
    """Do the work of the block as part of `trace`."""
    before = _current.set(trace)
    try:
        yield
    finally:
        _current.reset(before)


def _random_hex(size: int) -> str:
    """`size` random bytes in hex, not all zero."""
    found = secrets.token_hex(size)
    return found if int(found, 16) else _random_hex(size)
