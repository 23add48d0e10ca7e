"""Finding telephone numbers in text, so that no number outside the list ever leaves the program."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

_SEPARATOR = r"[ \u00a0.\-()]{0,2}"
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
_NOT_A_NUMBER = r"(?!\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2})(?!\d{1,2}[.:]\d{2} ?(?:-|–|tot|t/m|uur))"
_NOT_INSIDE_A_FIGURE = r"(?<!\w)(?<!\d[.:,])"
_LONG = re.compile(
    _NOT_INSIDE_A_FIGURE
    + _NOT_A_NUMBER
    + r"(?:"
    + rf"(?:\+|00)[1-9]\d{{0,2}}(?:{_SEPARATOR}\d){{6,12}}"
    + rf"|0[89]00{_SEPARATOR}"
    + rf"(?:\d{{3}}{_SEPARATOR}\d{{2}}{_SEPARATOR}\d{{2}}|\d{{4}}|\d{{2}}{_SEPARATOR}\d{{3}})"
    + rf"|0[89]0[69]{_SEPARATOR}\d{{4}}(?:{_SEPARATOR}\d{{2}}{_SEPARATOR}\d{{2}})?"
    + rf"|0[1-9](?:{_SEPARATOR}\d){{8}}"
    + rf"|0[1-9](?:{_SEPARATOR}\d){{7}}"
    + r")(?!\d)"
)
_MUNICIPAL = re.compile(_NOT_INSIDE_A_FIGURE + r"14 ?0\d{2,3}(?!\d)")
_ALWAYS_SHORT = re.compile(_NOT_INSIDE_A_FIGURE + r"(?<![€-])(?:112|113)(?![\d:,]|\.\d)")
_AFTER_CALL_WORD = re.compile(
    r"\b(?:bel|belt|bellen|telefoon|telefoonnummer|tel|nummer|lijn)\b[^\w\n]{1,3}"
    r"(?:(?:u|je|dan|nu|gratis|direct|meteen|gewoon|naar|met|het|nummer|of|op)[^\w\n]{1,3}){0,4}"
    r"(?!(?:19|20)\d{2}\b)(\d{3,6})"
    r"(?![\d:]|[.,]\d| ?(?:uur|jaar|km|kilometer|euro|minuten|dagen|keer|meter)\b)",
    re.IGNORECASE,
)


def digits(number: str) -> str:
    """A number as digits only, in its Dutch form: `+31 (0)50 230 3252` becomes `0502303252`."""
    only = re.sub(r"\D", "", number)
    for prefix in ("0031", "31"):
        if only.startswith(prefix) and (prefix == "0031" or number.strip().startswith("+")):
            return "0" + only[len(prefix) :].lstrip("0")
    return only


def numbers_in(text: str) -> list[str]:
    """The telephone numbers in a text, digits only, in order of appearance.

    Web and mail addresses, dates, times, years, postcodes, prices and house numbers are left out.
    A short number other than 112 and 113 counts only after a word such as "bel".
    """
    return [digits(text[start:end]) for start, end in _number_spans(text)]


def unknown_numbers(text: str, allowed: Iterable[str]) -> list[str]:
    """The numbers in `text` that are not in `allowed` (written in any way); empty when all is well."""
    known = {digits(number) for number in allowed}
    return [number for number in numbers_in(text) if number not in known]


def without_unknown_numbers(text: str, known: Container[str], instead: str) -> str:
    """`text` with `instead` in the place of every number that is not in `known` (digits only)."""
    for start, end in reversed(_number_spans(text)):
        if digits(text[start:end]) not in known:
            text = text[:start] + instead + text[end:]
    return text


def _number_spans(text: str) -> list[tuple[int, int]]:
    """Where telephone numbers stand in a text, in order, without overlap."""
    if not _DIGIT.search(text):
        return []
    blank = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    found: list[tuple[int, int]] = []
    for pattern in (_LONG, _MUNICIPAL, _ALWAYS_SHORT, _AFTER_CALL_WORD):
        for match in pattern.finditer(blank):
            start, end = match.span(1 if pattern.groups else 0)
            if not any(start < other_end and other_start < end for other_start, other_end in found):
                found.append((start, end))
    return sorted(found)


def is_phone(number: str) -> bool:
    """True for one whole Dutch telephone number and nothing else."""
    only = digits(number)
    return bool(
        re.fullmatch(r"[\d +()\-.\u00a0]+", number)
        and re.fullmatch(r"112|113|0[89]00\d{4}|0[89]00\d{7}|0[1-9]\d{8}|14\d{3,4}", only)
    )
