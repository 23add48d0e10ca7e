"""The columns of a list of initiatives, as `kolommen.yml` declares them: once, with help and HSDS field."""

from __future__ import annotations

from dataclasses import dataclass

from sociale_kaart.files import COLUMN_HELP, DATA_DIR, read_yaml


@dataclass(frozen=True)
class Column:
    """One column: its name, what an editor fills in (Dutch), and where it stands in HSDS 3.0."""

    name: str
    help: str
    hsds: str


COLUMN_LIST = tuple(
    Column(name, entry["uitleg"], entry["hsds"]) for name, entry in read_yaml(DATA_DIR / COLUMN_HELP).items()
)
COLUMNS = [column.name for column in COLUMN_LIST]
