"""Where a place has none: the nearest one with its distance, and who is sent away goes below."""

from __future__ import annotations

from sociale_kaart.search import find, nearest, search, with_nearest
from sociale_kaart.store import Catalogue

from tests.catalogue.conftest import TODAY


def test_the_nearest_one_comes_where_there_is_none_in_reach(catalogue: Catalogue, place_named) -> None:
    place = place_named("Vlissingen")
    assert find(catalogue, routes=["odensehuis"], place=place_named("Enschede"), today=TODAY) == []
    near = nearest(catalogue, ["odensehuis"], place_named("Enschede"), today=TODAY)
    assert near and near.nearest and near.distance_km
    assert near.why.startswith("Dit is verder weg.") and f"{round(near.distance_km)} km" in near.why
    assert with_nearest(catalogue, [], ["odensehuis"], place, 0, today=TODAY) == []


def test_a_search_gives_it_too(catalogue: Catalogue) -> None:
    answer = search(catalogue, "inloophuis kanker west-terschelling", today=TODAY)
    assert [result.nearest for result in answer.results] == [True]


def test_it_never_takes_the_place_of_one_in_reach(catalogue: Catalogue, place_named) -> None:
    found = find(catalogue, routes=["odensehuis"], place=place_named("Groningen"), today=TODAY)
    assert with_nearest(catalogue, found, ["odensehuis"], place_named("Groningen"), 3, today=TODAY) == found


def test_what_serves_one_municipality_is_of_no_use_elsewhere(catalogue: Catalogue, place_named) -> None:
    assert nearest(catalogue, ["welzijn_op_recept"], place_named("Maastricht"), today=TODAY) is None
