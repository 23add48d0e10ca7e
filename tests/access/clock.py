"""A clock that tests move."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


class Clock:
    """Called, it says what time it is."""

    def __init__(self) -> None:
        self.moment = datetime.now(timezone.utc).replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **time: float) -> None:
        self.moment += timedelta(**time)
