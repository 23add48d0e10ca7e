"""How municipalities spell themselves, folder or not: the names in the list of places."""

from __future__ import annotations

from functools import cache

from sociale_kaart.municipality import name_key
from sociale_kaart.places import Gazetteer


def official_name(name: str, gazetteer: Gazetteer) -> str | None:
    """How the municipality called `name` spells itself; None where no place lies in one of that name."""
    return _by_key(gazetteer).get(name_key(name))


@cache
def _by_key(gazetteer: Gazetteer) -> dict[str, str]:
    return {name_key(name): name for name in {place.municipality for place in gazetteer.places}}
