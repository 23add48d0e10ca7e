"""Finding for routes: what the assistant points to."""

from __future__ import annotations

import pytest
from sociale_kaart.kinds import ROUTE_CODES
from sociale_kaart.ranking import is_national
from sociale_kaart.search import find
from sociale_kaart.store import Catalogue

from tests.catalogue.conftest import TODAY


@pytest.mark.parametrize(
    ("route", "place", "first"),
    [
        ("odensehuis", "Groningen", "odensehuis-groningen-zuid"),
        ("odensehuis", "Papendrecht", "odensehuis-papendrecht"),
        ("ipso_inloophuis", "Hilversum", "viore"),
        ("ipso_inloophuis", "Groningen", "hamelhuys-groningen"),
        ("welzijn_op_recept", "Den Helder", "welzijn-op-recept-den-helder"),
        ("welzijn_op_recept", "Vlissingen", "welzijn-op-recept-zeeland"),
        ("jongeren", "Zeist", "join-us-zeist"),
        ("mantelzorg", "Rotterdam", "mantelfoon-rotterdam"),
        ("financieel", "Delft", "formulierenbrigade-delft"),
        ("dorpsondersteuner", "Someren", "dorpsondersteuners-asten-en-someren"),
        ("alzheimer_cafe", "Volendam", "alzheimer-cafe-volendam"),
        ("psychische_kwetsbaarheid", "Utrecht", "enik-recovery-college-leidsche-rijn"),
    ],
)
def test_best_for_route_and_place(catalogue: Catalogue, place_named, route, place, first) -> None:
    results = find(catalogue, [route], place=place_named(place), today=TODAY)
    assert results[0].initiative.id == first
    assert results[0].why.endswith(".")


def test_nearest_and_freshest_come_first(catalogue: Catalogue, place_named) -> None:
    results = find(catalogue, ["odensehuis"], place=place_named("Groningen"), today=TODAY)
    assert [result.initiative.id for result in results] == [
        "odensehuis-groningen-zuid",
        "odensehuis-groningen-oost",
        "odensehuis-groningen-centrum",
    ]
    assert [result.up_to_date for result in results] == [True, False, False]


def test_a_local_second_choice_gets_the_last_seat(catalogue: Catalogue, place_named) -> None:
    results = find(catalogue, ["odensehuis"], place=place_named("Hilversum"), today=TODAY)
    assert [result.initiative.kind for result in results[:2]] == ["odensehuis", "odensehuis"]
    assert results[2].initiative.id == "alzheimer-cafe-hilversum"


def test_nothing_beyond_a_sensible_distance(catalogue: Catalogue, place_named) -> None:
    for name in ("Maastricht", "Terneuzen", "Den Helder", "Winschoten"):
        for route in ROUTE_CODES:
            for result in find(catalogue, [route], place=place_named(name), limit=20, today=TODAY):
                most = catalogue.kinds[result.initiative.kind].max_km or 60
                assert result.distance_km is None or result.distance_km <= most + 0.1


def test_without_a_place_only_what_is_for_the_whole_country(catalogue: Catalogue) -> None:
    assert find(catalogue, ["odensehuis"], today=TODAY) == []
    assert [one.initiative.id for one in find(catalogue, ["bewegen"], today=TODAY)] == ["sociale-sportschool"]


def test_what_was_shown_does_not_come_back(catalogue: Catalogue, place_named) -> None:
    place = place_named("Groningen")
    first = find(catalogue, ["odensehuis"], place=place, limit=1, today=TODAY)
    again = find(
        catalogue, ["odensehuis"], place=place, limit=1, exclude=[first[0].initiative.id], today=TODAY
    )
    assert again[0].initiative.id != first[0].initiative.id


def test_the_best_route_comes_first(catalogue: Catalogue, place_named) -> None:
    place = place_named("Rotterdam")
    results = find(catalogue, ["mantelzorg", "alzheimer_cafe"], place=place, today=TODAY)
    assert results[0].initiative.kind == "mantelzorg_lijn"
    assert results[1].initiative.kind == "alzheimer_cafe"


def test_a_village_cooperative_is_only_for_its_village(catalogue: Catalogue, place_named) -> None:
    zeist = find(catalogue, ["buurt_ontmoeting"], place=place_named("Zeist"), limit=10, today=TODAY)
    assert "austerlitz-zorgt" not in [result.initiative.id for result in zeist]
    village = find(catalogue, ["buurt_ontmoeting"], place=place_named("Austerlitz"), today=TODAY)
    assert village[0].initiative.id == "austerlitz-zorgt"


def test_never_a_therapy_centre_hospital_or_home_as_a_place_to_walk_in(
    catalogue: Catalogue, place_named
) -> None:
    hidden = {"psycho_oncologie_verwijzing", "aya_lounge", "wonen_zorg", "hartrevalidatie", "buddyhuis"}
    for name in ("Amsterdam", "Rotterdam", "Utrecht", "Groningen", "Veldhoven", "Rijswijk", "Amersfoort"):
        for result in find(catalogue, ROUTE_CODES, place=place_named(name), limit=100, today=TODAY):
            assert result.initiative.kind not in hidden
            assert result.initiative.status == "actief"
            assert result.initiative.source_url


def test_what_goes_through_care_says_how_to_ask(catalogue: Catalogue, place_named) -> None:
    result = find(catalogue, ["welzijn_op_recept"], place=place_named("Den Helder"), today=TODAY)[0]
    assert "Vraag uw huisarts" in result.why
    assert result.initiative.referral_needed is True


def test_kinds_can_be_asked_without_a_route(catalogue: Catalogue, place_named) -> None:
    results = find(catalogue, kinds=["alzheimer_cafe"], place=place_named("Rotterdam"), today=TODAY)
    assert {result.initiative.kind for result in results} == {"alzheimer_cafe"}


def test_an_unknown_route_or_kind_finds_nothing(catalogue: Catalogue, place_named) -> None:
    assert find(catalogue, ["bestaat_niet"], place=place_named("Rotterdam"), today=TODAY) == []
    assert find(catalogue, kinds=["bestaat_niet"], place=place_named("Rotterdam"), today=TODAY) == []


@pytest.mark.parametrize("place", ["Terneuzen", "Nijmegen", "Eindhoven", "Tilburg", "Goes"])
@pytest.mark.parametrize("route", ["rouw", "psychische_kwetsbaarheid", "buurt_ontmoeting", "bewegen"])
def test_what_is_near_goes_before_the_whole_country(catalogue: Catalogue, place_named, route, place) -> None:
    results = find(catalogue, [route], place=place_named(place), limit=10, today=TODAY)
    national = [is_national(result.initiative) for result in results]
    assert national == sorted(national)
