"""What differs between two catalogues, row by row and field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sociale_kaart.columns import COLUMNS
from sociale_kaart.deliveries import read_delivery
from sociale_kaart.faults import Fault
from sociale_kaart.files import DATA_DIR, Row
from sociale_kaart.hsds_rows import CARRIED
from sociale_kaart.merge import Change
from sociale_kaart.own_lists import OwnLists
from sociale_kaart.reference import Reference
from sociale_kaart.tables import UnreadableFile, missing_columns, read_table


@dataclass
class Differences:
    """Rows that came and went, and fields that changed, in the order of the files."""

    new: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    """`here` is the old text, `delivered` the new one."""

    def lines(self) -> list[str]:
        """In Dutch, one line each, and a line of totals."""
        lines = [f"nieuw: {_named(row)}" for row in self.new]
        lines += [f"weg: {_named(row)}" for row in self.gone]
        lines += [
            f"gewijzigd: {one.id}, {one.field}: {one.here!r} -> {one.delivered!r}" for one in self.changed
        ]
        rows = len({one.id for one in self.changed})
        total = f"{len(self.new)} nieuw, {len(self.gone)} weg, {rows} gewijzigd ({len(self.changed)} velden)."
        return [*lines, total if lines else "Geen verschillen."]

    def as_json(self) -> dict[str, Any]:
        """For other programs: `nieuw` and `weg` as whole rows, `gewijzigd` by id and field."""
        changed: dict[str, dict[str, dict[str, str]]] = {}
        for one in self.changed:
            changed.setdefault(one.id, {})[one.field] = {"oud": one.here, "nieuw": one.delivered}
        return {
            "nieuw": [row.values for row in self.new],
            "weg": [row.values for row in self.gone],
            "gewijzigd": changed,
        }


def differences(old: list[Row], new: list[Row]) -> Differences:
    """What is different in `new`: rows by id, and of those the columns that both have."""
    before, after = {row["id"]: row for row in old}, {row["id"]: row for row in new}
    return Differences(
        new=[row for row in new if row["id"] not in before],
        gone=[row for row in old if row["id"] not in after],
        changed=[
            Change(row["id"], column, before[row["id"]][column], row[column])
            for row in new
            if row["id"] in before
            for column in COLUMNS
            if column in before[row["id"]].values
            and column in row.values
            and before[row["id"]][column] != row[column]
        ],
    )


def rows_at(path: Path | None) -> list[Row]:
    """The rows of a CSV or HSDS file or of a folder of data; None is the program's own catalogue.

    Raises UnreadableFile.
    """
    if path is None or path.is_dir():
        rows, faults = OwnLists(path or DATA_DIR).rows, []
        if not rows:
            faults = [Fault(str(path), None, None, "in deze map staat geen lijst met initiatieven.")]
    elif path.suffix.lower() == ".json":
        delivery = read_delivery(path, "", Reference.load(), [])
        carried = [{column: row[column] for column in CARRIED} for row in delivery.rows]
        rows = [Row(row.number, cells, row.file) for row, cells in zip(delivery.rows, carried, strict=True)]
        faults = delivery.faults
    else:
        table = read_table(path)
        rows, faults = table.rows, [*missing_columns(table.file, table.columns, ["id"]), *table.faults]
    if faults:
        raise UnreadableFile(faults)
    return rows


def _named(row: Row) -> str:
    return f"{row['id']} ({row['naam']}, {row['plaats'] or row['gemeente']})"
