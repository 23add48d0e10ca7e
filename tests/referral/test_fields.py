"""Each field says what to change and never repeats what was typed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from sociale_kaart.files import read_yaml

from api.referral.consent import PRACTICE, RESIDENT
from api.referral.fields import Fault, Faulty, Filled, is_reachable
from api.referral.texts import FORM, icpc_codes, moments

TODAY = date(2026, 11, 22)
RIGHT = Filled.of(
    name=" A. Jansen ", phone="06-12345678", email="a@x.nl", moment="ochtend", wish=" Onder de mensen\x00 "
)
SECRET = "Geheimpje"


def faults_of(**changes: str) -> dict[str, str]:
    """The code by field."""
    with pytest.raises(Faulty) as caught:
        replace(RIGHT, **changes).personal_data(TODAY, icpc_codes())
    return {fault.field: fault.code for fault in caught.value.faults}


def test_what_is_right_comes_out_clean():
    known = RIGHT.personal_data(TODAY)
    assert (known.name, known.wish) == ("A. Jansen", "Onder de mensen")
    assert (known.phone, known.email, known.moment, known.icpc) == ("06-12345678", "a@x.nl", "ochtend", None)


def test_one_way_to_reach_somebody_is_enough():
    assert replace(RIGHT, email="").personal_data(TODAY).email is None
    assert replace(RIGHT, phone="").personal_data(TODAY).phone is None
    assert faults_of(phone="", email="") == {"telefoon": "leeg"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": ""}, {"naam": "leeg"}),
        ({"name": "J" * 101}, {"naam": "te_lang"}),
        ({"name": "Jansen 12-03-1947"}, {"naam": "cijfers"}),
        ({"name": "Jansen 111222333"}, {"naam": "cijfers"}),
        ({"phone": "111222333"}, {"telefoon": "bsn"}),
        ({"phone": "bel mij"}, {"telefoon": "onjuist"}),
        ({"phone": "12345"}, {"telefoon": "onjuist"}),
        ({"phone": "1" * 60_000}, {"telefoon": "onjuist"}),
        ({"phone": "112"}, {"telefoon": "onjuist"}),
        ({"phone": "12-03-1947"}, {"telefoon": "geboortedatum"}),
        ({"phone": "NL91ABNA0417164300"}, {"telefoon": "iban"}),
        ({"email": "a@b"}, {"email": "onjuist"}),
        ({"email": "a.b.nl"}, {"email": "onjuist"}),
        ({"email": f"{'a' * 250}@x.nl"}, {"email": "te_lang"}),
        ({"email": "111222333@x.nl"}, {"email": "bsn"}),
        ({"email": "NL91ABNA0417164300"}, {"email": "iban"}),
        ({"email": "jan-12-03-1947@x.nl"}, {"email": "geboortedatum"}),
        ({"moment": ""}, {"moment": "kies"}),
        ({"moment": "nu"}, {"moment": "kies"}),
        ({"wish": ""}, {"wens": "leeg"}),
        ({"wish": "a" * 501}, {"wens": "te_lang"}),
        ({"wish": "bsn 111222333"}, {"wens": "bsn"}),
        ({"wish": "NL91ABNA0417164300"}, {"wens": "iban"}),
        ({"wish": "ik ben van 12 maart 1947"}, {"wens": "geboortedatum"}),
        ({"icpc": "P76"}, {"icpc": "onbekend"}),
        ({"name": "", "wish": "", "moment": ""}, {"naam": "leeg", "moment": "kies", "wens": "leeg"}),
    ],
)
def test_what_is_wrong_is_said_per_field(changes, expected):
    assert faults_of(**changes) == expected


DUTCH = ("0612345678", "06 12 34 56 78", "030-1234567", "(030) 123 45 67", "06.12.34.56.78", "0111222333")
FOREIGN = ("+31 6 12345678", "0031612345678", "+32 470 12 34 56")


@pytest.mark.parametrize("phone", DUTCH + FOREIGN)
def test_a_telephone_number_is_no_citizen_service_number(phone):
    assert replace(RIGHT, phone=phone).personal_data(TODAY).phone == phone


def test_a_wish_may_hold_a_telephone_number():
    wish = "Bel mijn dochter op 06-12345678, of 0111 222 333."
    assert replace(RIGHT, wish=wish).personal_data(TODAY).wish == wish


@pytest.mark.parametrize("number", ["0900 1234", "0800-0113", "14 030", "113", "", "06-1234", "00", "+"])
def test_numbers_of_services_reach_nobody(number):
    assert not is_reachable(number)


def test_nothing_typed_is_repeated():
    typed = {
        "name": f"{SECRET}1",
        "phone": SECRET,
        "email": SECRET,
        "moment": SECRET,
        "wish": f"{SECRET} 111222333",
        "icpc": SECRET,
    }
    with pytest.raises(Faulty) as caught:
        Filled.of(**typed).personal_data(TODAY)
    said = str(caught.value) + "".join(fault.message(RESIDENT) for fault in caught.value.faults)
    assert len(caught.value.faults) == 6 and SECRET not in said and "111" not in said
    assert SECRET not in repr(Filled.of(**typed))


@pytest.mark.parametrize(
    ("field", "code"), [(field, code) for field, codes in read_yaml(FORM)["fouten"].items() for code in codes]
)
def test_a_practice_is_not_spoken_to_as_if_it_were_the_patient(field, code):
    said = Fault(field, code, {"lengte": 600, "maximum": 500}).message(PRACTICE)
    assert "u" not in re.findall(r"\w+", said.lower()) and not re.search(r"\buw\b", said.lower())
    assert "{" not in said


def test_a_practice_has_no_text_of_its_own_that_nobody_says():
    assert read_yaml(FORM)["fouten_praktijk"].items() and all(
        codes.keys() <= read_yaml(FORM)["fouten"][field].keys()
        for field, codes in read_yaml(FORM)["fouten_praktijk"].items()
    )


def test_every_text_of_the_file_can_be_said():
    known = {(field, code) for field, codes in read_yaml(FORM)["fouten"].items() for code in codes}
    assert {("gemeente", "onbekend"), ("toestemming", "nodig"), ("toestemming", "verouderd")} <= known
    assert list(moments()) == ["ochtend", "middag", "avond", "maakt_niet_uit"]
