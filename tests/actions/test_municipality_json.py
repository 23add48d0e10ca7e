"""What the page around a conversation shows of the municipality: the contact of the answers, its own look."""

from __future__ import annotations

import pytest
from sociale_kaart.municipality import Desk, MunicipalFolder, Municipalities
from sociale_kaart.municipality_site import Site, default_suggestions

from actions.context import build_context
from actions.local_contact import Municipality
from actions.municipality_json import municipality_json, suggestions

LOOK = Site("Gemeente Assen!", "Welkom.", ("Ik ben alleen",), {"nl-link-color": "#011311"})
ASSEN = MunicipalFolder("assen", "Assen", ("Asse",), Desk(None, "14 0592", "https://www.assen.nl", "altijd"))
EDE = MunicipalFolder("ede", "Ede", site=LOOK)


@pytest.fixture(scope="module")
def context_of():
    """A context with the folders of Assen and Ede, by what the settings say."""
    return lambda **settings: build_context(
        municipality=Municipality(**settings), municipalities=Municipalities([ASSEN, EDE])
    )


def test_contact_of_the_folder_by_name_or_alias(context_of):
    shown = municipality_json("gemeente Asse", "bewoner", context_of())
    assert shown == {
        "naam": "Assen",
        "logotekst": "Gemeente Assen",
        "telefoon": "14 0592",
        "website": "https://www.assen.nl",
        "openingstijden": "altijd",
        "kleuren": {},
    }


def test_own_look_with_the_dashes_of_a_custom_property(context_of):
    shown = municipality_json("Ede", "bewoner", context_of())
    assert shown["logotekst"] == "Gemeente Assen!" and shown["kleuren"] == {"--nl-link-color": "#011311"}
    assert suggestions("Ede", "bewoner", context_of()) == ["Ik ben alleen"]


@pytest.mark.parametrize("name", [None, "", "Groningen", "Voorbeeldstad", "<b>"])
def test_nothing_known_is_null_and_what_the_caller_wrote_is_never_repeated(context_of, name):
    assert municipality_json(name, "bewoner", context_of()) is None
    assert municipality_json(name, "bewoner", context_of(default_place="Groningen")) is None
    assert suggestions(name, "bewoner", context_of()) == list(default_suggestions())


def test_settings_go_before_the_folder(context_of):
    context = context_of(default_place="Assen", phone="0592 123 456", name="Gemeente Assen-Noord")
    shown = municipality_json("Assen", "bewoner", context)
    assert (shown["telefoon"], shown["naam"]) == ("0592 123 456", "Gemeente Assen-Noord")
    assert shown["logotekst"] == "Gemeente Assen-Noord" and shown["openingstijden"] is None


def test_the_municipality_of_the_site_where_the_caller_names_none_or_an_unknown_one(context_of):
    for name in (None, "Voorbeeldstad"):
        assert municipality_json(name, "bewoner", context_of(default_place="Ede"))["naam"] == "Ede"
    only_phone = municipality_json(None, "bewoner", context_of(default_place="Groningen", phone="14 050"))
    assert only_phone["logotekst"] == "Gemeente Groningen"
    nameless = municipality_json(None, "bewoner", context_of(phone="14 050"))
    assert nameless["naam"] is None and nameless["logotekst"] is None


def test_a_number_that_may_not_be_shown_does_not_go_out(context_of):
    shown = municipality_json("Assen", "bewoner", context_of(default_place="Assen", phone="0900-0113"))
    assert shown["telefoon"] is None
    hours = context_of(default_place="Assen", opening_hours="bel 0900-0113", phone="14 0592")
    assert "0900" not in municipality_json("Assen", "bewoner", hours)["openingstijden"]


def test_a_front_desk_gets_the_contact_and_no_suggestions(context_of):
    assert municipality_json("Assen", "balie", context_of())["telefoon"] == "14 0592"
    assert suggestions("Ede", "balie", context_of()) == []


def test_another_municipality_does_not_borrow_the_look_of_the_site(context_of):
    here = context_of(default_place="Ede")
    assert here.site_of("Goes") == Site() and municipality_json("Goes", "bewoner", here) is None
    assert suggestions("Goes", "bewoner", here) == list(default_suggestions())
    assert here.site_of("Voorbeeldstad") == LOOK == here.site_of(None)
