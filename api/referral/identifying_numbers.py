"""What identifies a person and does not belong in a referral: a BSN, an IBAN, a date of birth.

Only what is certain is found: a number that passes its check, a date that can hardly be anything else.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

BSN, IBAN, BIRTH_DATE = "bsn", "iban", "geboortedatum"

YOUNGEST = 10
"""Years: a full date so long ago counts as a date of birth, a later one as a date of something else."""

_NEAR_FUTURE = 5
"""Years: a date in two figures up to then, as `12-03-29`, may be an appointment."""

_JOIN = r"[ .\-/]{0,3}"
_GAP = r"[ .\-/]{1,3}"
_PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)31{_JOIN}(?:\(0\){_JOIN})?[1-9](?:{_JOIN}\d){{8}}|0\d{{9}}"
    rf"|0\d{_GAP}\d(?:{_JOIN}\d){{7}}|0\d\d{_GAP}\d(?:{_JOIN}\d){{6}}|0\d{{3}}{_GAP}\d(?:{_JOIN}\d){{5}})"
    r"(?!\d)"
)
"""A Dutch telephone number as people group it: what stands beside it is another number."""

_NINE_DIGITS = re.compile(rf"(?<!\d)(?<!\d[ .\-/])\d(?:{_JOIN}\d){{8}}(?!{_JOIN}\d)|(?<!\d)\d{{9}}(?!\d)")
_CALLED_BSN = re.compile(
    r"\b(?:b\.?s\.?n|sofi|burger[ -]?service[ -]?nummer)\w*\W{0,3}(?:\w+\W{1,2}){0,2}"
    rf"\d(?:{_JOIN}\d){{7,8}}(?!\d)",
    re.IGNORECASE,
)
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
"""The "elfproef" of the citizen service number (BSN)."""

_IBAN_START = re.compile(r"(?=[A-Za-z]{2}\d\d|[Nn][Ll][ .\-]{1,3}\d\d)", re.ASCII)
_IBAN_LENGTHS = {
    **{"NO": 15, "BE": 16, "DK": 18, "FI": 18, "NL": 18, "SI": 19, "AT": 20, "BA": 20, "EE": 20, "LT": 20},
    **{"LU": 20, "XK": 20, "CH": 21, "HR": 21, "LV": 21, "LI": 21, "BG": 22, "DE": 22, "GB": 22, "IE": 22},
    **{"ME": 22, "RS": 22, "CZ": 24, "ES": 24, "MD": 24, "RO": 24, "SE": 24, "SK": 24, "TN": 24, "PT": 25},
    **{"IS": 26, "TR": 26, "FR": 27, "GR": 27, "IT": 27, "SM": 27, "AL": 28, "CY": 28, "HU": 28, "MA": 28},
    **{"PL": 28, "UA": 29, "MT": 31},
}
"""Characters of an IBAN by country (ISO 13616); the check is mod 97 (ISO 7064)."""

_FEWEST_DIGITS = 10
"""In an IBAN. Words after a short figure, as in `in 32 mensen`, pass its check once in 97 times."""

_MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9,
    "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:19|20)\d\d"
_BETWEEN = r"(?: ?[-/.,] ?| )"
_BIRTH = r"(?:geb|gebdat|gebdatum|geboren|geboortedatum|geboortejaar|geboortedag|born)\b"
_ALONE, _LAST = r"(?<!\d)(?<!\d[ .\-/])", r"(?![ .\-/]{0,2}\d)"
"""No digits before or after: a telephone number in pairs holds what could be a date."""
_DATES = (
    re.compile(rf"(?<!\d)(?P<d>\d\d?){_BETWEEN}(?P<m>\d\d?){_BETWEEN}(?P<y>{_YEAR})(?!\d)"),
    re.compile(rf"{_ALONE}(?P<d>\d\d?)(?P<s>{_BETWEEN})(?P<m>\d\d?)(?P=s)(?P<y>['’]?\d\d){_LAST}"),
    re.compile(rf"(?<!\d)(?P<y>{_YEAR}){_BETWEEN}(?P<m>\d\d?){_BETWEEN}(?P<d>\d\d?)(?!\d)"),
    re.compile(rf"{_ALONE}(?P<d>\d\d)(?P<m>\d\d)(?P<y>{_YEAR}){_LAST}"),
    re.compile(rf"{_ALONE}(?P<y>{_YEAR})(?P<m>\d\d)(?P<d>\d\d){_LAST}"),
    re.compile(
        rf"(?<!\d)(?P<d>\d\d?)(?:e|ste|de)?[ .\-/]*(?P<m>{_MONTH})(?![a-z])[ .,\-/]*"
        rf"(?P<y>{_YEAR}|['’]?\d\d)(?!\d)"
    ),
    re.compile(rf"\b(?P<m>{_MONTH})[ .]*(?P<d>\d\d?)(?:e|ste|de)?[ .,\-/]+(?P<y>{_YEAR})(?!\d)"),
)
_CALLED_BIRTH = re.compile(
    rf"\b{_BIRTH}\W{{0,3}}"
    rf"(?:\w+\W{{1,2}}){{0,3}}?(?:{_YEAR}\b|['’]?\d\d?{_BETWEEN}(?:\d\d?|{_MONTH})\b|['’]\d\d\b)"
    rf"|\bin {_YEAR} {_BIRTH}|\bik ben (?:\w+ ){{0,2}}van (?:{_YEAR}\b|['’]\d\d\b)"
)
_THEN_BIRTH = re.compile(rf"[ ,:;()\-]{{0,3}}(?:(?!niet\b)[^\W\d]+ ){{0,2}}{_BIRTH}")
"""What makes a date just before it a date of birth, also of a child."""

_DIGIT = re.compile(r"\d")


def identifying_number(text: str, today: date) -> str | None:
    """Which of BSN, IBAN and BIRTH_DATE stands in `text`; None where none is seen."""
    text = _plain(text)
    if not _DIGIT.search(text):
        return None
    if _has_bsn(text):
        return BSN
    if _has_iban(text):
        return IBAN
    return BIRTH_DATE if _has_birth_date(text.lower(), today) else None


def _plain(text: str) -> str:
    """`text` with every dash as `-`, and whatever stands between words as one space."""
    shown = (_PLAIN.get(unicodedata.category(char), char) for char in unicodedata.normalize("NFKC", text))
    return " ".join("".join(shown).replace("_", " ").replace("\u2212", "-").split())


_PLAIN = {"Pd": "-", "Cf": ""}
"""By category of Unicode: dashes, and characters that nobody sees."""


def _has_bsn(text: str) -> bool:
    if _CALLED_BSN.search(text):
        return True
    numbers = _NINE_DIGITS.findall(_PHONE.sub("|", text))
    return any(_is_bsn(re.sub(r"\D", "", number)) for number in numbers)


def _is_bsn(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_BSN_WEIGHTS, digits, strict=True))
    return total % 11 == 0 and digits != "000000000"


def _has_iban(text: str) -> bool:
    return any(_is_iban(text[start.start() :]) for start in _IBAN_START.finditer(text))


def _is_iban(text: str) -> bool:
    """Whether an IBAN stands at the start of `text`, in groups or in one piece."""
    length = _IBAN_LENGTHS.get(text[:2].upper())
    characters = re.match(r"(?:[A-Za-z0-9][ .\-]{0,3}){0,40}", text)
    joined = re.sub(r"[^A-Za-z0-9]", "", characters[0] if characters else "").upper()
    if length is None or len(joined) < length:
        return False
    account = joined[:length]
    if sum(char.isdigit() for char in account) < _FEWEST_DIGITS:
        return False
    return int("".join(str(int(char, 36)) for char in account[4:] + account[:4])) % 97 == 1


def _has_birth_date(text: str, today: date) -> bool:
    if _CALLED_BIRTH.search(text):
        return True
    dates = [found for pattern in _DATES for found in pattern.finditer(text)]
    return any(_is_long_ago(found, today) or _THEN_BIRTH.match(text, found.end()) for found in dates)


def _is_long_ago(found: re.Match[str], today: date) -> bool:
    try:
        day = date(_year(found["y"]), _MONTHS.get(found["m"]) or int(found["m"]), int(found["d"]))
    except ValueError:
        return False
    is_near = len(found["y"]) < 4 and day.year + 100 <= today.year + _NEAR_FUTURE
    return 1900 <= day.year <= today.year - YOUNGEST and not is_near


def _year(written: str) -> int:
    """`1947`, and `47` as a year of the last century: `6-9-13` may be anything, such as three ages."""
    year = int(written.lstrip("'’"))
    return year if year >= 100 else 1900 + year
