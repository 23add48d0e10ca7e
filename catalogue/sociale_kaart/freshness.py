"""How old a source is, and how its date is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from sociale_kaart.matching.weights import OLD_SOURCE
from sociale_kaart.sentences import say

MONTHS_BEFORE_CHECK = 12
"""A source older than this must be checked first (domain/routes.md, section H.6)."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def earliest_day(text: str | None) -> date | None:
    """The first day that `2024`, `2024-04` or `2024-04-16` can mean; None when empty or no date."""
    match = _DATE.match(text or "")
    if not match:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_up_to_date(checked_on: str | None, today: date) -> bool:
    """True when the source is certainly not older than twelve months; an unknown date is too old."""
    checked = earliest_day(checked_on)
    if checked is None:
        return False
    months = (today.year - checked.year) * 12 + today.month - checked.month
    return months < MONTHS_BEFORE_CHECK or (months == MONTHS_BEFORE_CHECK and today.day <= checked.day)


def by_freshness(checked_on: Iterable[str | None], today: date) -> dict[str, int]:
    """How many of these sources are `current`, and how many `outdated`."""
    found = Counter(is_up_to_date(one, today) for one in checked_on)
    return {"current": found[True], "outdated": found[False]}


def freshness(checked_on: str | None, today: date) -> float:
    """1 for this year's source down to OLD_SOURCE for an old or undated one: a tie-break, not a verdict."""
    checked = earliest_day(checked_on)
    if checked is None:
        return OLD_SOURCE
    years = max(0.0, (today - checked).days / 365.25)
    return max(OLD_SOURCE, 1.0 - 0.02 * years)


def in_words(text: str | None) -> str | None:
    """`2024-04-16` as `16 april 2024`, `2024-04` as `april 2024`; None when there is no date."""
    match = _DATE.match(text or "")
    if not match:
        return None
    year, month, day = match.groups()
    parts = [str(int(day))] if day else []
    if month:
        parts.append(say(f"maanden.{int(month)}"))
    return " ".join([*parts, year])
