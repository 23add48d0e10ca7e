"""Whose number somebody gets: of the conversation's municipality, else of the place that was named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sociale_kaart.municipality import Desk, MunicipalFolder, Municipalities

from actions import answers
from actions.context import Municipality, build_context
from actions.public_json import calls_json

ASSEN = MunicipalFolder(
    "assen",
    "Assen",
    desk=Desk(phone="14 0592", website="https://www.assen.nl", opening_hours="op werkdagen"),
    teams=(Desk("het wijkteam", "0592 111 222", opening_hours="tot 12.00 uur"),),
    out_of_hours_gp=Desk("post", "0900 1111", "https://post.nl", areas=("Assen", "Aa en Hunze")),
    self_referral="U belt zelf met de welzijnscoach.",
    self_referral_phone="0592 333 444",
)
EDE = MunicipalFolder("ede", "Ede", desk=Desk(phone="14 0318"))


def context_of(**site):
    return build_context(municipality=Municipality(**site), municipalities=Municipalities([ASSEN, EDE]))


@pytest.fixture(scope="module")
def context():
    return context_of()


@pytest.fixture(scope="module")
def place(context):
    return lambda name: context.gazetteer.lookup(name).place


def test_without_anything_nothing_is_invented(context):
    assert "bellen" not in context.at(None, None).municipality.contact_sentence()


@pytest.mark.parametrize("name", ["Assen", "gemeente Assen"])
def test_the_municipality_of_the_conversation(context, name):
    there = context.at(name, None).municipality
    assert there.contact_sentence() == (
        "U kunt de gemeente Assen bellen: 14 0592. Open: op werkdagen. "
        "Of kijk op https://www.assen.nl. "
        "Voor hulp en ondersteuning is er het wijkteam: 0592 111 222. Open: tot 12.00 uur."
    )
    assert (there.out_of_hours_gp_phone, there.out_of_hours_gp_website) == ("0900 1111", "https://post.nl")


def test_the_place_that_was_named_where_the_conversation_has_no_folder(context, place):
    assert context.at(None, place("Assen")).municipality.phone == "14 0592"
    assert context.at("Groningen", place("Assen")).municipality.phone == "14 0592"
    assert context.at("Ede", place("Assen")).municipality.phone == "14 0318"


def test_the_gp_service_of_a_municipality_that_it_serves(context, place):
    there = context.at(None, place("Gieten")).municipality
    assert there.phone is None and there.out_of_hours_gp_phone == "0900 1111"


def test_the_gp_service_that_serves_the_municipality_of_the_site():
    there = context_of(default_place="Aa en Hunze").at(None, None).municipality
    assert there.out_of_hours_gp_phone == "0900 1111"


def test_a_setting_wins_over_the_file_and_the_file_fills_what_is_not_set():
    there = context_of(default_place="Assen", phone="0592 000 000").at("Assen", None).municipality
    assert (there.phone, there.website) == ("0592 000 000", "https://www.assen.nl")
    there = context_of(phone="0592 000 000", out_of_hours_gp_phone="0900 2222").at("Assen", None).municipality
    assert (there.phone, there.out_of_hours_gp_phone) == ("0592 000 000", "0900 2222")


def test_the_settings_of_one_municipality_are_not_given_to_another():
    there = context_of(default_place="Assen", phone="0592 000 000").at("Ede", None).municipality
    assert (there.name, there.phone, there.website) == ("Ede", "14 0318", None)


def test_another_municipality_without_a_folder_does_not_borrow_the_contact_of_the_site(place):
    site = context_of(default_place="Assen", phone="0592 000 000")
    for name in ("Goes", "gemeente Goes"):
        assert not site.at(name, None).municipality.has_contact
        assert site.at(name, place("Ede")).municipality.phone == "14 0318"
    assert site.at("Aa en Hunze", None).municipality.out_of_hours_gp_phone == "0900 1111"
    for name in ("Voorbeeldstad", "", None):
        assert site.at(name, None).municipality.phone == "0592 000 000"


def test_the_site_keeps_its_own_name_where_it_has_no_folder():
    site = context_of(default_place="Goes", phone="0113 000 000")
    assert site.at("gemeente Goes", None).municipality.phone == "0113 000 000"
    assert site.at("Assen", None).municipality.phone == "14 0592"


def test_a_site_with_its_own_contact_keeps_it_wherever_somebody_lives(place):
    site = context_of(name="Utrecht", phone="14 030")
    there = site.at(None, place("Assen")).municipality
    assert (there.name, there.phone, there.website) == ("Utrecht", "14 030", None)
    assert context_of(default_place="Ede").at("Ede", place("Assen")).municipality.phone == "14 0318"


def test_the_number_guard_lets_exactly_these_numbers_through(context):
    for number in ("14 0592", "0592 111 222", "0900 1111", "0592 333 444", "14 0318"):
        assert context.numbers.checked(f"Bel {number}.") == f"Bel {number}."
    assert "0592 111 223" not in context.numbers.checked("Bel 0592 111 223.")
    assert context.at("Assen", None).numbers is context.numbers


def test_a_closed_self_referral_gives_no_number(context):
    closed = replace(ASSEN, self_referral=None, self_referral_phone=None)
    numbers = build_context(municipalities=Municipalities([closed])).numbers
    assert "0592 333 444" not in numbers.checked("Bel 0592 333 444.")


def test_the_out_of_hours_line_has_the_number_and_site_of_the_place(context):
    [line] = calls_json(["huisartsenpost"], context.at("Assen", None))
    assert (line["telefoon"], line["url"]) == ("0900 1111", "https://post.nl")
    [line] = calls_json(["huisartsenpost"], context.at("Ede", None))
    assert line["telefoon"] is None


def test_a_human_can_be_called_at_the_municipality_and_its_team(context):
    calls = calls_json(answers.human(context.at("Assen", None)).calls, context.at("Assen", None))
    assert [(one["naam"], one["telefoon"]) for one in calls[:2]] == [
        ("Gemeente Assen", "14 0592"),
        ("Het wijkteam", "0592 111 222"),
    ]
    nowhere = calls_json(answers.human(context).calls, context.at(None, None))
    assert [one["naam"] for one in nowhere] == [one["naam"] for one in calls[2:]]


def test_where_self_referral_is_open_its_people_need_no_referral(context, place):
    [said, *_] = answers.social(("welzijn_op_recept",), place("Alkmaar"), context)
    found = [one.initiative for one in said.initiatives if one.initiative.kind == "welzijn_op_recept"]
    assert found and all(one.referral_needed for one in found)
    alkmaar = replace(ASSEN, slug="alkmaar", name="Alkmaar")
    opened = build_context(municipalities=Municipalities([alkmaar]))
    [said, *_] = answers.social(("welzijn_op_recept",), place("Alkmaar"), opened)
    found = [one.initiative for one in said.initiatives if one.initiative.kind == "welzijn_op_recept"]
    assert found and all(one.referral_needed is False for one in found)
    assert {one.how_to_ask for one in found} == {"U belt zelf met de welzijnscoach. Bel 0592 333 444."}
    assert "U belt zelf met de welzijnscoach. Bel 0592 333 444." in said.values["inleiding"]
    assert "Vraag uw huisarts" not in said.values["inleiding"]
    assert all("Vraag uw huisarts" not in one.why for one in said.initiatives)


def test_the_setting_opens_self_referral_for_the_municipality_of_the_site(place):
    site = context_of(default_place="Alkmaar", self_referral=True)
    [said, *_] = answers.social(("welzijn_op_recept",), place("Alkmaar"), site)
    assert said.initiatives[0].initiative.referral_needed is False
    [said, *_] = answers.social(("welzijn_op_recept",), place("Delft"), site)
    assert said.initiatives[0].initiative.referral_needed is True
