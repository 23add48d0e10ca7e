"""Searching by text: the cases in cases/zoeken.yml, and that no text whatever makes it fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sociale_kaart.search import search
from sociale_kaart.store import Catalogue
from sociale_kaart.yaml_text import read_yaml_text

from tests.cases import together
from tests.catalogue.conftest import TODAY

CASES = read_yaml_text((Path(__file__).parent / "cases" / "zoeken.yml").read_text(encoding="utf-8"))
UNDERSTOOD = {
    "route": "route",
    "gevonden_plaats": "place",
    "gemeente": "municipality",
    "organisatie": "organisation",
}


def _asked(case: dict) -> str:
    """How far the case goes: what is asked for in words alone, with a place, or with a kind."""
    given = [name for name in ("plaats", "soort") if case.get(name)]
    return " en ".join(["zoek", *given])


def _found_otherwise(catalogue: Catalogue, case: dict) -> list:
    """What the search made of the case that it should not."""
    answer = search(catalogue, case["zoek"], place=case.get("plaats"), kind=case.get("soort"), today=TODAY)
    read_as = {name: getattr(answer.understood, field) for name, field in UNDERSTOOD.items() if name in case}
    wrong = [(name, read) for name, read in read_as.items() if read != case[name]]
    found = [result.initiative.id for result in answer.results]
    if case.get("leeg") and found:
        wrong.append(found)
    if "eerste" in case and found[:1] != [case["eerste"]]:
        wrong.append(found)
    return wrong


@pytest.mark.parametrize(
    "cases",
    together(
        CASES, _asked, name=lambda case: case["zoek"] or "leeg", known=lambda case: case.get("bekende_fout")
    ),
)
def test_search_case(catalogue: Catalogue, cases: list[dict]) -> None:
    wrong = {case["zoek"]: _found_otherwise(catalogue, case) for case in cases}
    assert {query: found for query, found in wrong.items() if found} == {}


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


def test_results_come_best_first_and_at_most_the_limit(catalogue: Catalogue) -> None:
    results = search(catalogue, "inloophuis kanker", limit=5, today=TODAY).results
    scores = [result.score for result in results]
    assert len(results) == 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_concept_and_closed_rows_are_never_found(catalogue: Catalogue) -> None:
    for query in ("parkhuys almere", "de vuurvlinder", "odensehuis dronten", "zorgcooperatie barlo"):
        ids = {result.initiative.id for result in search(catalogue, query, today=TODAY).results}
        assert ids.isdisjoint({"parkhuys", "de-vuurvlinder", "odensehuis-dronten", "zorgcooperatie-barlo"})


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "odensehuis",
                    "in",
                    "kanker",
                    "'",
                    "%",
                    "_",
                    "*",
                    "groningen",
                    "'s",
                    "'t",
                    "join",
                    "us",
                    "(",
                    ")",
                    '"',
                    ";",
                ]
            )
        ).map(" ".join),
    ),
    place=st.one_of(st.none(), st.text(max_size=20), st.just("Groningen")),
    kind=st.one_of(st.none(), st.text(max_size=10), st.sampled_from(["odensehuis", "jongeren"])),
    limit=st.integers(-1, 20),
)
def test_no_text_makes_search_fail(catalogue: Catalogue, text, place, kind, limit) -> None:
    answer = search(catalogue, text, place=place, kind=kind, limit=limit, today=TODAY)
    assert len(answer.results) <= max(0, limit)
    assert all(0 <= result.score <= 100 for result in answer.results)
