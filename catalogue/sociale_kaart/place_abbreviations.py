"""Towns by the short forms that people type: the beginning of a name, or its letters with some left out."""

from __future__ import annotations

from collections.abc import Iterable

from sociale_kaart.model import Place
from sociale_kaart.place_text import name_key

_SHORTEST = 4
"""Letters; shorter stands for too many towns and words."""
_TOWN = 20_000
"""Inhabitants from which a place is shortened: nobody shortens a village for a stranger."""
_CITY = 50_000
"""Inhabitants from which three letters may stand for a place ("zwl")."""
_CLEARLY = 3
"""How many times bigger than the next a town must be to be meant."""
_MOST_LEFT_OUT = 0.55
"""The largest share of a name's letters that a shortened form without its vowels leaves out."""


class Abbreviations:
    """The towns among `places`, by what shortens their names."""

    def __init__(self, places: Iterable[Place]) -> None:
        towns = sorted(
            (place for place in places if place.population >= _TOWN), key=lambda one: -one.population
        )
        self._towns = [(name_key(town.name), town) for town in towns]

    def town(self, key: str, last: bool = False) -> Place | None:
        """The town that a folded word shortens ("tilb", "amfrt"), if one is much bigger than all others.

        The `last` word of a text may also be three letters without a vowel inside ("zwl").
        """
        if len(key) >= _SHORTEST:
            found = [town for name, town in self._towns if _shortens(key, name)]
        elif last and len(key) == _SHORTEST - 1 and not set(key[1:]) & set("aeiouy"):
            cities = ((name, town) for name, town in self._towns if town.population >= _CITY)
            found = [city for name, city in cities if key[0] == name[0] and _in_order(key, name)]
        else:
            return None
        if not found or (len(found) > 1 and found[0].population < _CLEARLY * found[1].population):
            return None
        return found[0]


def _shortens(key: str, name: str) -> bool:
    """Whether `key` is the beginning of a name, or has its first, last and other letters in order."""
    if name.startswith(key):
        return True
    if key[0] != name[0] or key[-1] != name[-1] or len(key) < (1 - _MOST_LEFT_OUT) * len(name):
        return False
    return _in_order(key, name)


def _in_order(key: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in key)
