"""Settings for tests: never the database in var/ of whoever runs them."""

from __future__ import annotations

import itertools
import tempfile
from functools import lru_cache
from pathlib import Path

from api.settings import Settings

_number = itertools.count()


def own_settings(**environ: str) -> Settings:
    """Settings by environment name, with a database of their own unless `DATABASE_URL` names one."""
    return Settings.from_environment({"DATABASE_URL": new_store(), **environ})


def new_store() -> str:
    """The address of an SQLite database that is not there yet."""
    return f"sqlite:///{_folder()}/{next(_number)}.sqlite"


@lru_cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="sociale-triage-")
    _kept.append(folder)
    return Path(folder.name)


_kept: list[tempfile.TemporaryDirectory] = []
"""Removed when Python stops."""
