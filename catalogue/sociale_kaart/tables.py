"""Reading a CSV file that somebody made: what it is, and in plain Dutch why it cannot be read.

Wrong encodings, other delimiters, packed or empty files and broken rows are named, never guessed away.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sociale_kaart.cells import FORMULA, original
from sociale_kaart.faults import Fault, why_not
from sociale_kaart.files import DELIMITERS, Row, clean, delimiter_of

LONGEST_HEADER = 20_000
"""Characters; our own header has about 500. A longer first line is no header."""

EMPTY = "dit bestand is leeg; kies een ander bestand."

_PACKED = {
    b"PK\x03\x04": "een ingepakt bestand (zip); pak het uit en kies het CSV-bestand.",
    b"\x1f\x8b": "een ingepakt bestand (gzip); pak het uit en kies het CSV-bestand.",
    b"\xd0\xcf\x11\xe0": "een oud Excel-bestand (xls); sla het in Excel op als 'CSV UTF-8'.",
    b"%PDF": "een PDF; een lijst moet een CSV-bestand zijn.",
}
_EXCEL = "een Excel-bestand (xlsx); kies in Excel 'Opslaan als' en dan 'CSV UTF-8'."
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass
class Table:
    """A readable table: its columns, its rows, remarks for the editor, and rows that cannot be used."""

    file: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class UnreadableFile(ValueError):
    """The file is no table; `faults` says in Dutch why, and what to do."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def read_table(path: Path | str, encoding: str | None = None, delivered: bool = True) -> Table:
    """The table in a CSV file (comma, semicolon or tab), UTF-8 unless `encoding` says otherwise.

    `delivered`: the file may come from our own export or a spreadsheet, so marks before
    formula characters are taken off. Raises UnreadableFile.
    """
    path = Path(path)
    text = read_text(path, encoding)
    if not text.strip():
        raise _unreadable(path, EMPTY)
    header = text[: LONGEST_HEADER + 1].splitlines()[0]
    if len(header) > LONGEST_HEADER:
        raise _unreadable(
            path, "de eerste regel is veel te lang voor een lijst met kolommen; open het na.", 1
        )
    delimiter = delimiter_of(header)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        table = Table(path.name, [name.strip() for name in next(reader)])
        _check_columns(table, path)
        for cells in reader:
            _add_row(table, cells, reader.line_num, delivered)
    except csv.Error as error:
        raise _unreadable(path, _what_csv(error), reader.line_num) from error
    if delimiter != ",":
        table.remarks.append(f"De cellen zijn gescheiden door {DELIMITERS[delimiter]}. Dat is goed gelezen.")
    if encoding:
        table.remarks.append(f"Het bestand is gelezen met tekenset {encoding}.")
    return table


def missing_columns(file: str, columns: list[str], required: Iterable[str]) -> list[Fault]:
    """A fault for every required column that a table does not have."""
    message = "deze kolom ontbreekt; voeg de kolom toe aan de eerste regel."
    return [Fault(file, 1, name, message) for name in required if name not in columns]


def read_text(path: Path, encoding: str | None = None) -> str:
    """The text of a file, without a byte order mark; raises UnreadableFile where it is no such text."""
    content = _bytes_of(path)
    for start, what in _PACKED.items():
        if content.startswith(start):
            excel = start == b"PK\x03\x04" and b"xl/" in content
            raise _unreadable(path, f"dit is {_EXCEL if excel else what}")
    if not encoding and content.startswith(_UTF_16):
        raise _unreadable(
            path, "de tekenset is UTF-16; sla het op als 'CSV UTF-8', of kies --encoding utf-16."
        )
    try:
        text = content.decode(encoding or "utf-8").removeprefix("\ufeff")
    except LookupError as error:
        message = f"de tekenset '{encoding}' bestaat niet; kies cp1252 of utf-16."
        raise _unreadable(path, message) from error
    except UnicodeError as error:
        raise _unreadable(path, *_what_encoding(content, encoding, error)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = "hier staan tekens die in geen tekst horen (NUL); sla het opnieuw op als 'CSV UTF-8'."
        raise _unreadable(path, message, line)
    return text


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise _unreadable(path, "dit is een map; kies een bestand.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, f"dit bestand is niet te openen ({why_not(error)}).") from error


def _what_encoding(content: bytes, encoding: str | None, error: UnicodeError) -> tuple[str, int | None]:
    """Why bytes are no text in the encoding, and on which line."""
    line = content.count(b"\n", 0, getattr(error, "start", 0)) + 1
    if encoding:
        return f"dit is geen tekst met tekenset {encoding}; probeer een andere.", line
    return (
        "de tekenset is geen UTF-8 (waarschijnlijk Windows-tekst, cp1252); "
        "sla het op als 'CSV UTF-8', of kies --encoding cp1252.",
        line,
    )


def _what_csv(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "een cel is langer dan 131.072 tekens; dit is geen lijst met initiatieven."
    return 'een aanhalingsteken (") staat los of is niet gesloten; zet om de hele cel aanhalingstekens.'


def _check_columns(table: Table, path: Path) -> None:
    double = [name for name, count in Counter(table.columns).items() if name and count > 1]
    if double:
        message = "deze kolom staat er twee keer; haal er één weg."
        raise UnreadableFile([Fault(path.name, 1, name, message) for name in double])


def _add_row(table: Table, cells: list[str], number: int, delivered: bool) -> None:
    if not any(cell.strip() for cell in cells):
        return
    if any(cell.strip() for cell in cells[len(table.columns) :]):
        message = (
            f"deze rij heeft {len(cells)} cellen en er zijn {len(table.columns)} kolommen; "
            "zet aanhalingstekens om een cel waar een scheidingsteken in staat."
        )
        table.faults.append(Fault(table.file, number, None, message))
        return
    read = original if delivered else str
    values = {name: read(cell) for name, cell in zip(table.columns, cells, strict=False) if name}
    for name, cell in values.items():
        if cell.startswith(("\t", "\r")):
            table.faults.append(Fault(table.file, number, name, FORMULA))
    table.rows.append(Row(number, {name: clean(cell) for name, cell in values.items()}, table.file))


def _unreadable(path: Path, message: str, row: int | None = None) -> UnreadableFile:
    return UnreadableFile([Fault(path.name, row, None, message)])
