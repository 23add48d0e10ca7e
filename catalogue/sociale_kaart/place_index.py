"""The places by name: reads the reviewed data, finds a name exactly or nearly, tells namesakes apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from sociale_kaart.files import Row, read_rows, read_yaml
from sociale_kaart.model import Place
from sociale_kaart.place_text import name_key, sound, spellings

CLEARLY_BIGGER = 10
"""How many times bigger than its namesakes a place must be to be meant without asking."""

UNLISTED_POPULATION = 500
"""Stands in for an unknown population: GeoNames lists places from 500 inhabitants."""

SAME_SOUND = 95.0
"""Likeness (0..100) of a name that sounds the same: surer than a letter wrong, less than the name."""
_SHORTEST_SOUND = 5
"""Shorter sounds are too much like everyday words: "stil" is no Steyl."""

_LISTED = ("exact", "gecontroleerd")
_LENGTH_SLACK = 2
_SHORTEST_NEAR_ALIAS = 7
"""Shorter aliases and hamlets ("Gron", "Hee") are too much like everyday words to allow misspellings."""


class PlaceIndex:
    """Names and aliases of places, folded; every lookup takes a folded name (see `name_key`)."""

    def __init__(
        self,
        places: Iterable[Place],
        aliases: dict[str, list[str]],
        districts: dict[str, list[str]],
        provinces: dict[str, str],
    ) -> None:
        """Index `places`, the `aliases` and the `districts` (written name -> the places it stands for).

        `provinces` gives the province that a folded name or abbreviation stands for.

        Raises ValueError (Dutch) when an alias or district stands for a place that is not in `places`.
        """
        self.places = tuple(places)
        self._provinces = provinces
        self._weight = _weights(self.places)
        self._names: dict[str, tuple[Place, ...]] = {}
        own = defaultdict(list)
        for place in self.places:
            own[name_key(place.name)].append(place)
        self._add(own)
        spelled = defaultdict(list)
        for key, namesakes in own.items():
            for form in spellings(key):
                if form not in own:
                    spelled[form] += namesakes
        self._add(spelled)
        named = defaultdict(list)
        for alias, targets in aliases.items():
            for target in targets:
                named[name_key(alias)].append(self._target(target, f"plaats_aliassen.yml, '{alias}'"))
        for alias in list(named):
            for form in spellings(alias):
                named.setdefault(form, named[alias])
        self._add({key: [*own.get(key, ()), *found] for key, found in named.items()})
        listed = {key for names in (own, spelled) for key, found in names.items() if _listed(found)}
        self._by_shape: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._by_sound: dict[str, str] = {}
        for key, namesakes in self._names.items():
            if key in listed or len(key) >= _SHORTEST_NEAR_ALIAS:
                self._by_shape[(len(key), key[0])].append(key)
                heard = self._by_sound.setdefault(sound(key), key)
                if self._weight[namesakes[0]] > self._weight[self._names[heard][0]]:
                    self._by_sound[sound(key)] = key
        self._add_districts(districts)
        self._longest: dict[str, int] = defaultdict(int)
        for key in self._names:
            first, *rest = key.split(" ")
            self._longest[first] = max(self._longest[first], 1 + len(rest))

    def _add(self, names: dict[str, list[Place]]) -> None:
        for key, namesakes in names.items():
            if key:
                unique = {
                    (place.municipality, place.province, name_key(place.name)): place for place in namesakes
                }
                self._names[key] = tuple(sorted(unique.values(), key=self._weight.__getitem__, reverse=True))

    def _add_districts(self, districts: dict[str, list[str]]) -> None:
        """A district is read as its city; a village of that name stands first, and is then asked about.

        Only exact names: fuzzy, "oversteken" would be Overstegen in Doetinchem.
        """
        found = defaultdict(list)
        for district, targets in districts.items():
            cities = [self._target(target, f"wijken.csv, '{district}'") for target in targets]
            for form in spellings(name_key(district)):
                found[form] += [city for city in cities if city not in found[form]]
        for form, cities in found.items():
            villages = self._names.get(form, ())
            known = {(village.municipality, village.province) for village in villages}
            elsewhere = [city for city in cities if (city.municipality, city.province) not in known]
            elsewhere.sort(key=self._weight.__getitem__, reverse=True)
            self._names[form] = (*villages, *elsewhere)

    def _target(self, written: str, where: str) -> Place:
        found = self.qualified(written)
        if not found:
            raise ValueError(
                f"{where}: de plaats '{written}' staat niet in plaatsen.csv. "
                "Schrijf de naam zoals in plaatsen.csv, of 'naam, gemeente' als er meer zijn."
            )
        return found[0]

    def exact(self, key: str) -> tuple[Place, ...]:
        """The places with exactly this folded name or alias, heaviest first; empty when none."""
        return self._names.get(key, ())

    def longest_from(self, first_word: str) -> int:
        """How many words the longest name that starts with this word has; 0 when none does."""
        return self._longest.get(first_word, 0)

    def nearest(self, key: str, cutoff: float) -> tuple[str, float] | None:
        """The known name that sounds or looks most like `key` with its likeness (`cutoff`..100), or None."""
        heard = sound(key)
        if len(heard) >= _SHORTEST_SOUND and heard in self._by_sound:
            return self._by_sound[heard], SAME_SOUND
        initials = {key[0]} | set(_CONFUSED.get(key[0], ""))
        options = [
            name
            for length in range(len(key) - _LENGTH_SLACK, len(key) + _LENGTH_SLACK + 1)
            for initial in initials
            for name in self._by_shape.get((length, initial), ())
        ]
        found = process.extractOne(key, options, scorer=fuzz.ratio, score_cutoff=cutoff)
        return (found[0], found[1]) if found else None

    def weight(self, place: Place) -> int:
        """How many people the place's name stands for, to tell namesakes apart."""
        return self._weight[place]

    def clearly_meant(self, namesakes: tuple[Place, ...]) -> bool:
        """Whether the first of the namesakes is so much bigger than the next that it is meant."""
        return len(namesakes) < 2 or (
            self._weight[namesakes[0]] >= CLEARLY_BIGGER * self._weight[namesakes[1]]
        )

    def qualified(self, written: str) -> tuple[Place, ...]:
        """The places meant by "naam" or "naam, gemeente of provincie"."""
        name, _, qualifier = written.partition(",")
        namesakes = self.exact(name_key(name))
        return self.narrow(namesakes, name_key(qualifier)) if qualifier else namesakes

    def narrow(self, namesakes: tuple[Place, ...], qualifier: str) -> tuple[Place, ...]:
        """The namesakes in the municipality, province or both ("bergen l") that `qualifier` names, folded."""
        for municipality, province in ((qualifier, ""), ("", qualifier), qualifier.rpartition(" ")[::2]):
            meant = tuple(
                place
                for place in namesakes
                if (not municipality or name_key(place.municipality) == municipality)
                and (not province or place.province == self._provinces.get(province))
            )
            if meant and (municipality or province):
                return meant
        return ()


def read_places(path: Path) -> list[Place]:
    """The places of a plaatsen.csv. Raises ValueError (Dutch: file, row, field) on a fault."""
    places = []
    for row in _filled_rows(path, ("naam", "gemeente", "provincie", "lat", "lon")):
        try:
            latitude, longitude = float(row["lat"]), float(row["lon"])
            population = int(row["inwoners"] or 0)
        except ValueError as fault:
            raise ValueError(
                f"{path.name}, rij {row.number}: 'lat', 'lon' of 'inwoners' is geen getal. "
                "Schrijf 52.09, niet 52,09."
            ) from fault
        places.append(
            Place(
                name=row["naam"],
                municipality=row["gemeente"],
                province=row["provincie"],
                latitude=latitude,
                longitude=longitude,
                population=population,
                source=row["herkomst"],
            )
        )
    return places


def read_aliases(path: Path) -> dict[str, list[str]]:
    """The aliases of a plaats_aliassen.yml: written alias -> the places it stands for.

    The file groups them by the place they stand for: {group: {"naam" or "naam, gemeente": [alias, ...]}}.
    """
    aliases = defaultdict(list)
    for group in read_yaml(path)["aliassen"].values():
        for target, names in group.items():
            for alias in names:
                aliases[alias].append(target)
    return dict(aliases)


def read_districts(path: Path) -> dict[str, list[str]]:
    """The districts of a wijken.csv: name -> the cities it lies in, as "plaats, gemeente".

    Raises ValueError (Dutch: file, row, field) when a field is empty.
    """
    districts = defaultdict(list)
    for row in _filled_rows(path, ("wijk", "plaats", "gemeente")):
        districts[row["wijk"]].append(f"{row['plaats']}, {row['gemeente']}")
    return dict(districts)


def _filled_rows(path: Path, required: Iterable[str]) -> Iterator[Row]:
    """The rows of a table; raises ValueError (Dutch) for the first in which a required field is empty."""
    for row in read_rows(path):
        for field in required:
            if not row[field]:
                raise ValueError(f"{path.name}, rij {row.number}: '{field}' is leeg. Vul dit veld in.")
        yield row


def _listed(places: list[Place]) -> bool:
    """Whether one of the places is no hamlet: in GeoNames, of known size, or a municipality."""
    return any(
        place.population or place.source in _LISTED or place.name == place.municipality for place in places
    )


def _weights(places: tuple[Place, ...]) -> dict[Place, int]:
    """How many people a name stands for: a municipality's own name stands for all of its places."""
    in_municipality: dict[str, int] = defaultdict(int)
    for place in places:
        in_municipality[place.municipality, place.province] += place.population
    return {
        place: max(
            place.population or UNLISTED_POPULATION,
            in_municipality[place.municipality, place.province] if place.name == place.municipality else 0,
        )
        for place in places
    }


_CONFUSED = {
    "s": "zc", "z": "s", "f": "v", "v": "f", "c": "ks", "k": "c", "g": "h", "h": "g", "i": "yej",
    "y": "ij", "e": "i", "j": "yi", "o": "a", "a": "o", "t": "d", "d": "t", "u": "o", "w": "v",
}  # fmt: skip
"""First letters that people swap by ear or by key."""
