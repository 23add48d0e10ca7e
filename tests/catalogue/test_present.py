"""How a result is shown, and when it must be checked first."""

from __future__ import annotations

from datetime import date

import pytest
from sociale_kaart.freshness import earliest_day, freshness, in_words, is_up_to_date
from sociale_kaart.kinds import what_it_is
from sociale_kaart.present import as_json, as_text
from sociale_kaart.search import find, search
from sociale_kaart.store import Catalogue

from tests.catalogue.conftest import TODAY

CONTRACT = {
    "id": str,
    "naam": str,
    "soort": str,
    "organisatie": str,
    "adres": (str, type(None)),
    "plaats": str,
    "gemeente": str,
    "afstandKm": (float, type(None)),
    "telefoon": (str, type(None)),
    "email": (str, type(None)),
    "website": (str, type(None)),
    "openingstijden": (str, type(None)),
    "kosten": (str, type(None)),
    "verwijzingNodig": (bool, type(None)),
    "bron": str,
    "gecontroleerdOp": (str, type(None)),
    "actueel": bool,
    "waarom": str,
}

CHECK_FIRST = "Controleer eerst of dit nog klopt."


@pytest.mark.parametrize(
    ("checked_on", "expected"),
    [
        ("2025-11-22", True),
        ("2025-11-21", False),
        ("2026-01-08", True),
        ("2025", False),
        ("2026", True),
        (None, False),
        ("", False),
        ("onbekend", False),
    ],
)
def test_older_than_twelve_months_or_unknown_is_not_up_to_date(checked_on, expected) -> None:
    assert is_up_to_date(checked_on, TODAY) is expected


def test_dates_are_read_and_said() -> None:
    assert earliest_day("2024-04") == date(2024, 4, 1)
    assert earliest_day("2024-13") is None
    assert in_words("2024-04-16") == "16 april 2024"
    assert in_words("2024-04") == "april 2024"
    assert in_words(None) is None
    assert freshness("2026-11-01", TODAY) > freshness("2020", TODAY) >= freshness(None, TODAY)


def test_json_is_the_contract_to_the_letter(catalogue: Catalogue) -> None:
    for query in (
        "odensehuis",
        "welzijn op recept",
        "join us",
        "de buurtcamping",
        "huis aan het water",
        "zeist",
    ):
        for result in search(catalogue, query, today=TODAY).results:
            shown = as_json(result, TODAY, with_score=True)
            for name, kind in CONTRACT.items():
                assert isinstance(shown[name], kind), (result.initiative.id, name)
            assert 0 <= shown["score"] <= 100
            assert "score" not in as_json(result, TODAY)


def test_an_address_is_shown_only_when_seen(catalogue: Catalogue) -> None:
    for one in search(catalogue, "inloophuis kanker", limit=50, today=TODAY).results:
        shown = as_json(one)["adres"]
        assert (shown is None) == (one.initiative.address is None)


def test_text_of_a_fresh_source(catalogue: Catalogue, place_named) -> None:
    text = as_text(find(catalogue, ["odensehuis"], place=place_named("Groningen"), today=TODAY)[0])
    assert text.splitlines()[0] == "Odensehuis Groningen Zuid"
    assert "Open: maandag, dinsdag en donderdag 10-15 uur" in text
    assert "Verwijzing: niet nodig" in text
    assert "Bron: oogtv.nl, 8 januari 2026." in text
    assert CHECK_FIRST not in text


def test_text_of_an_old_source_says_check_first_and_where(catalogue: Catalogue, place_named) -> None:
    for result in find(catalogue, ["odensehuis"], place=place_named("Roosendaal"), today=TODAY):
        text = as_text(result)
        assert not result.up_to_date
        assert f"{CHECK_FIRST} Kijk op http" in text


def test_a_partly_seen_address_says_so(catalogue: Catalogue) -> None:
    result = search(catalogue, "ipso huis kennemerland", today=TODAY).results[0]
    assert "Leonardo da Vinciplein" in as_text(result)
    assert "het adres is niet helemaal zeker" in as_text(result)


def test_kosten_say_a_price_once(catalogue: Catalogue, place_named) -> None:
    result = find(catalogue, ["odensehuis"], place=place_named("Roosendaal"), today=TODAY)[0]
    assert as_json(result)["kosten"] == "inloop gratis, koffie of thee € 1,67"


def test_what_kind_of_place_it_is_in_one_sentence(catalogue: Catalogue) -> None:
    [shown] = [as_json(result) for result in search(catalogue, "odensehuis").results][:1]
    assert shown["watIsHet"].startswith("Een huis waar mensen met geheugenproblemen")
    for code, kind in catalogue.kinds.items():
        sentence = what_it_is(code)
        assert (sentence is None) == (kind.role == "tool")
        if sentence:
            assert kind.what.startswith(sentence) and sentence.endswith(".")
            assert sentence.count(".") == 1 and len(sentence.split()) <= 20
    assert what_it_is("bestaat_niet") is None
