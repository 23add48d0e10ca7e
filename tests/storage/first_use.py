"""The first use of a database, in a process of its own that starts when its input ends."""

from __future__ import annotations

import sys

import api.app  # noqa: F401  declares every table
from api.storage.database import Database


def use(address: str) -> None:
    print(flush=True)
    sys.stdin.read()
    database = Database(address)
    with database.begin():
        pass
    database.close()
