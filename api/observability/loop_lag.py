"""How long the event loop is kept from its work: what blocks it delays everybody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

PAUSE = 0.5
"""Seconds between two measurements."""


async def measure_lag(observe: Callable[[float], None], pause: float = PAUSE) -> None:
    """Tell `observe` again and again how many seconds too late a timer went off, until cancelled."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(pause)
        observe(max(0.0, time.perf_counter() - began - pause))
