"""Where the data files are, and how a table of rows is read and written."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sociale_kaart.yaml_text import read_yaml_text

REPOSITORY = Path(__file__).resolve().parents[2]
DATA_DIR = REPOSITORY / "catalogue" / "data"
DATABASE = REPOSITORY / "build" / "catalogus.sqlite"

INITIATIVES = "initiatieven.csv"
INITIATIVE_FOLDER = "initiatieven"
COLUMN_HELP = "kolommen.yml"
AUDIENCES = "doelgroepen.yml"
KINDS = "soorten.yml"
ROUTES = "routes.yml"
SEARCH_WORDS = "zoekwoorden.yml"
LEARNED_WORDS = "zoekwoorden_geleerd.csv"
KNOWN_NAMES = "bekende_namen.yml"
HELP_LINES = "hulplijnen.csv"
FORBIDDEN_NUMBERS = "verboden_nummers.csv"
AREA_CODES = "netnummers.csv"
FORMER_MUNICIPALITIES = "gemeenten_vroeger.csv"
POSTCODES = "postcodes.csv"
SENTENCES = "zinnen.yml"
DELIMITERS = {",": "komma's", ";": "puntkomma's", "\t": "tabs"}
"""What may part the cells of a table; a Dutch Excel writes semicolons."""
DATA_FILES = (INITIATIVES, KINDS, ROUTES, SEARCH_WORDS, HELP_LINES, FORBIDDEN_NUMBERS)


@dataclass(frozen=True)
class Row:
    """One row of a CSV file; `number` is the line an editor sees (the header is line 1)."""

    number: int
    values: dict[str, str]
    file: str = ""

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


def data_file(data_dir: Path | str | None, name: str) -> Path:
    """The file in `data_dir`, or the one that comes with the program where that folder has none.

    So a folder may hold only some of the files.
    """
    if data_dir is not None and (Path(data_dir) / name).exists():
        return Path(data_dir) / name
    return DATA_DIR / name


def initiative_files(data_dir: Path | str | None = None) -> list[Path]:
    """The lists of initiatives: `initiatieven.csv` and every CSV in `initiatieven/`, by name.

    Those of `data_dir`, or the ones that come with the program where that folder has none.
    """
    for folder in (Path(data_dir) if data_dir is not None else DATA_DIR, DATA_DIR):
        single = [folder / INITIATIVES] if (folder / INITIATIVES).exists() else []
        found = [*single, *sorted((folder / INITIATIVE_FOLDER).glob("*.csv"))]
        if found:
            return found
    return []


def read_initiatives(data_dir: Path | str | None = None) -> list[Row]:
    """The rows of every list of initiatives, in the order of the files; raises as `read_rows` does."""
    return [row for path in initiative_files(data_dir) for row in read_rows(path)]


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file; raises yaml.YAMLError or OSError."""
    return read_yaml_text(path.read_text(encoding="utf-8")) or {}


def read_rows(path: Path | str) -> list[Row]:
    """All rows of a UTF-8 CSV file with a header, cells stripped.

    Raises FileNotFoundError, UnicodeDecodeError or csv.Error where it is no such file.
    """
    with open(path, encoding="utf-8-sig", newline="") as file:
        delimiter = delimiter_of(file.readline())
        file.seek(0)
        reader = csv.DictReader(file, delimiter=delimiter)
        rows = []
        for values in reader:
            cells = {key: clean(cell or "") for key, cell in values.items() if key}
            if any(cells.values()):
                rows.append(Row(reader.line_num, cells, Path(path).name))
        return rows


def columns_of(path: Path | str) -> list[str]:
    """The header of a CSV file."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        return [name.strip() for name in next(csv.reader([header], delimiter=delimiter_of(header)), [])]


def delimiter_of(header: str) -> str:
    """What parts the cells of a table, by its first line: a comma unless semicolons or tabs are more."""
    return max(DELIMITERS, key=header.count)


def write_rows(path: Path, columns: list[str], rows: Iterable[dict[str, str]]) -> None:
    """Write a CSV file in one step: a reader sees the old file or the new one, never half of it."""
    write_files({path: csv_text(columns, rows)})


def csv_text(columns: list[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows (clean ones) as the text of a CSV file, with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def clean(cell: str) -> str:
    """A cell without white space around it, and with plain line breaks (a bare return would end the row)."""
    return (cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell).strip()


def write_files(contents: Mapping[Path, str]) -> None:
    """Write all files or none: first all beside their destination and on the disk, then each in one step.

    Where putting one in place fails, those before it get their old content back. Raises OSError.
    """
    ready: dict[Path, str] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, ready[path] = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
            with open(handle, "w", encoding="utf-8", newline="") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(ready[path], 0o644)
        for path, temporary in ready.items():
            before[path] = path.read_bytes() if path.exists() else None
            os.replace(temporary, path)
    except BaseException:
        _restore(before)
        for temporary in ready.values():
            Path(temporary).unlink(missing_ok=True)
        raise


def _restore(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)
