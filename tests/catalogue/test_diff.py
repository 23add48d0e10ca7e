"""What differs between two catalogues."""

from __future__ import annotations

from pathlib import Path

import pytest
from sociale_kaart.diff import differences, rows_at
from sociale_kaart.tables import UnreadableFile

from tests.catalogue.rows import GOOD, list_of

OTHER = {**GOOD, "id": "ander", "naam": "Huis Ander"}


def test_new_gone_and_changed_by_field(tmp_path: Path) -> None:
    old = list_of(tmp_path, GOOD, OTHER, name="oud.csv")
    new = list_of(
        tmp_path, {**GOOD, "telefoon": "", "kosten": "gratis"}, {**OTHER, "id": "nieuw"}, name="nieuw.csv"
    )
    found = differences(rows_at(old), rows_at(new))
    assert found.lines() == [
        "nieuw: nieuw (Huis Ander, Ede)",
        "weg: ander (Huis Ander, Ede)",
        "gewijzigd: odensehuis-test, telefoon: '0318 123456' -> ''",
        "gewijzigd: odensehuis-test, kosten: '' -> 'gratis'",
        "1 nieuw, 1 weg, 1 gewijzigd (2 velden).",
    ]
    assert found.as_json()["gewijzigd"] == {
        "odensehuis-test": {
            "telefoon": {"oud": "0318 123456", "nieuw": ""},
            "kosten": {"oud": "", "nieuw": "gratis"},
        }
    }


def test_the_order_and_the_file_of_a_row_do_not_matter(tmp_path: Path) -> None:
    list_of(tmp_path / "map" / "initiatieven", GOOD, name="a.csv")
    list_of(tmp_path / "map" / "initiatieven", OTHER, name="b.csv")
    file = list_of(tmp_path, OTHER, GOOD)
    assert differences(rows_at(tmp_path / "map"), rows_at(file)).lines() == ["Geen verschillen."]


def test_a_column_that_one_of_them_does_not_have_is_no_difference(tmp_path: Path) -> None:
    few = list_of(tmp_path, GOOD, name="weinig.csv", columns=["id", "naam"])
    assert differences(rows_at(list_of(tmp_path, GOOD)), rows_at(few)).lines() == ["Geen verschillen."]


def test_without_a_path_it_is_the_programs_own() -> None:
    assert len(rows_at(None)) > 196


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "kapot.csv"
    broken.write_text("id,naam\na,b,c\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="deze rij heeft 3 cellen"):
        rows_at(broken)
    without_id = list_of(tmp_path, GOOD, name="zonder.csv", columns=["naam", "soort"])
    with pytest.raises(UnreadableFile, match="zonder.csv, rij 1, veld id: deze kolom ontbreekt"):
        rows_at(without_id)
    with pytest.raises(UnreadableFile, match="geen lijst met initiatieven"):
        rows_at(tmp_path)
