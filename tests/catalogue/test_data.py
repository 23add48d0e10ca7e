"""The data itself: every row valid and with a source, every kind and route complete."""

from __future__ import annotations

from collections import Counter

import pytest
from sociale_kaart.check import check_catalogue
from sociale_kaart.columns import COLUMNS
from sociale_kaart.files import (
    HELP_LINES,
    columns_of,
    data_file,
    initiative_files,
    read_initiatives,
    read_rows,
)
from sociale_kaart.freshness import earliest_day
from sociale_kaart.helplines import load_forbidden_numbers, load_helplines
from sociale_kaart.kinds import ROUTE_CODES, load_kinds, load_routes
from sociale_kaart.phones import digits, is_phone, numbers_in
from sociale_kaart.store import Catalogue

from bot.triage.types import ROUTES

ROWS = read_initiatives()
KINDS = load_kinds()
ANNEX_1 = [
    "Movisie routekaart 'In gesprek over eenzaamheid'",
    "Movisie wegwijzer 'Het sociale netwerk'",
    "Ecogram tool",
    "Gesprekstool Mijn Positieve Gezondheid",
    "Familie Enzo applicatie",
    "De Sociale benadering",
    "De Netwerkintake",
    "Signaleringskaart Een tegen eenzaamheid",
    "Richtlijn eenzaamheid onder ouderen",
    "Triadekaart",
    "Familiecoaches",
    "Samenzorg applicatie van Hello24/7",
    "Naasten/familieparticipatie",
    "Resourcegroepen-methodiek",
    "NeoParent applicatie",
    "Academie voor zelfzorg",
    "MantelScan van Movisie",
    "Noaberhulp",
    "Mantelzorgmakelaar",
    "Buurtverbinders",
    "Dorpsondersteuners",
    "Krachtenbinders",
    "Bezoekvrouwen en -mannen",
    "Stadsdorpen",
    "Buurt- en zorgcooperaties",
    "Voorzorgcirkels",
    "Buurtcirkels",
    "Lief & Leedstraten",
    "Welzijn op Recept",
    "Welzijnswerkers / opbouwwerkers",
    "Netwerkcoaches",
    "Sociaal makelaars",
    "Luistergroepen",
    "Sociale Sportschool",
    "Maatschappelijke Diensttijd",
    "De Buurtcamping",
    "CenteringZorg (Zwangerschap, Diabetes, Ouderschap)",
    "Gecombineerde Leefstijlinterventie (GLI)",
    "Join Us",
    "KOPP/KOV-groepen",
    "Capri Hartrevalidatie",
    "Gezond en Gelukkig Den Haag groepsconsulten",
    "Valpreventie",
    "Revalideren is leren",
    "Enik Recovery College",
    "Alzheimer Cafe",
    "IPSO inloophuizen",
    "Odensehuizen",
    "Buddyhuizen",
    "DiabetesPlus",
    "Je leefstijl als Medicijn online supportgroepen",
    "Apotheek Pillen en Praten",
    "AYA-lounge in ziekenhuizen",
    "Kraaipan Oase",
    "Woon-zorgplek Hart van Vathorst",
    "Seniorenwooncomplex Nieuw-Benedictus",
]


def test_the_whole_catalogue_is_valid() -> None:
    assert [str(fault) for fault in check_catalogue()] == []


def test_all_researched_initiatives_are_there_in_our_columns() -> None:
    assert all(columns_of(path) == COLUMNS for path in initiative_files())
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 196


def test_every_shown_row_has_a_source_and_nothing_from_memory_is_shown() -> None:
    for row in ROWS:
        if row["status"] != "concept":
            assert row["bron_url"].startswith("http"), row["id"]
        if "uit eigen kennis, niet op een pagina gezien" in row["opmerking"]:
            assert row["status"] == "concept", row["id"]


def test_an_address_stands_only_where_it_was_seen() -> None:
    for row in ROWS:
        if row["straat_huisnummer"] or row["postcode"]:
            assert row["adres_gezien"] in ("ja", "deels"), row["id"]


def test_no_personal_number_that_must_be_checked_again() -> None:
    by_id = {row["id"]: row for row in ROWS}
    assert by_id["odensehuis-alblasserdam"]["telefoon"] == ""
    assert by_id["odensehuis-assen"]["telefoon"] == ""


@pytest.mark.parametrize(
    ("row_id", "status"),
    [
        ("odensehuis-steenwijk", "niet_geopend"),
        ("odensehuis-dronten", "in_oprichting"),
        ("westerlicht-zeeland-inloophuis-tholen", "in_oprichting"),
        ("odensehuis-groningen-zuid", "actief"),
    ],
)
def test_status_of_what_is_not_open(row_id: str, status: str) -> None:
    assert next(row for row in ROWS if row["id"] == row_id)["status"] == status


def test_the_date_a_source_speaks_for_is_never_later_than_the_research() -> None:
    for row in ROWS:
        day = earliest_day(row["gecontroleerd_op"])
        assert day is None or day.isoformat() < "2026-12", row["id"]


def test_every_initiative_with_a_place_or_municipality_has_coordinates(real_catalogue: Catalogue) -> None:
    lost = [
        one.id
        for one in real_catalogue.all()
        if (one.place or one.municipality) and (one.latitude is None or one.longitude is None)
    ]
    assert lost == []


def test_route_codes_are_those_of_the_bot() -> None:
    assert ROUTE_CODES == ROUTES
    assert set(load_routes()) == set(ROUTES)


def test_every_kind_serves_a_known_route_and_tools_serve_none() -> None:
    for kind in KINDS.values():
        assert set(kind.routes) <= set(ROUTE_CODES), kind.code
        assert bool(kind.routes) == (kind.role != "tool"), kind.code
        assert kind.source, kind.code


def test_a_kind_through_care_says_how_to_ask() -> None:
    assert [kind.code for kind in KINDS.values() if kind.role == "via_zorg" and not kind.how_to_ask] == []


def test_every_entry_of_annex_1_is_covered_once() -> None:
    covered = Counter(entry for kind in KINDS.values() for entry in kind.annex)
    assert len(ANNEX_1) == 56
    assert covered == Counter(ANNEX_1)


def test_every_route_says_what_it_is_and_how_to_ask() -> None:
    lines = load_helplines()
    for route in load_routes().values():
        assert route.what.endswith(".") and route.how_to_ask.endswith("."), route.code
        assert set(route.help_lines) <= set(lines), route.code
        assert numbers_in(route.what + route.how_to_ask) == [], route.code


def test_every_phone_number_in_the_data_is_valid_and_allowed() -> None:
    forbidden = load_forbidden_numbers()
    numbers = [row["telefoon"] for row in ROWS] + [line.phone for line in load_helplines().values()]
    for number in filter(None, numbers):
        assert is_phone(number), number
        assert digits(number) not in forbidden, number


def test_help_lines_have_a_source_and_stopped_ones_are_not_shown() -> None:
    lines = load_helplines()
    assert all(line.source for line in lines.values())
    assert {"112", "113", "veilig_thuis", "luisterlijn", "huisarts", "huisartsenpost"} <= set(lines)
    assert {"zilverlijn", "ouderenfonds"}.isdisjoint(lines)
    assert lines["113_professionals"].audience == "balie"
    assert lines["mantelfoon"].municipalities == ("Rotterdam",)
    assert {row["zekerheid"] for row in read_rows(data_file(None, HELP_LINES))} <= {
        "verified",
        "verified_secundair",
        "from_memory",
    }
