"""The merge by its law: whatever the source and the editor do, what the editor changed stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sociale_kaart.columns import COLUMNS
from sociale_kaart.files import Row
from sociale_kaart.merge import EDITOR_FIELDS, merge

FIELDS = ("telefoon", "kosten", "opmerking")
CELLS = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "c"]) for name in FIELDS})
FIXED = {**dict.fromkeys(COLUMNS, ""), "id": "x", "naam": "X", "status": "actief", "herkomst": "bron"}


def deliver(rows: list[dict[str, str]], before: dict[str, dict[str, str]], cells: dict[str, str]):
    return merge(rows, before, [Row(2, {**FIXED, **cells}, "l.csv")], COLUMNS, "bron", "2026-11-22")


@given(first=CELLS, edited=CELLS, second=CELLS)
def test_three_ways(first: dict[str, str], edited: dict[str, str], second: dict[str, str]) -> None:
    rows = [{**FIXED, **edited}]
    merged = deliver(rows, {"x": {**FIXED, **first}}, second)
    changed, kept = {one.field for one in merged.changed}, {one.field for one in merged.kept}
    for name in FIELDS:
        by_editor, by_source = edited[name] != first[name], second[name] != first[name]
        if by_editor or not by_source or not second[name] or name in EDITOR_FIELDS:
            assert rows[0][name] == edited[name]
        else:
            assert rows[0][name] == second[name]
            assert name in changed
        clash = by_editor and by_source and second[name] not in ("", edited[name])
        assert (name in kept) == (clash and name not in EDITOR_FIELDS)


@given(first=CELLS, edited=CELLS)
def test_the_same_delivery_again_changes_nothing(first: dict[str, str], edited: dict[str, str]) -> None:
    rows = [{**FIXED, **edited}]
    merged = deliver(rows, {"x": {**FIXED, **first}}, first)
    assert rows == [{**FIXED, **edited}]
    assert (merged.changed, merged.kept, merged.unchanged) == ([], [], 1)


def test_the_note_of_another_source_stays() -> None:
    note = "niet meer in de levering van bron Noord op 2026-01-01"
    rows = [{**FIXED, "status": "concept", "opmerking": note}]
    deliver(rows, {"x": FIXED}, {})
    assert (rows[0]["status"], rows[0]["opmerking"]) == ("concept", note)


@given(own=CELLS, delivered=CELLS)
def test_without_an_earlier_delivery_only_empty_cells_are_filled(
    own: dict[str, str], delivered: dict[str, str]
) -> None:
    rows = [{**FIXED, **own}]
    deliver(rows, {}, delivered)
    for name in FIELDS:
        filled = not own[name] and name not in EDITOR_FIELDS
        assert rows[0][name] == (delivered[name] if filled else own[name])
