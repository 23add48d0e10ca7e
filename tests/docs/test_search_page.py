"""The figures of docs/search.md are those of today's search on our sealed list of queries."""

from __future__ import annotations

import re

import pytest
from sociale_kaart.search_exam import load_queries, score_queries
from sociale_kaart.store import open_catalogue

from api.cli.evaluate_search import EXAM
from tests.docs.markdown import ROOT

PAGE = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
FIGURES = {
    "route": "route",
    "place_named": "place or municipality, of queries that name one",
    "organisation": "organisation, where one is meant",
}
A_POINT = 0.01


@pytest.fixture(scope="module")
def score(tmp_path_factory):
    database = tmp_path_factory.mktemp("search-page") / "catalogus.sqlite"
    return score_queries(open_catalogue(database=database), load_queries(EXAM))[""]


@pytest.mark.parametrize(("name", "row"), FIGURES.items())
def test_the_published_figure_is_reached(score, name: str, row: str) -> None:
    published = float(re.search(rf"^\| {row} \| ([\d.]+) %", PAGE, re.M)[1]) / 100
    assert getattr(score, name).share >= published - A_POINT, (
        "run `make evaluate-search` and mend docs/search.md"
    )


def test_every_module_that_is_named_exists() -> None:
    for module in re.findall(r"`((?:matching/)?\w+\.py)`", PAGE):
        assert (ROOT / "catalogue" / "sociale_kaart" / module).exists(), module
