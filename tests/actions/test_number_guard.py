"""No telephone number leaves that is not on the allow-list, and every one that is on it does."""

from __future__ import annotations

import pytest
from sociale_kaart.files import FORBIDDEN_NUMBERS, data_file, read_rows
from sociale_kaart.phones import digits

from actions.context import Municipality, build_context
from actions.number_guard import WITHHELD

FORBIDDEN = [row["nummer"] for row in read_rows(data_file(None, FORBIDDEN_NUMBERS)) if digits(row["nummer"])]


@pytest.fixture(scope="module")
def context():
    return build_context(municipality=Municipality(phone="14 0123", out_of_hours_gp_phone="0900-0113"))


@pytest.mark.parametrize("channel", ["bewoner", "balie", None])
@pytest.mark.parametrize("number", [*FORBIDDEN, "020 555 1234", "06-12345678", "0900 9999"])
def test_a_number_that_nobody_checked_is_withheld_anywhere_in_an_answer(context, number, channel):
    answer = {
        "antwoord": f"Bel {number}, dag en nacht.",
        "bel": [{"naam": "Lijn", "telefoon": f"bel {number}"}],
        "initiatieven": [{"waarom": f"tel: {number}", "afstandKm": 1.5}],
    }
    checked = context.numbers.checked(answer, channel)
    assert checked["antwoord"] == f"Bel {WITHHELD}, dag en nacht."
    assert number not in str(checked) and checked["initiatieven"][0]["afstandKm"] == 1.5


def test_a_field_that_is_only_a_wrong_number_becomes_empty(context):
    assert context.numbers.checked({"telefoon": "020 555 1234"}) == {"telefoon": None}


def test_the_number_for_professionals_reaches_the_front_desk_only(context):
    text = "Overleg: 020-3113 888."
    assert context.numbers.checked(text, "balie") == text
    assert WITHHELD in context.numbers.checked(text, "bewoner")


def test_the_municipalitys_own_number_may_go_out_but_a_forbidden_one_never(context):
    assert context.numbers.checked("Bel 14 0123.") == "Bel 14 0123."
    assert WITHHELD in context.numbers.checked("Bel 0900-0113.")


def test_every_help_line_and_every_initiative_passes_unchanged(context):
    shown = [line.phone for line in context.helplines.values()] + sorted(context.catalogue.phones())
    sentences = [f"Bel {number} nu." for number in shown if number]
    assert len(sentences) > 25
    assert context.numbers.checked(sentences, "balie") == sentences
