"""Opening times as a calendar understands them: the columns `herhaling`, `dagen`, `open_van`, `open_tot`.

The terms are those of iCalendar's recurrence rules (RFC 5545, section 3.3.10), as in HSDS `schedule`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

FREQUENCIES = {"wekelijks": "WEEKLY", "maandelijks": "MONTHLY"}
DAYS = {"ma": "MO", "di": "TU", "wo": "WE", "do": "TH", "vr": "FR", "za": "SA", "zo": "SU"}
COLUMNS = ("herhaling", "dagen", "open_van", "open_tot")

_DAY = re.compile(r"(-1|[1-5])?(ma|di|wo|do|vr|za|zo)$")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d$")


@dataclass(frozen=True)
class Schedule:
    """One recurring opening: `freq` WEEKLY or MONTHLY, `byday` as in RFC 5545, times `HH:MM` or None."""

    freq: str
    byday: str
    opens_at: str | None
    closes_at: str | None


class ScheduleError(ValueError):
    """A cell cannot be read; `field` names its column, the text says in Dutch what to do."""

    def __init__(self, field: str, message: str):
        self.field = field
        super().__init__(message)


def schedules_of(cells: Mapping[str, str]) -> list[Schedule]:
    """The schedules in a row's four columns, several parted by `;`; empty where none is filled in.

    Raises ScheduleError for the first cell that cannot be read.
    """
    parts = {name: _parts(cells.get(name, "")) for name in COLUMNS}
    count = len(parts["dagen"])
    if not any(parts.values()):
        return []
    for name in COLUMNS:
        optional = name in ("open_van", "open_tot") and not parts[name]
        if len(parts[name]) != count and not optional:
            raise ScheduleError(
                name, f"hier staan {len(parts[name])} roosters en bij dagen {count}; maak ze even lang."
            )
    return [
        _schedule({name: parts[name][at] if parts[name] else "" for name in COLUMNS}) for at in range(count)
    ]


def _parts(cell: str) -> list[str]:
    return [part.strip().lower() for part in cell.split(";")] if cell.strip() else []


def _schedule(part: Mapping[str, str]) -> Schedule:
    if part["herhaling"] not in FREQUENCIES:
        raise ScheduleError("herhaling", f"'{part['herhaling']}' kan niet; kies wekelijks of maandelijks.")
    monthly = part["herhaling"] == "maandelijks"
    days = [_day(day.strip(), monthly) for day in part["dagen"].split(",")]
    for name in ("open_van", "open_tot"):
        if part[name] and not _TIME.match(part[name]):
            raise ScheduleError(name, f"'{part[name]}' is geen tijd; schrijf vier cijfers, zoals 09:30.")
    if part["open_van"] and part["open_tot"] and part["open_tot"] <= part["open_van"]:
        raise ScheduleError("open_tot", "de eindtijd komt niet na de begintijd; controleer de tijden.")
    return Schedule(
        FREQUENCIES[part["herhaling"]], ",".join(days), part["open_van"] or None, part["open_tot"] or None
    )


def _day(text: str, monthly: bool) -> str:
    match = _DAY.match(text)
    if not match:
        raise ScheduleError("dagen", f"'{text}' is geen dag; schrijf ma, di, wo, do, vr, za of zo.")
    if match[1] and not monthly:
        raise ScheduleError("dagen", f"'{text}' hoort bij maandelijks; zet herhaling op maandelijks.")
    if monthly and not match[1]:
        raise ScheduleError("dagen", f"schrijf welke '{text}' van de maand, zoals 2{text} of -1{text}.")
    return f"{match[1] or ''}{DAYS[match[2]]}"
