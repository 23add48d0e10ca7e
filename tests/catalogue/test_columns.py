"""The columns, as kolommen.yml declares them, are what the code, the data and the editors' page know."""

from __future__ import annotations

import re

from sociale_kaart.check_rows import PROVINCES, STATUSES
from sociale_kaart.columns import COLUMN_LIST, COLUMNS
from sociale_kaart.files import (
    AREA_CODES,
    AUDIENCES,
    COLUMN_HELP,
    DATA_DIR,
    FORBIDDEN_NUMBERS,
    FORMER_MUNICIPALITIES,
    HELP_LINES,
    INITIATIVE_FOLDER,
    KINDS,
    POSTCODES,
    ROUTES,
    SEARCH_WORDS,
    columns_of,
    initiative_files,
    read_yaml,
)
from sociale_kaart.interchange import DELIVERIES
from sociale_kaart.kinds import load_kinds
from sociale_kaart.places import Gazetteer

PAGE = (DATA_DIR / "LEESMIJ.md").read_text(encoding="utf-8")


def table_for_editors() -> str:
    """The table of columns on the editors' page, as it should read."""
    rows = [f"| `{column.name}` | {column.help} |" for column in COLUMN_LIST]
    return "\n".join(["| kolom | wat u invult |", "|---|---|", *rows])


def test_the_editors_page_has_every_column_with_the_help_of_kolommen_yml() -> None:
    assert table_for_editors() in PAGE, f"put this table in LEESMIJ.md:\n{table_for_editors()}"


def test_every_file_that_the_checks_know_is_on_the_editors_page() -> None:
    names = [INITIATIVE_FOLDER, COLUMN_HELP, AUDIENCES, KINDS, ROUTES, SEARCH_WORDS, HELP_LINES]
    for name in [*names, FORBIDDEN_NUMBERS, AREA_CODES, FORMER_MUNICIPALITIES, POSTCODES, DELIVERIES]:
        assert f"`{name}`" in PAGE or f"`{name}/`" in PAGE, name


def test_help_is_a_sentence_without_a_bar() -> None:
    for column in COLUMN_LIST:
        assert column.help.endswith(".") and "|" not in column.help, column.name
        assert column.hsds and not column.hsds.endswith("."), column.name


def test_every_list_has_the_columns_in_their_order() -> None:
    for path in initiative_files():
        assert columns_of(path) == COLUMNS, path.name


def test_the_help_names_what_the_check_allows() -> None:
    text = {column.name: column.help for column in COLUMN_LIST}
    assert all(re.search(rf"\b{status}\b", text["status"]) for status in STATUSES)
    assert set(PROVINCES) == {place.province for place in Gazetteer.load().places} - {None}


def test_every_kind_says_for_whom_it_is() -> None:
    audiences = read_yaml(DATA_DIR / AUDIENCES)
    for kind in load_kinds().values():
        assert set(kind.audiences) <= set(audiences), kind.code
        assert bool(kind.audiences) == (kind.role != "tool"), kind.code
