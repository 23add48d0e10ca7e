"""Where the programs of the stores are: on the machine, or where `.ci/stores` unpacked them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

UNPACKED = Path(__file__).parents[2] / ".tools" / "stores"


def redis_program() -> Path | None:
    """The program `redis-server`."""
    on_path = shutil.which("redis-server")
    return Path(on_path) if on_path else _newest(UNPACKED.glob("usr/bin/redis-server"))


def postgres_programs() -> Path | None:
    """The folder of `initdb`: on the path, or where Debian puts it (the newest)."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    for root in (Path("/"), UNPACKED):
        if found := _newest(root.glob("usr/lib/postgresql/*/bin/initdb")):
            return found.parent
    return None


def environ_of(program: Path) -> dict[str, str]:
    """The environment in which `program` finds its libraries, also where it was only unpacked."""
    if not program.is_relative_to(UNPACKED):
        return dict(os.environ)
    folders = [str(folder) for folder in UNPACKED.glob("usr/lib/*-linux-gnu")]
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(folders)}


def _newest(found: object) -> Path | None:
    def version(path: Path) -> tuple[int, ...]:
        return tuple(int(part) for part in path.parts if part.isdigit())

    return max(found, key=version, default=None)
