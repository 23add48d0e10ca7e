from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.desk.highlight import Denied, marked


def reason(fragment: str, code: str = "sociaal") -> dict:
    return {"fragment": fragment, "wijstOp": code}


def shown(text: str, *reasons: dict) -> list[tuple[str, str | None]]:
    return [(part["tekst"], part["betekenis"]) for part in marked(text, reasons, str.upper)]


def test_the_words_that_gave_the_outcome_stand_apart():
    text = "mw 82 jr, slaapt slecht, vr om praatje"
    assert shown(text, reason("praatje", "contact"), reason("slaapt slecht", "piekeren")) == [
        ("mw 82 jr, ", None),
        ("slaapt slecht", "PIEKEREN"),
        (", vr om ", None),
        ("praatje", "CONTACT"),
    ]


def test_a_word_is_marked_once_for_the_best_reason():
    assert shown("slaapt slecht", reason("slaapt slecht", "a"), reason("slecht", "b")) == [
        ("slaapt slecht", "A")
    ]
    assert shown("pijn en pijn", reason("pijn", "a"), reason("pijn", "b")) == [
        ("pijn", "A"),
        (" en ", None),
        ("pijn", "B"),
    ]


def test_a_fragment_that_was_not_typed_is_left_out():
    assert shown("hallo", reason("dag"), reason("")) == [("hallo", None)]


@given(st.text(max_size=60), st.lists(st.text(max_size=6), max_size=5))
def test_the_parts_are_the_text(text, fragments):
    parts = marked(text, [reason(fragment) for fragment in fragments], str)
    assert "".join(part["tekst"] for part in parts) == text
    assert all(part["tekst"] for part in parts)


def test_what_has_no_label_is_not_marked():
    assert marked("woont in Goes", [reason("woont", "noem_plaats")], lambda code: None) == [
        {"tekst": "woont in Goes", "wijstOp": None, "betekenis": None}
    ]


@pytest.mark.parametrize(
    ("text", "is_marked"),
    [
        ("gn SI", False),
        ("SI gn", False),
        ("eet niet, SI", True),
        ("SI, gn plan", True),
        ("SI niet gevraagd", True),
    ],
)
def test_what_is_denied_is_not_marked(text, is_marked):
    denied = Denied(frozenset({"gn", "niet"}), frozenset({"gn", "niet"}))
    parts = marked(text, [reason("SI")], str.upper, denied)
    assert any(part["wijstOp"] for part in parts) == is_marked
