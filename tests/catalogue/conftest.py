"""Two compiled catalogues for all tests here, in temporary files: one that stands still, and the real one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sociale_kaart.model import Place
from sociale_kaart.store import Catalogue, open_catalogue

TODAY = date(2026, 11, 22)


STILL = Path(__file__).parent / "kaart"
"""Initiatives that no editor changes (see its LEESMIJ.md)."""


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return open_catalogue(STILL, tmp_path_factory.mktemp("still") / "catalogus.sqlite")


@pytest.fixture(scope="session")
def real_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return open_catalogue(database=tmp_path_factory.mktemp("real") / "catalogus.sqlite")


@pytest.fixture(scope="session")
def place_named(catalogue: Catalogue):
    def look_up(name: str) -> Place:
        match = catalogue.gazetteer.lookup(name)
        assert match is not None, name
        return match.place

    return look_up
