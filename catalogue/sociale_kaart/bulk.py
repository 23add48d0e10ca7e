"""Many rows into a new SQLite table at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlite_utils


def fill_table(
    database: sqlite_utils.Database, name: str, columns: Mapping[str, type], rows: Iterable[Mapping], pk: str
) -> None:
    """Create the table with these columns (name -> Python type) and write all rows.

    The table is made by sqlite-utils; the rows go in by one statement, which is much faster than
    its `insert_all` on a hundred thousand of them.
    """
    database[name].create(dict(columns), pk=pk)
    fields = ", ".join(f"[{column}]" for column in columns)
    marks = ", ".join("?" * len(columns))
    values = (tuple(row[column] for column in columns) for row in rows)
    database.conn.executemany(f"insert into [{name}] ({fields}) values ({marks})", values)
