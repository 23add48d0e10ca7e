"""An invented catalogue of any size, to measure with: seeded, with realistic Dutch names in real places.

Nothing in it exists, so no row has an address, a phone number or a website.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz

from sociale_kaart.check import SAME_NAME
from sociale_kaart.columns import COLUMNS
from sociale_kaart.files import DATA_DIR, INITIATIVES, read_yaml, write_rows
from sociale_kaart.matching.words import normalise, tokens
from sociale_kaart.model import Place
from sociale_kaart.places import Gazetteer

NAME_PARTS = "verzonnen_namen.yml"
SOURCE = "https://voorbeeld.invalid/verzonnen"
"""A top-level domain that can never exist (RFC 2606)."""

SMALLEST = 200
"""People a place counts for at least. A place gets initiatives by the root of its size."""


def write_sample(folder: Path, size: int, seed: int = 1) -> Path:
    """Write `size` invented initiatives as `initiatieven.csv` in `folder`; the same for the same seed."""
    path = folder / INITIATIVES
    write_rows(path, COLUMNS, sample_rows(size, seed))
    return path


def sample_rows(size: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """`size` rows in our columns; no two of one kind in one place have names that look alike."""
    chance = random.Random(seed)
    parts = read_yaml(DATA_DIR / NAME_PARTS)
    places = [place for place in Gazetteer.load().places if place.province]
    weights = [math.sqrt(max(place.population, SMALLEST)) for place in places]
    kinds, shares = zip(*((kind, share) for kind, (share, _) in parts["soorten"].items()), strict=True)
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    made = 0
    while made < size:
        place = chance.choices(places, weights)[0]
        kind = chance.choices(kinds, shares)[0]
        name = _name(chance.choice(parts["soorten"][kind][1]), place, parts, chance)
        taken = names[kind, normalise(place.name)]
        if any(fuzz.token_sort_ratio(normalise(name), other) >= SAME_NAME for other in taken):
            continue
        taken.append(normalise(name))
        made += 1
        yield _row(made, name, kind, place)


def _row(number: int, name: str, kind: str, place: Place) -> dict[str, str]:
    return {
        "id": f"verzonnen-{number}-{'-'.join(tokens(name))}",
        "naam": name,
        "soort": kind,
        "organisatie": f"Stichting {name}" if number % 3 == 0 else "",
        "adres_gezien": "nee",
        "plaats": place.name,
        "gemeente": place.municipality,
        "provincie": place.province or "",
        "status": "actief",
        "bron_url": SOURCE,
        "bron_datum": f"{2021 + number % 6}",
        "gecontroleerd_op": f"{2021 + number % 6}",
        "herkomst": "verzonnen",
    }


def _name(form: str, place: Place, parts: dict, chance: random.Random) -> str:
    return form.format(plaats=place.name, eigen=_own_name(parts, chance))


def _own_name(parts: dict, chance: random.Random) -> str:
    shape = chance.random()
    if shape < 0.25:
        return f"De {chance.choice(parts['ding'])}"
    if shape < 0.40:
        return f"De {chance.choice(parts['bijvoeglijk'])} {chance.choice(parts['ding'])}"
    if shape < 0.50:
        return f"'t {chance.choice(parts['onzijdig'])}"
    if shape < 0.80:
        return f"{chance.choice(parts['voorvoegsel'])}{chance.choice(parts['achtervoegsel'])}"
    if shape < 0.92:
        return f"{chance.choice(parts['voornaam'])} {chance.choice(parts['achternaam'])} Huis"
    return f"{chance.choice(parts['ding'])} en {chance.choice(parts['ding'])}"
