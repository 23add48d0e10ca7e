"""Checking the catalogue: one Dutch line per fault, with file, row, field, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sociale_kaart import check_tables
from sociale_kaart.check_doubles import SAME_NAME, doubles_in
from sociale_kaart.check_rows import wrong_in
from sociale_kaart.check_warnings import warnings_in
from sociale_kaart.faults import Fault
from sociale_kaart.files import DATA_DIR, DATA_FILES, INITIATIVE_FOLDER, INITIATIVES, Row, initiative_files
from sociale_kaart.municipality_check import check_municipalities, check_municipality, is_municipality
from sociale_kaart.reference import Reference
from sociale_kaart.tables import UnreadableFile, missing_columns, read_table

__all__ = ["SAME_NAME", "check_catalogue", "check_file", "check_rows", "examine_catalogue", "examine_file"]

REQUIRED_COLUMNS = ("id", "naam", "soort", "status", "bron_url")

Progress = Callable[[Iterable[Row]], Iterable[Row]]
"""Passes rows on one by one, and may show how far it is."""


@dataclass
class Findings:
    """What a check found: faults that keep the catalogue from being built, and warnings that do not."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


def check_catalogue(data_dir: Path | str | None = None) -> list[Fault]:
    """All faults in the catalogue's files, in reading order (see `examine_catalogue`)."""
    return examine_catalogue(data_dir).faults


def check_file(path: Path | str) -> list[Fault]:
    """All faults in one file (see `examine_file`)."""
    return examine_file(path).faults


def examine_catalogue(data_dir: Path | str | None = None, today: date | None = None) -> Findings:
    """Faults and warnings in the catalogue's files, in reading order.

    A `data_dir` may hold only some of the files; the program's own stand in for the rest.
    """
    if data_dir is not None and is_municipality(data_dir):
        return Findings(check_municipality(data_dir))
    own = [INITIATIVE_FOLDER, *DATA_FILES]
    if data_dir is not None and not any((Path(data_dir) / name).exists() for name in own):
        message = (
            f"in deze map staat geen bestand van de sociale kaart, zoals {INITIATIVES}; kies een andere map."
        )
        return Findings([Fault(Path(data_dir).name, None, None, message)])
    tables = [fault for check in check_tables.CHECKS.values() for fault in check(data_dir)]
    found = _examine(initiative_files(data_dir), data_dir, today, delivered=False)
    return Findings([*tables, *found.faults, *check_municipalities(data_dir)], found.warnings)


def examine_file(path: Path | str, encoding: str | None = None, today: date | None = None) -> Findings:
    """Faults and warnings in one file: one of our tables (known by its name), or a list of initiatives."""
    path = Path(path)
    if is_municipality(path):
        return Findings(check_municipality(path.parent))
    if path.name in check_tables.CHECKS:
        return Findings(check_tables.CHECKS[path.name](path.parent))
    ours = path.name == INITIATIVES or path.parent.name == INITIATIVE_FOLDER
    if not ours and (DATA_DIR / path.name).is_file():
        message = "dit is geen lijst met initiatieven; kies de hele map om alles na te kijken."
        return Findings([Fault(path.name, None, None, message)])
    return _examine([path], None, today, delivered=not ours, encoding=encoding)


def check_rows(rows: list[Row], reference: Reference, progress: Progress = iter) -> list[Fault]:
    """All faults in rows of initiatives (of one file or of several), in the order of the rows."""
    return _examine_rows(rows, reference, None, progress).faults


def _examine(
    paths: list[Path],
    data_dir: Path | str | None,
    today: date | None,
    delivered: bool,
    encoding: str | None = None,
) -> Findings:
    rows, found, unreadable = [], Findings(), []
    for path in paths:
        try:
            table = read_table(path, encoding, delivered)
        except UnreadableFile as error:
            unreadable += error.faults
            continue
        unreadable += missing_columns(table.file, table.columns, REQUIRED_COLUMNS)
        rows += table.rows
        found.faults += table.faults
        found.warnings += [Fault(table.file, None, None, remark) for remark in table.remarks]
    try:
        reference = Reference.load(data_dir)
    except UnreadableFile as error:
        unreadable += error.faults
    if unreadable:
        return Findings(unreadable)
    in_rows = _examine_rows(rows, reference, today or date.today())
    return Findings([*found.faults, *in_rows.faults], [*found.warnings, *in_rows.warnings])


def _examine_rows(
    rows: list[Row], reference: Reference, today: date | None, progress: Progress = iter
) -> Findings:
    """Faults, and warnings where the day of today is given."""
    found = Findings()
    doubles = doubles_in(rows)
    for row in progress(rows):
        key = row.file, row.number
        wrong = [*wrong_in(row, reference), *doubles.sure.get(key, ())]
        found.faults += [Fault(row.file, row.number, name, message) for name, message in wrong]
        if today:
            doubtful = [*warnings_in(row, reference, today), *doubles.perhaps.get(key, ())]
            found.warnings += [Fault(row.file, row.number, name, message) for name, message in doubtful]
    return found
