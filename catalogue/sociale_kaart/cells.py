"""Cells that a spreadsheet would run as a formula: known, refused, and made harmless on the way out.

OWASP's list of first characters (https://owasp.org/www-community/attacks/CSV_Injection): = + - @ tab, return.
"""

from __future__ import annotations

import re

FORMULA = "deze cel begint als een formule (=, +, -, @ of een tab); begin met een letter of cijfer."

_FORMULA = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"'+[=+\-@\t\r]")
_NEEDS_MARK = re.compile(r"'*[=+\-@\t\r]")
_ALLOWED = {
    "telefoon": re.compile(r"\+\d[\d ()\-.]*"),
    "dagen": re.compile(r"-1(?:ma|di|wo|do|vr|za|zo)\b[\w ,;-]*", re.IGNORECASE),
}
"""What may start with such a character: a number with country code, and 'the last Thursday'."""


def is_formula(column: str, cell: str) -> bool:
    """Whether a cell of that column would be run by a spreadsheet, and is no number or day of ours."""
    if not _FORMULA.match(cell):
        return False
    allowed = _ALLOWED.get(column)
    return not (allowed and allowed.fullmatch(cell.strip()))


def harmless(cell: str) -> str:
    """The cell with an apostrophe before a first character that starts a formula; `original` undoes it."""
    return f"'{cell}" if _NEEDS_MARK.match(cell) else cell


def original(cell: str) -> str:
    """The cell as it was before `harmless`."""
    return cell[1:] if _HARMLESS.match(cell) else cell
