"""One compiled catalogue of the real data for all tests here, in a temporary file."""

from __future__ import annotations

from datetime import date

import pytest
from sociale_kaart.model import Place
from sociale_kaart.store import Catalogue, open_catalogue

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return open_catalogue(database=tmp_path_factory.mktemp("catalogue") / "catalogus.sqlite")


@pytest.fixture(scope="session")
def place_named(catalogue: Catalogue):
    def look_up(name: str) -> Place:
        match = catalogue.gazetteer.lookup(name)
        assert match is not None, name
        return match.place

    return look_up
