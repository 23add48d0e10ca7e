"""The help lines and the numbers that must never be shown."""

from __future__ import annotations

from pathlib import Path

from sociale_kaart.files import FORBIDDEN_NUMBERS, HELP_LINES, data_file, read_rows
from sociale_kaart.model import HelpLine
from sociale_kaart.phones import digits, numbers_in, unknown_numbers

__all__ = ["load_forbidden_numbers", "load_helplines", "numbers_in", "unknown_numbers"]

SHOWN = "actief"


def load_helplines(data_dir: Path | str | None = None) -> dict[str, HelpLine]:
    """The help lines that may be shown, by key; stopped and unconfirmed ones are left out.

    Lines with audience `balie` are for professionals only.
    """
    return {
        row["sleutel"]: _help_line(row.values)
        for row in read_rows(data_file(data_dir, HELP_LINES))
        if row["status"] == SHOWN
    }


def load_forbidden_numbers(data_dir: Path | str | None = None) -> frozenset[str]:
    """Numbers that must never be shown (Belgian, outdated, wrong, professionals only), digits only."""
    numbers = (digits(row["nummer"]) for row in read_rows(data_file(data_dir, FORBIDDEN_NUMBERS)))
    return frozenset(number for number in numbers if number)


def _help_line(cells: dict[str, str]) -> HelpLine:
    return HelpLine(
        key=cells["sleutel"],
        name=cells["naam"],
        phone=cells["telefoon"] or None,
        url=cells["url"] or None,
        chat_url=cells["chat_url"] or None,
        opening_hours=cells["openingstijden"] or None,
        when=cells["wanneer"],
        source=cells["bron"],
        checked_on=cells["gecontroleerd_op"] or None,
        audience=cells["voor_wie"],
        municipalities=tuple(name.strip() for name in cells["gemeenten"].split(";") if name.strip()),
        certainty=cells["zekerheid"] or None,
    )
