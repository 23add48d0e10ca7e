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
