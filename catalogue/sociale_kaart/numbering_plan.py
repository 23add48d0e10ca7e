"""Which Dutch telephone numbers can exist: the numbering plan, with the area codes as data."""

from __future__ import annotations

import re
from functools import lru_cache

from sociale_kaart.files import AREA_CODES, DATA_DIR, read_rows
from sociale_kaart.phones import digits, is_phone

_WITHOUT_AREA = re.compile(
    r"112|113|"
    r"06[1-58]\d{7}|"  # mobile
    r"08[4578]\d{7}|091\d{7}|"  # numbers without a place: companies, internet telephony
    r"0800(?:\d{4}|\d{7})|"  # free
    r"0900(?:\d{4}|\d{7})"  # information, paid
)
_MUNICIPAL = re.compile(r"14(0\d{2,3})")
_GEOGRAPHIC = re.compile(r"0[1-57]\d{8}")


def why_no_number(number: str) -> str | None:
    """In Dutch what is wrong with a telephone number and what to do, or None when it can exist.

    The plan is the one of the Dutch regulator (ACM), as transcribed with its source in `netnummers.csv`.
    """
    only = digits(number)
    if only.startswith("0") and only[1:2] in "12345678" and len(only) != 10 and only[:4] != "0800":
        return f"'{number}' heeft {len(only)} cijfers en geen 10; kijk het nummer na."
    if not is_phone(number):
        return f"'{number}' is geen telefoonnummer; schrijf één nummer, zoals 050 230 3252."
    if _WITHOUT_AREA.fullmatch(only):
        return None
    municipal = _MUNICIPAL.fullmatch(only)
    if municipal:
        known = municipal[1] in _area_codes()
        return None if known else f"'{number}' begint niet met 14 en een netnummer; kijk het nummer na."
    if _GEOGRAPHIC.fullmatch(only):
        if only[:3] in _area_codes() or only[:4] in _area_codes():
            return None
        return f"het netnummer van '{number}' bestaat niet; kijk het nummer na."
    return f"'{number}' is geen telefoonnummer dat in Nederland bestaat; kijk het nummer na."


@lru_cache(maxsize=1)
def _area_codes() -> frozenset[str]:
    return frozenset(row["netnummer"] for row in read_rows(DATA_DIR / AREA_CODES))
