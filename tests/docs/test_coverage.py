"""The page and the map about coverage are those that the reviewed data give."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from sociale_kaart.store import open_catalogue

from api.cli.coverage import MAP, PAGE, write_coverage
from tests.docs.markdown import ROOT

DOCS = ROOT / "docs"
MOST_BYTES = 250_000


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage")
    write_coverage(open_catalogue(database=folder / "catalogus.sqlite"), folder)
    return folder


@pytest.mark.parametrize("name", [PAGE, MAP], ids=str)
def test_what_is_published_is_what_the_data_give(name: Path, fresh: Path) -> None:
    same = (DOCS / name).read_bytes() == (fresh / name).read_bytes()
    assert same, f"docs/{name} is not what the data give: run `make coverage`"


def test_the_page_shows_the_map() -> None:
    assert f"]({MAP.as_posix()})" in (DOCS / PAGE).read_text(encoding="utf-8")


def test_the_map_is_small_complete_and_says_what_it_shows() -> None:
    text = (DOCS / MAP).read_text(encoding="utf-8")
    assert len(text.encode()) <= MOST_BYTES
    assert "prefers-color-scheme:dark" in text
    svg = ElementTree.fromstring(text)
    named = {part.get("id") for part in svg.iter() if part.get("id")}
    assert {part.get("href") for part in svg.iter() if part.get("href")} <= {f"#{name}" for name in named}
    assert set(svg.get("aria-labelledby", "").split()) <= named
