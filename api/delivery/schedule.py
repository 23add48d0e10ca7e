"""When to try again, and when to leave a receiver alone for a while: the figures and their sources."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_MINUTE, _HOUR = 60, 3600

DELAYS: tuple[float, ...] = (
    5,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    5 * _HOUR,
    10 * _HOUR,
    14 * _HOUR,
    20 * _HOUR,
    24 * _HOUR,
)
"""Seconds between two attempts, on average: the example of Standard Webhooks 1.0.0, "Deliverability and
reliability". After the last one an event is a dead letter: some three days after the first attempt."""

FAILURES_BEFORE_OPEN = 5
"""Failures in a row after which the circuit of a receiver opens. Our own choice."""

SHORTEST_OPEN, LONGEST_OPEN = _MINUTE, _HOUR
"""Seconds that a circuit stays open: twice as long after every failed trial. Our own choice."""

LONGEST_RETRY_AFTER = 24 * _HOUR
"""Seconds. A receiver cannot ask for more rest than the longest delay of the schedule."""


def wait_after(attempts: int, delays: tuple[float, ...] = DELAYS) -> timedelta | None:
    """How long to wait after so many failed attempts; None when it was the last one.

    Full jitter (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015): anything
    from nothing to twice the delay, so that it is the delay on average.
    """
    if attempts > len(delays):
        return None
    return timedelta(seconds=random.uniform(0, 2 * delays[attempts - 1]))


def open_after(failures: int) -> timedelta | None:
    """How long nothing is sent after so many failures in a row; None: no reason to stop."""
    if failures < FAILURES_BEFORE_OPEN:
        return None
    doublings = min(failures - FAILURES_BEFORE_OPEN, 10)
    return timedelta(seconds=min(SHORTEST_OPEN * 2**doublings, LONGEST_OPEN))


def rest_asked(retry_after: str | None, now: datetime) -> timedelta | None:
    """What a `Retry-After` header asks for (seconds or an HTTP date), within bounds; None when nothing."""
    if not retry_after:
        return None
    try:
        if retry_after.isdecimal():
            asked = float(retry_after)
        else:
            moment = parsedate_to_datetime(retry_after)
            asked = (moment.replace(tzinfo=moment.tzinfo or timezone.utc) - now).total_seconds()
    except (ValueError, OverflowError):
        return None
    return timedelta(seconds=min(max(asked, 0), LONGEST_RETRY_AFTER)) or None
