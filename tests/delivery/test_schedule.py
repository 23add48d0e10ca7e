from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from api.delivery.schedule import (
    DELAYS,
    FAILURES_BEFORE_OPEN,
    LONGEST_OPEN,
    LONGEST_RETRY_AFTER,
    SHORTEST_OPEN,
    open_after,
    rest_asked,
    wait_after,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


def test_the_schedule_goes_on_for_days_and_grows():
    assert timedelta(days=3) < timedelta(seconds=sum(DELAYS)) < timedelta(days=5)
    assert list(DELAYS) == sorted(DELAYS)


def test_the_jitter_is_full_and_the_mean_is_the_delay():
    waits = [wait_after(3).total_seconds() for _ in range(2000)]
    assert 0 <= min(waits) < 100 and max(waits) <= 2 * DELAYS[2]
    assert sum(waits) / len(waits) == pytest.approx(DELAYS[2], rel=0.1)


def test_after_the_last_attempt_there_is_no_wait():
    assert wait_after(len(DELAYS)) is not None and wait_after(len(DELAYS) + 1) is None


def test_a_circuit_opens_for_longer_and_longer_within_bounds():
    assert open_after(FAILURES_BEFORE_OPEN - 1) is None
    assert open_after(FAILURES_BEFORE_OPEN) == timedelta(seconds=SHORTEST_OPEN)
    assert open_after(10**9) == timedelta(seconds=LONGEST_OPEN)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", None),
        ("999999999999", LONGEST_RETRY_AFTER),
        ("Sun, 22 Nov 2026 12:05:00 GMT", 300),
        ("Sun, 22 Nov 2020 12:05:00 GMT", None),
        ("Fri, 01 Jan 2999 00:00:00 GMT", LONGEST_RETRY_AFTER),
        ("morgen", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("²", None),
        ("9" * 5000, None),
    ],
)
def test_the_rest_that_a_receiver_asks_for_is_read(header, seconds):
    found = rest_asked(header, NOW)
    if header == "9" * 5000:
        assert found is None or found == timedelta(seconds=LONGEST_RETRY_AFTER)
    else:
        assert found == (None if seconds is None else timedelta(seconds=seconds))
