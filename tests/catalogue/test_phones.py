"""Finding telephone numbers in text, and nothing that only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sociale_kaart.files import FORBIDDEN_NUMBERS, data_file, read_rows
from sociale_kaart.helplines import load_helplines
from sociale_kaart.phones import digits, is_phone, numbers_in, unknown_numbers, without_unknown_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Bel 112.", ["112"]),
        ("Bel 113 of 0800-0113, dag en nacht", ["113", "08000113"]),
        ("0800-2000 24 uur per dag", ["08002000"]),
        ("088 0767 000 (normale kosten)", ["0880767000"]),
        ("0800-022 66 22", ["08000226622"]),
        ("020-3113 888", ["0203113888"]),
        ("+31 (0)50 230 3252", ["0502303252"]),
        ("0031 50 230 3252", ["0502303252"]),
        ("050-2303252/0645373932", ["0502303252", "0645373932"]),
        ("06.12.34.56.78", ["0612345678"]),
        ("Bel de gemeente: 14 030", ["14030"]),
        ("Bel dan gratis 1813", ["1813"]),
        ("Open 10.00-12.00 06 12345678", ["0612345678"]),
        ("Telefoon:020-1234567", ["0201234567"]),
        ("tel:0201234567", ["0201234567"]),
        ("Meer weten?Bel nu.0201234567", ["0201234567"]),
    ],
)
def test_numbers_are_found(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "Molukkenstraat 200, 9715 NZ Groningen",
        "maandag 09.00-17.00 uur",
        "van 2020 tot en met 2024",
        "op 01-02-2024 om 10 uur",
        "gecontroleerd op 2026-01-08",
        "€ 112,50 per jaar",
        "https://www.nhnieuws.nl/nieuws/0612345678/bericht",
        "lunch € 5, koffie € 1,67",
        "bel voor 12 uur",
        "bel in 2025 nog eens",
        "Peperstraat 41-43",
        "10-15 uur, 16-25 jaar, 30 km",
    ],
)
def test_other_figures_are_left_alone(text: str) -> None:
    assert numbers_in(text) == []


def test_every_help_line_is_recognised_in_a_sentence() -> None:
    for line in load_helplines().values():
        if line.phone:
            assert numbers_in(f"Bel {line.phone}, elke dag 9-21 uur.") == [digits(line.phone)]
            assert is_phone(line.phone)


def test_every_forbidden_number_would_be_caught() -> None:
    allowed = [line.phone for line in load_helplines().values() if line.phone]
    for row in read_rows(data_file(None, FORBIDDEN_NUMBERS)):
        number = digits(row["nummer"])
        if number:
            assert unknown_numbers(f"Bel {row['nummer']} nu.", allowed) == [number]


def test_unknown_numbers_accepts_any_spelling_of_a_known_one() -> None:
    assert unknown_numbers("Bel 0880767000 of 088-0767 000.", ["088 0767 000"]) == []
    assert unknown_numbers("Bel 020 123 4567.", ["088 0767 000"]) == ["0201234567"]


def test_an_unknown_number_is_left_out_and_the_rest_stays() -> None:
    text = "Bel 113 of 0900-0113, of bel 1813."
    assert without_unknown_numbers(text, {"113"}, "(weg)") == "Bel 113 of (weg), of bel (weg)."


@given(st.text(max_size=80))
def test_no_text_makes_it_fail(text: str) -> None:
    assert all(number.isdigit() for number in numbers_in(text))
