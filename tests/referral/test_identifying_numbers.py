"""What identifies somebody is seen, however it is written; what only looks like it is left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.referral.identifying_numbers import BIRTH_DATE, BSN, IBAN, identifying_number
from tests.corpus import whole_corpus

TODAY = date(2026, 11, 22)


def seen(text: str) -> str | None:
    return identifying_number(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "mijn bsn is 111222333.",
        "111 222 333",
        "1112.22.333",
        "111-222-333",
        "bsn111222333",
        "１１１２２２３３３",
        "burgerservicenummer: 123456789",
        "BSN nummer 12345678",
        "sofinummer 987654321",
        "zie 123456782 en bel 06-12345678",
        "0612345678 111222333",
        "06 12345678 111222333",
        "06-1234 5678, 111 222 333",
        "+31 6 12345678 111222333",
        "111222333 0612345678",
        "111222333 2 keer",
        "111–222–333",
        "111\u2011222\u2011333",
        "111\t222\t333",
        "111\n222\n333",
        "111_222_333",
        "111  222  333",
        "111 - 222 - 333",
        "111\u200c222\u200c333",
        "burgerservice nummer 123456789",
        "burger-service-nummer: 123456789",
        "b.s.n. 123456789",
    ],
)
def test_a_citizen_service_number_is_seen(text):
    assert seen(text) == BSN


@pytest.mark.parametrize(
    "text",
    [
        "NL91ABNA0417164300",
        "nl91 abna 0417 1643 00 graag",
        "rekening NL91.ABNA.0417.1643.00",
        "NL 91 ABNA 0417164300",
        "BE68 5390 0754 7034",
        "stort op DE89370400440532013000!",
        "IBANNL91ABNA0417164300",
        "mijn rekeningNL91ABNA0417164300",
        "NL91  ABNA  0417  1643  00",
        "NL91\tABNA\t0417164300",
        "NL91\nABNA 0417 1643 00",
        "NL91–ABNA–0417–1643–00",
        "NL91_ABNA_0417164300",
        "NL91 - ABNA - 0417164300",
    ],
)
def test_an_account_number_is_seen(text):
    assert seen(text) == IBAN


@pytest.mark.parametrize(
    "text",
    [
        "12-03-1947",
        "ik ben geboren op 12/3/1947",
        "12.03.1947",
        "12 03 1947",
        "1947-03-12",
        "12031947",
        "12-03-47",
        "12-3-'47",
        "12 maart 1947",
        "12 MAART 1947",
        "12e mrt 1947",
        "12mrt1947",
        "12 maart '47",
        "maart 12, 1947",
        "geb 1947",
        "geb. 1947",
        "(geb: 1947)",
        "geboren in 1947",
        "geboortejaar 1947",
        "geboortedatum: 5 juni",
        "mijn dochter is geboren op 3-5-2024",
        "ik ben van 1947",
        "born 1947",
        "12-03-2018 geboren",
        "12-03-2018 is hij geboren",
        "12 maart 2018 (geboortedatum)",
        "op 12/3/'18 geboren",
        "mijn zoon is in 2018 geboren",
        "3–4–1947",
        "3\n4\n1947",
        "3\t4\t1947",
        "3_4_1947",
        "3 - 4 - 1947",
        "geboren:\n12\n03\n2018",
    ],
)
def test_a_date_of_birth_is_seen(text):
    assert seen(text) == BIRTH_DATE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ik wil graag weer onder de mensen komen.",
        "bel mij op 06-12345678",
        "06 12 34 56 78",
        "06 12 11 19 47",
        "030 1234567 of +31 6 12345678",
        "0031612345678",
        "111222334",
        "123456789",
        "1112223334",
        "NL92ABNA0417164300",
        "In 32 mensen had ik vertrouwen, nu in geen een meer",
        "van 10.00 tot 12.00 uur, of 9.10-11.30",
        "sinds 1 mei 2026 ben ik alleen",
        "vanaf 12-03-2027 kan ik",
        "op 12-03-27 heb ik tijd",
        "drie kinderen: 6-9-13",
        "ik ben 82 jaar",
        "in 1947 was dit een dorp",
        "ik woon op nummer 1947, 3e verdieping",
        "1234 AB, nummer 12",
        "06-1 234 567 89",
        "bel 0111-222333\nof 06 12345678",
        "0612345678, 0687654321",
        "ik woon hier sinds 2018 en ben geboren in Zeist",
        "12-03-2018 ben ik hier komen wonen, niet geboren",
        "mijn kleinkind wordt 12-03-2027 verwacht",
    ],
)
def test_other_figures_are_left_alone(text):
    assert seen(text) is None


@given(st.integers(0, 99_999_999))
def test_every_number_that_passes_the_check_is_seen_and_no_other(start):
    digits = f"{start:08d}"
    rest = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
    for last in range(10):
        right = rest == last and start > 0
        assert (seen(f"x {digits}{last} x") == BSN) == right or seen(f"{digits}{last}") == BIRTH_DATE


def test_what_residents_write_is_not_taken_for_it():
    """A year of birth that somebody gives is no mistake; a number that nobody gave would be one."""
    found = {text: seen(text) for text in {example.text for example in whole_corpus()}}
    assert {kind for kind in found.values() if kind} <= {BIRTH_DATE}
    cues = ("geb", "ik ben van 19", "geboortejaar")
    birth = [text for text, kind in found.items() if kind]
    assert all(any(cue in text.lower() for cue in cues) for text in birth) and len(birth) < 50
