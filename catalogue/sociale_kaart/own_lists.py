"""The lists of initiatives in one folder, as an import changes them: each row stays in its own file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from sociale_kaart.columns import COLUMNS
from sociale_kaart.faults import Fault
from sociale_kaart.files import INITIATIVE_FOLDER, INITIATIVES, Row, csv_text
from sociale_kaart.tables import Table, UnreadableFile, read_table


class OwnLists:
    """The lists of a folder itself (not those that stand in for it), and how they were when opened."""

    def __init__(self, folder: Path):
        """Raises UnreadableFile where a list is broken."""
        self._folder = folder / INITIATIVE_FOLDER
        single = [folder / INITIATIVES] if (folder / INITIATIVES).exists() else []
        paths = [*single, *sorted(self._folder.glob("*.csv"))]
        self._stamps = {path: _stamp(path) for path in paths}
        self._tables: dict[Path, Table] = {path: read_table(path, delivered=False) for path in paths}
        broken = [fault for table in self._tables.values() for fault in table.faults]
        if broken:
            raise UnreadableFile(broken)
        self.rows = [row for table in self._tables.values() for row in table.rows]
        self.before = [Row(row.number, dict(row.values), row.file) for row in self.rows]

    def altered(self) -> list[Fault]:
        """A fault for every list that somebody saved since it was read: writing would undo that."""
        message = "dit bestand is zojuist door iemand anders opgeslagen; begin opnieuw met overnemen."
        return [
            Fault(path.name, None, None, message)
            for path, stamp in self._stamps.items()
            if _stamp(path) != stamp
        ]

    def contents(self, new: list[Row], name: str) -> dict[Path, str]:
        """The text of every file that changed, with the `new` rows at the end of the list of that name."""
        home = self._folder / f"{name}.csv"
        contents = {}
        for path, table in self._tables.items():
            added = new if path == home else []
            if added or any(row.values != self._were[id(row)].values for row in table.rows):
                contents[path] = _list_text(table.columns, [*table.rows, *added])
        if new and home not in self._tables:
            contents[home] = _list_text([], new)
        return contents

    @cached_property
    def _were(self) -> dict[int, Row]:
        return {id(row): before for row, before in zip(self.rows, self.before, strict=True)}


def _stamp(path: Path) -> tuple[int, int] | None:
    """What changes when a file is saved; None where it is no more."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return None
    return facts.st_mtime_ns, facts.st_size


def _list_text(columns: Iterable[str], rows: Iterable[Row]) -> str:
    """A list with our columns in our order, and after them those of its own."""
    return csv_text(list(dict.fromkeys([*COLUMNS, *filter(None, columns)])), (row.values for row in rows))
