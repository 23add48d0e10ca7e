"""Places in free text and by name, against the cases in cases/plaatsen.yml."""

from __future__ import annotations

import pytest

from sociale_kaart.places import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def test_every_municipality_is_a_place(gazetteer: Gazetteer) -> None:
    municipalities = {(place.municipality, place.province) for place in gazetteer.places}
    assert len(municipalities) == 342
    for name, province in municipalities:
        match = gazetteer.lookup(f"{name}, {province}")
        assert match is not None, name
        assert (match.place.municipality, match.place.province) == (name, province)
