"""Bulk in and out: a delivery of rows is merged without losing what an editor wrote.

Every imported delivery is kept as it came in `leveringen/<source>.csv`. The next one is
compared with it (a three-way merge): a field changes only when the source changed it, and
where an editor changed the same field, the editor's text stays and the clash is reported.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sociale_kaart.check import check_rows
from sociale_kaart.columns import COLUMNS
from sociale_kaart.faults import Fault
from sociale_kaart.files import (
    DATA_DIR,
    INITIATIVES,
    Row,
    columns_of,
    data_file,
    read_initiatives,
    read_rows,
    write_rows,
)
from sociale_kaart.helplines import load_forbidden_numbers
from sociale_kaart.kinds import load_kinds
from sociale_kaart.locate import Locator
from sociale_kaart.places import Gazetteer
from sociale_kaart.words import tokens

DELIVERIES = "leveringen"
EDITOR_FIELDS = ("id", "herkomst", "opmerking")
"""Fields that an import never overwrites."""


@dataclass
class ImportReport:
    """What an import does (or would do): ids of new, changed and removed rows, clashes and faults.

    `removed` rows are no longer in the delivery; they get the status `concept`, so they are
    not shown, and stay in the file. With `faults` nothing is written.
    """

    new: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    written: bool = False

    def lines(self) -> list[str]:
        """The report in Dutch, one line each."""
        lines = [str(fault) for fault in self.faults]
        lines += [f"nieuw: {one}" for one in self.new]
        lines += [f"gewijzigd: {one} ({', '.join(fields)})" for one, fields in self.changed.items()]
        lines += [f"niet meer in de levering, wordt niet meer getoond: {one}" for one in self.removed]
        lines += [
            f"tekst van de redactie blijft staan: {one} ({', '.join(fields)})"
            for one, fields in self.kept.items()
        ]
        if self.faults:
            return [*lines, "Er is niets overgenomen. Herstel eerst deze fouten."]
        return [*lines, "Overgenomen." if self.written else "Dit was een proef. Er is niets overgenomen."]


def import_csv(
    path: Path | str,
    source: str,
    data_dir: Path | str | None = None,
    dry_run: bool = True,
    today: date | None = None,
) -> ImportReport:
    """Merge a CSV file of initiatives from `source` into `initiatieven.csv` of `data_dir`.

    The file has (some of) our own columns, at least `naam` and `soort`. Rows are matched by
    id, else by name and place. Raises OSError, UnicodeDecodeError or csv.Error where the
    file cannot be read.
    """
    folder = Path(data_dir) if data_dir is not None else DATA_DIR
    day = (today or date.today()).isoformat()
    current_file, snapshot_file = (
        data_file(data_dir, INITIATIVES),
        folder / DELIVERIES / f"{_slug(source)}.csv",
    )
    delivered_columns = [name for name in columns_of(path) if name in COLUMNS]
    missing = [name for name in ("naam", "soort") if name not in delivered_columns]
    if missing:
        return ImportReport(faults=[_missing_column(Path(path).name, name) for name in missing])
    current = [dict(row.values) for row in read_rows(current_file)]
    before = (
        {_key(row.values): row.values for row in read_rows(snapshot_file)} if snapshot_file.exists() else {}
    )
    delivery = [_complete(row, source) for row in read_rows(path)]
    report = ImportReport(faults=_faults(delivery, data_dir))
    if report.faults:
        return report
    merged = _merge(current, before, [row.values for row in delivery], delivered_columns, source, day, report)
    if not dry_run:
        write_rows(folder / INITIATIVES, COLUMNS, merged)
        write_rows(snapshot_file, COLUMNS, [row.values for row in delivery])
        report.written = True
    return report


def export_csv(data_dir: Path | str | None = None) -> str:
    """All rows as CSV text, with the same columns that `import_csv` reads."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(row.values for row in read_initiatives(data_dir))
    return text.getvalue()


def _merge(
    current: list[dict[str, str]],
    before: dict[str, dict[str, str]],
    delivery: list[dict[str, str]],
    columns: list[str],
    source: str,
    day: str,
    report: ImportReport,
) -> list[dict[str, str]]:
    by_id = {row["id"]: row for row in current}
    by_name = {_key(row): row for row in current}
    delivered: set[str] = set()
    added = []
    for incoming in delivery:
        mine = by_id.get(incoming["id"]) or by_name.get(_key(incoming))
        if mine is None:
            added.append({column: incoming.get(column, "") for column in COLUMNS})
            report.new.append(incoming["id"])
            delivered.add(incoming["id"])
            continue
        delivered.add(mine["id"])
        _update(mine, before.get(_key(incoming)), incoming, columns, report)
    for row in current:
        if row.get("herkomst") == source and row["id"] not in delivered and row["status"] != "concept":
            row["status"] = "concept"
            note = f"niet meer in de levering van {source} op {day}"
            row["opmerking"] = "; ".join(part for part in (row.get("opmerking", ""), note) if part)
            report.removed.append(row["id"])
    return current + added


def _update(
    mine: dict[str, str],
    previous: dict[str, str] | None,
    incoming: dict[str, str],
    columns: list[str],
    report: ImportReport,
) -> None:
    for column in columns:
        new, own = incoming[column], mine.get(column, "")
        if column in EDITOR_FIELDS or new == own or not new:
            continue
        last = previous.get(column, "") if previous else ""
        if new == last:
            continue
        if own in ("", last):
            mine[column] = new
            report.changed.setdefault(mine["id"], []).append(column)
        else:
            report.kept.setdefault(mine["id"], []).append(column)


def _complete(row: Row, source: str) -> Row:
    """A delivered row with id, status and origin filled in where it has none."""
    values = {column: row[column] for column in COLUMNS}
    values["id"] = values["id"] or _slug(f"{values['naam']} {values['plaats']}")
    values["status"] = values["status"] or "actief"
    values["herkomst"] = source
    return Row(row.number, values, row.file)


def _faults(rows: list[Row], data_dir: Path | str | None) -> list[Fault]:
    return check_rows(rows, load_kinds(data_dir), Locator(Gazetteer.load()), load_forbidden_numbers(data_dir))


def _missing_column(file: str, name: str) -> Fault:
    return Fault(file, 1, name, "deze kolom ontbreekt; voeg de kolom toe aan de eerste regel.")


def _key(values: dict[str, str]) -> str:
    return " ".join(tokens(f"{values.get('naam', '')} {values.get('plaats', '')}"))


def _slug(text: str) -> str:
    return re.sub(r"-+", "-", "-".join(tokens(text))) or "bron"
