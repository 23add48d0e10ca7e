"""What rows are checked against: kinds, audiences, places, postcodes, former municipalities, numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from sociale_kaart.faults import Fault
from sociale_kaart.files import (
    AUDIENCES,
    DATA_DIR,
    FORMER_MUNICIPALITIES,
    KINDS,
    POSTCODES,
    data_file,
    read_rows,
    read_yaml,
)
from sociale_kaart.helplines import load_forbidden_numbers
from sociale_kaart.kinds import load_kinds
from sociale_kaart.locate import Locator
from sociale_kaart.matching.words import normalise
from sociale_kaart.model import Kind, Place
from sociale_kaart.places import Gazetteer
from sociale_kaart.postcodes import Postcodes
from sociale_kaart.tables import UnreadableFile


@dataclass(frozen=True)
class Former:
    """A municipality that is no more: what it belongs to now (several where it was split), and since when."""

    now: tuple[str, ...]
    year: str


class Reference:
    """Everything that the checks of a row look things up in. Made by `Reference.load`."""

    def __init__(
        self,
        kinds: dict[str, Kind],
        audiences: frozenset[str],
        forbidden: frozenset[str],
        gazetteer: Gazetteer,
    ):
        self.kinds = kinds
        self.audiences = audiences
        self.forbidden = forbidden
        self._gazetteer = gazetteer
        self.place, self.place_in, self.municipality = _lookups(gazetteer)
        self._former = _former_municipalities()
        self._postcodes = _postcodes(gazetteer)

    @classmethod
    def load(cls, data_dir: Path | str | None = None) -> Reference:
        """The reference of the data in `data_dir`; raises UnreadableFile where that cannot be read."""
        try:
            kinds = load_kinds(data_dir)
            audiences = frozenset(read_yaml(data_file(data_dir, AUDIENCES)))
        except (OSError, KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
            message = "de soorten of doelgroepen zijn niet te lezen; herstel eerst dit bestand."
            raise UnreadableFile([Fault(KINDS, None, None, message)]) from error
        try:
            gazetteer = Gazetteer.load()
        except (ValueError, yaml.YAMLError) as error:
            message = f"de plaatsen zijn niet te lezen; herstel dit eerst. {error}"
            raise UnreadableFile([Fault("plaatsen.csv", None, None, message)]) from error
        return cls(kinds, audiences, load_forbidden_numbers(data_dir), gazetteer)

    def only_place(self, name: str, province: str = "") -> Place | None:
        """The place of that name, where there is only one (in that province)."""
        found = [place for place in self._named[normalise(name)] if province in ("", place.province)]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _named(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self._gazetteer.places:
            found[normalise(place.name)].append(place)
        return found

    def former(self, municipality: str) -> Former | None:
        """What became of a municipality that was merged or renamed, or None."""
        return self._former.get(normalise(municipality))

    def places_of_postcode(self, postcode: str) -> tuple[Place, ...]:
        """Where a postcode lies, by its four digits; empty where the list does not have it."""
        return self._postcodes.named(postcode)


@lru_cache(maxsize=1)
def _lookups(gazetteer: Gazetteer) -> tuple[Callable[..., Place | None], ...]:
    """Looking up the place of a row, a place in a municipality, a municipality; each once for all rows."""
    locator = Locator(gazetteer)
    return tuple(
        lru_cache(maxsize=50_000)(one) for one in (locator.of_row, locator.place, locator.municipality)
    )


@lru_cache(maxsize=1)
def _former_municipalities() -> dict[str, Former]:
    return {
        normalise(row["gemeente"]): Former(tuple(row["nu"].split(";")), row["jaar"])
        for row in read_rows(DATA_DIR / FORMER_MUNICIPALITIES)
    }


@lru_cache(maxsize=1)
def _postcodes(gazetteer: Gazetteer) -> Postcodes:
    return Postcodes.read(DATA_DIR / POSTCODES, gazetteer.places)
