"""The page about the catalogue names every column, every command with its options, and every file."""

from __future__ import annotations

import argparse
import re

import pytest
from sociale_kaart.columns import COLUMN_LIST
from sociale_kaart.files import DATABASE, REPOSITORY
from sociale_kaart.hsds_rows import LINK_TYPES, NOT_EXCHANGED, STATUSES

from api.cli.main import build_parser
from tests.docs.markdown import ROOT, Page

PAGE = Page(ROOT / "docs" / "catalogue.md")
OWN_COMMANDS = ("check", "import", "export", "diff")


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return next(
        action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )


def commands() -> dict[str, argparse.ArgumentParser]:
    """The commands of the catalogue, by name."""
    return _choices(_choices(build_parser())["catalogue"])


def mapping_table() -> str:
    """The table of columns and HSDS fields, as the page should read."""
    rows = [f"| `{column.name}` | {column.hsds} |" for column in COLUMN_LIST]
    return "\n".join(["| column | HSDS 3.0 |", "|---|---|", *rows])


def test_every_column_stands_with_its_hsds_field() -> None:
    assert mapping_table() in PAGE.text, f"put this table in docs/catalogue.md:\n{mapping_table()}"


@pytest.mark.parametrize("name", OWN_COMMANDS)
def test_every_option_of_a_command_is_documented(name: str) -> None:
    section = re.search(rf"^### catalogue {name}\n(.*?)(?=^##)", PAGE.text, re.M | re.S)[1]
    for action in commands()[name]._actions:
        for option in action.option_strings:
            if option.startswith("--") and option != "--help":
                assert f"`{option}" in section, option
        if not action.option_strings:
            assert f"`{action.metavar}`" in section, action.metavar


def test_what_is_not_exchanged_and_what_travels_as_attribute_is_said() -> None:
    for name in (*NOT_EXCHANGED, *LINK_TYPES, *STATUSES, *STATUSES.values()):
        assert f"`{name}`" in PAGE.text, name


def test_datasette_is_pointed_at_the_compiled_file() -> None:
    line = next(line for line in PAGE.commands if "datasette" in line)
    assert line.split()[-1] == str(DATABASE.relative_to(REPOSITORY))
