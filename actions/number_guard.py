"""The last look at everything that goes out: no telephone number leaves that is not on the allow-list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sociale_kaart.helplines import load_forbidden_numbers
from sociale_kaart.model import HelpLine
from sociale_kaart.phones import digits, without_unknown_numbers
from sociale_kaart.store import Catalogue

from actions.sentences import say

FRONT_DESK = "balie"
WITHHELD = say("nummer_weggelaten")
"""Stands where a number stood that nobody has checked."""


@dataclass(frozen=True)
class NumberGuard:
    """The numbers (digits only) that may be shown to a resident, and to a front desk."""

    resident: frozenset[str]
    front_desk: frozenset[str]

    def checked(self, content: Any, channel: str | None = None) -> Any:
        """`content` (any JSON value) with WITHHELD for each number that `channel` may not show.

        A text field that is nothing but such a number becomes None. A channel other than the
        front desk is a resident's.
        """
        return _checked(content, self.front_desk if channel == FRONT_DESK else self.resident)


def guard_of(
    catalogue: Catalogue, helplines: Iterable[HelpLine], own_numbers: Iterable[str | None]
) -> NumberGuard:
    """The guard that lets through the help lines, the catalogue's numbers and the municipality's own.

    A number of `verboden_nummers.csv` is never let through, wherever else it may stand.
    """
    lines = list(helplines)
    everyone = {*catalogue.phones(), *own_numbers}
    everyone.update(line.phone for line in lines if line.audience != FRONT_DESK)
    return NumberGuard(
        resident=_allowed(everyone), front_desk=_allowed(everyone.union(line.phone for line in lines))
    )


def _allowed(numbers: Iterable[str | None]) -> frozenset[str]:
    return frozenset(digits(number) for number in numbers if number) - load_forbidden_numbers()


def _checked(value: Any, known: frozenset[str]) -> Any:
    if isinstance(value, str):
        text = without_unknown_numbers(value, known, WITHHELD)
        return None if text.strip() == WITHHELD else text
    if isinstance(value, dict):
        return {name: _checked(inner, known) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_checked(inner, known) for inner in value]
    return value
