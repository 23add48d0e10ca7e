"""Where a row's place lies, given that several places share a name."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from sociale_kaart.matching.words import normalise as _normalise
from sociale_kaart.model import Place
from sociale_kaart.places import Gazetteer

normalise = lru_cache(maxsize=50_000)(_normalise)
"""Names of places come back for each row."""


class Locator:
    """Looks places up by name, municipality and province together, all as officially spelled."""

    def __init__(self, gazetteer: Gazetteer):
        self._named: dict[str, list[Place]] = defaultdict(list)
        for place in gazetteer.places:
            self._named[normalise(place.name)].append(place)

    def place(self, name: str, municipality: str, province: str = "") -> Place | None:
        """The place with that name in that municipality, or None."""
        for place in self._named.get(normalise(name), ()):
            if _fits(place.municipality, municipality) and _fits(place.province, province):
                return place
        return None

    def municipality(self, name: str, province: str = "") -> Place | None:
        """The municipality of that name as a point, or None."""
        return self.place(name, name, province)

    def of_row(self, place: str, municipality: str, province: str = "") -> Place | None:
        """The place of a row, else its municipality; None when neither is known."""
        found = self.place(place, municipality, province) if place else None
        if found is None and municipality:
            found = self.municipality(municipality, province)
        return found


def _fits(known: str | None, wanted: str) -> bool:
    return not wanted or not known or normalise(known) == normalise(wanted)
