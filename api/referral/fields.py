"""What somebody filled in, field by field: right, or what to change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date

from sociale_kaart.phones import digits

from api.referral.consent import PRACTICE
from api.referral.identifying_numbers import identifying_number
from api.referral.personal_data import PersonalData
from api.referral.texts import about_fault, moments
from api.text import clean

LONGEST_NAME = 100
LONGEST_PHONE = 30
LONGEST_EMAIL = 254
LONGEST_WISH = 500
"""Characters: enough to say what somebody would like, too few for a medical history."""

_EMAIL = re.compile(r"[^\s@<>,;:()\"\\]+@[^\s@<>,;:()\"\\.]+(?:\.[^\s@<>,;:()\"\\.]+)+")
_PHONE = re.compile(r"\+?[\d\s()\-./]+")
_DUTCH, _FOREIGN = re.compile(r"0[1-7]\d{8}|08[4-8]\d{7}"), re.compile(r"(?:\+|00)[1-9]\d{7,14}")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field: a code, and the lengths in its text. What was typed stays out."""

    field: str
    code: str
    lengths: Mapping[str, int] = dataclass_field(default_factory=dict)

    def message(self, asked_by: str) -> str:
        """What to change, said to the RESIDENT who applies or to the PRACTICE that refers somebody."""
        return about_fault(self.field, self.code, asked_by == PRACTICE, **self.lengths)


class Faulty(Exception):
    """At least one field is not right."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault.field}.{fault.code}" for fault in self.faults))


@dataclass(frozen=True)
class Filled:
    """The fields as they came in, cleaned; an empty one is an empty text."""

    name: str = dataclass_field(default="", repr=False)
    phone: str = dataclass_field(default="", repr=False)
    email: str = dataclass_field(default="", repr=False)
    moment: str = dataclass_field(default="", repr=False)
    wish: str = dataclass_field(default="", repr=False)
    icpc: str = dataclass_field(default="", repr=False)

    @classmethod
    def of(cls, **typed: str | None) -> Filled:
        """From what was typed, by the names of the fields here."""
        return cls(**{name: clean(text or "") for name, text in typed.items()})

    def but_wish(self) -> tuple[str, ...]:
        """The short fields, which hold no sentence when they are filled in as meant."""
        return (self.name, self.phone, self.email, self.moment, self.icpc)

    def personal_data(self, today: date, codes: Iterable[str] = ()) -> PersonalData:
        """The personal data when every field is right; `codes` are the ICPC codes that may go with it.

        Raises Faulty.
        """
        faults = list(self._faults(today, codes))
        if faults:
            raise Faulty(faults)
        return PersonalData(
            name=" ".join(self.name.split()),
            phone=self.phone or None,
            email=self.email or None,
            moment=self.moment,
            wish=self.wish,
            icpc=self.icpc or None,
        )

    def _faults(self, today: date, codes: Iterable[str]) -> Iterator[Fault]:
        yield from self._faults_of_name()
        if not self.phone and not self.email:
            yield Fault("telefoon", "leeg")
        if self.phone and not is_reachable(self.phone):
            yield Fault("telefoon", identifying_number(self.phone[:LONGEST_PHONE], today) or "onjuist")
        if self.email:
            yield from self._faults_of_email(today)
        if self.moment not in moments():
            yield Fault("moment", "kies")
        yield from self._faults_of_wish(today)
        if self.icpc and self.icpc not in codes:
            yield Fault("icpc", "onbekend")

    def _faults_of_name(self) -> Iterator[Fault]:
        if not self.name:
            yield Fault("naam", "leeg")
        elif len(self.name) > LONGEST_NAME:
            yield Fault("naam", "te_lang", {"maximum": LONGEST_NAME})
        elif any(char.isdigit() for char in self.name):
            yield Fault("naam", "cijfers")

    def _faults_of_email(self, today: date) -> Iterator[Fault]:
        if len(self.email) > LONGEST_EMAIL:
            yield Fault("email", "te_lang", {"maximum": LONGEST_EMAIL})
        elif number := identifying_number(self.email, today):
            yield Fault("email", number)
        elif not _EMAIL.fullmatch(self.email):
            yield Fault("email", "onjuist")

    def _faults_of_wish(self, today: date) -> Iterator[Fault]:
        if not self.wish:
            yield Fault("wens", "leeg")
        elif len(self.wish) > LONGEST_WISH:
            yield Fault("wens", "te_lang", {"lengte": len(self.wish), "maximum": LONGEST_WISH})
        elif number := identifying_number(self.wish, today):
            yield Fault("wens", number)


def is_reachable(phone: str) -> bool:
    """Whether it is a whole telephone number of a person, Dutch or foreign."""
    if len(phone) > LONGEST_PHONE or not _PHONE.fullmatch(phone):
        return False
    plain = re.sub(r"[^\d+]", "", phone)
    return bool(_DUTCH.fullmatch(digits(phone)) or (_FOREIGN.fullmatch(plain) and not _is_dutch(plain)))


def _is_dutch(plain: str) -> bool:
    return plain.startswith(("+31", "0031"))
