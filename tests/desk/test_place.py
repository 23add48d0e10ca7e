from __future__ import annotations

import pytest

from api.desk.place import place_beside


@pytest.mark.parametrize("note", ["mw 82 jr, vr om praatje, Zeist", "woont in Goes, eenzaam"])
def test_a_place_in_the_note_goes_before_the_field(note):
    assert place_beside(note, "Terneuzen") is None


@pytest.mark.parametrize("note", ["mw 82 jr, vr om praatje", "dhr wil het liefst een maatje", ""])
def test_without_one_the_field_counts(note):
    assert place_beside(note, "Terneuzen") == "Terneuzen"
    assert place_beside(note, None) is None


def test_a_field_that_says_more_than_a_place_is_read():
    assert place_beside("vr om praatje, Zeist", "Goes, ik wil dood") == "Goes, ik wil dood"
    assert place_beside("vr om praatje, Zeist", "ik wil dood") == "ik wil dood"
