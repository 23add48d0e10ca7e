"""The first use of a database by several processes at once: the body of a test in test_database.py.

One process imports everything and forks the others; they wait until all are there.
"""

from __future__ import annotations

import os
import sys

import api.app  # noqa: F401  declares every table
from api.storage.database import Database


def use(address: str) -> None:
    database = Database(address)
    with database.begin():
        pass
    database.close()


def use_together(address: str, processes: int) -> bool:
    """Whether the first use went well in all of them."""
    reading, writing = os.pipe()
    children = []
    for _ in range(processes):
        child = os.fork()
        if child == 0:
            os.close(writing)
            os.read(reading, 1)  # until the parent closes its end
            failed = True
            try:
                use(address)
                failed = False
            finally:
                os._exit(failed)
        children.append(child)
    os.close(writing)
    return [os.waitpid(child, 0)[1] for child in children] == [0] * processes


if __name__ == "__main__":
    sys.exit(not use_together(sys.argv[1], processes=4))
