"""Settings for tests: never the database or the reports in var/ of whoever runs them."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from api.settings import Settings

_number = itertools.count()

_MEMORY = Path("/dev/shm")
_MEMORY_NEEDED = 2**30
"""Bytes. Linux keeps the files of this folder in memory, where no test waits for a disk. What a killed
server wrote stays there as it does on a disk; containers often give it too little room.
"""


def own_settings(**environ: str) -> Settings:
    """Settings by environment name, with a database and reports of their own unless these name them."""
    own = {"DATABASE_URL": new_store(), "MELDINGEN_PAD": new_reports()}
    return Settings.from_environment({**own, **environ})


def new_store() -> str:
    """The address of an SQLite database that is not there yet."""
    return f"sqlite:///{_folder()}/{next(_number)}.sqlite"


def new_reports() -> str:
    """Where a list of reports can come that is not there yet. Shared, its events show in another database."""
    return f"{_folder()}/{next(_number)}.jsonl"


@lru_cache
def _folder() -> Path:
    in_memory = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _MEMORY_NEEDED
    folder = tempfile.TemporaryDirectory(prefix="sociale-triage-", dir=_MEMORY if in_memory else None)
    _kept.append(folder)
    return Path(folder.name)


_kept: list[tempfile.TemporaryDirectory] = []
"""Removed when Python stops."""
