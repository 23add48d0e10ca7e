"""Bulk in and out: a delivery of rows is merged without losing what an editor wrote.

What a source last delivered of each row is kept in `leveringen/<source>.csv`, to compare the next
delivery with. Rows stay in the file they are in; new ones go to `initiatieven/<source>.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sociale_kaart.cells import harmless
from sociale_kaart.check import Progress, check_rows
from sociale_kaart.check_doubles import doubles_in
from sociale_kaart.check_rows import wrong_in
from sociale_kaart.columns import COLUMNS
from sociale_kaart.deliveries import read_delivery, slug
from sociale_kaart.faults import Fault, summarised
from sociale_kaart.files import DATA_DIR, Row, clean, csv_text, read_rows, write_files
from sociale_kaart.merge import SHOWN, Merged, merge
from sociale_kaart.own_lists import OwnLists
from sociale_kaart.reference import Reference
from sociale_kaart.tables import UnreadableFile

DELIVERIES = "leveringen"
MANY_GONE = 0.5
"""From this share of a source's rows gone from its delivery, say so first: it may be cut off."""

_NO_SOURCE = "er staat niet bij wie dit heeft geleverd; zet de naam van de organisatie achter --source."


@dataclass
class ImportReport(Merged):
    """What an import does (or would do), with remarks for the editor. With `faults` nothing is written."""

    remarks: list[str] = field(default_factory=list)
    written: bool = False

    def lines(self) -> list[str]:
        """The report in Dutch, one line each; the last says whether anything was written."""
        if self.faults:
            return [
                *self.remarks,
                *summarised(self.faults),
                "Er is niets overgenomen. Herstel eerst deze fouten.",
            ]
        lines = [*self.remarks]
        lines += [
            f"nieuw: {row['id']} ({row['naam']}, {row['plaats'] or row['gemeente']})" for row in self.new
        ]
        lines += [
            f"gewijzigd: {one.id}, {one.field}: {one.here!r} -> {one.delivered!r}" for one in self.changed
        ]
        lines += [
            f"behouden: {one.id}, {one.field}: hier {one.here!r}, in de levering {one.delivered!r}"
            for one in self.kept
        ]
        lines += [
            f"behouden: {one.id}, {one.field}: {one.here!r}, in de levering nu leeg" for one in self.emptied
        ]
        lines += [f"niet teruggezet (door de redactie weggehaald): {one}" for one in self.deleted]
        lines += [f"niet meer geleverd, status wordt concept: {one}" for one in self.removed]
        lines.append(
            f"Rijen: {len(self.new)} nieuw, {len(self.removed)} niet meer geleverd, {self.unchanged} gelijk. "
            f"Velden: {len(self.changed)} gewijzigd, {len(self.kept) + len(self.emptied)} behouden."
        )
        return [*lines, "Overgenomen." if self.written else "Dit was een proef. Er is niets overgenomen."]


def import_file(
    path: Path | str,
    source: str,
    data_dir: Path | str | None = None,
    dry_run: bool = True,
    today: date | None = None,
    encoding: str | None = None,
    kind: str = "",
    progress: Progress = iter,
) -> ImportReport:
    """Merge a CSV or HSDS file of initiatives from `source` into the lists of `data_dir`.

    A CSV file has (some of) our own columns, at least `naam` and `soort`; `kind` stands in
    where a row names no kind. Rows are matched by id, else by name and place. All files are
    written or none. Raises OSError where they cannot be written.
    """
    folder = Path(data_dir) if data_dir is not None else DATA_DIR
    source = clean(source)
    try:
        if not source:
            raise UnreadableFile([Fault(Path(path).name, None, None, _NO_SOURCE)])
        reference = Reference.load(data_dir)
        lists = OwnLists(folder)
        if kind and kind not in reference.kinds:
            raise UnreadableFile([Fault(Path(path).name, None, "soort", _unknown_kind(kind, reference))])
        delivery = read_delivery(path, source, reference, [row["id"] for row in lists.rows], encoding, kind)
    except UnreadableFile as error:
        return ImportReport(faults=error.faults)
    faults = [*delivery.faults, *check_rows(delivery.rows, reference, progress)]
    if faults:
        return ImportReport(faults=faults, remarks=delivery.remarks)
    snapshot = folder / DELIVERIES / f"{slug(source)}.csv"
    before = {row["id"]: row.values for row in read_rows(snapshot)} if snapshot.exists() else {}
    day = (today or date.today()).isoformat()
    merged = merge([row.values for row in lists.rows], before, delivery.rows, delivery.columns, source, day)
    faults = [*merged.faults, *_faults_after(lists, merged, reference)]
    if not faults and not dry_run:
        faults = lists.altered()
    if faults:
        return ImportReport(faults=faults, remarks=delivery.remarks)
    remarks = [*delivery.remarks, *_many_gone(lists, merged, source)]
    report = ImportReport(**vars(merged), remarks=remarks)
    if not dry_run:
        remembered = before | {row["id"]: _remembered(row, before, delivery.columns) for row in delivery.rows}
        content = csv_text(COLUMNS, remembered.values())
        write_files({**lists.contents(merged.new, slug(source)), snapshot: content})
        report.written = True
    return report


def export_csv(data_dir: Path | str | None = None) -> str:
    """All rows as CSV text, with the columns that `import_file` reads; no cell starts a formula.

    Raises UnreadableFile where a list is broken.
    """
    rows = OwnLists(Path(data_dir) if data_dir is not None else DATA_DIR).rows
    return csv_text(COLUMNS, ({column: harmless(row[column]) for column in COLUMNS} for row in rows))


def _faults_after(lists: OwnLists, merged: Merged, reference: Reference) -> list[Fault]:
    """What would be wrong in the rows that the merge touched, and what would stand twice because of it."""
    faults = [
        Fault(incoming.file, incoming.number, name, message)
        for incoming, values in merged.touched
        if values is not incoming.values
        for name, message in wrong_in(Row(incoming.number, values, incoming.file), reference)
    ]
    twice = doubles_in([*lists.rows, *merged.new]).sure if merged.touched else {}
    known = doubles_in(lists.before).sure if twice else {}
    for key, wrong in twice.items():
        faults += [Fault(*key, *double) for double in wrong if double not in known.get(key, [])]
    return faults


def _many_gone(lists: OwnLists, merged: Merged, source: str) -> list[str]:
    of_source = sum(row["herkomst"] == source and row["status"] == SHOWN for row in lists.before)
    if not merged.removed or len(merged.removed) < MANY_GONE * of_source:
        return []
    return [
        f"Let op: {len(merged.removed)} van de {of_source} rijen van '{source}' zijn niet geleverd. "
        "Is het bestand compleet?"
    ]


def _remembered(row: Row, before: dict[str, dict[str, str]], columns: list[str]) -> dict[str, str]:
    """A delivered row as the next import compares with it: what it does not speak of is as it was."""
    last = before.get(row["id"], row.values)
    return {name: row[name] if name in columns or name == "id" else last.get(name, "") for name in COLUMNS}


def _unknown_kind(kind: str, reference: Reference) -> str:
    return f"'{kind}' is geen bekende soort; kies uit {', '.join(sorted(reference.kinds))}."
