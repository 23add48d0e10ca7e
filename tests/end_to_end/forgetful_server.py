"""The real server in a process of its own, of which the memory can be searched from outside.

Run as a program with settings in the environment. A conversation lives `TTL_SECONDS` where that is set.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
TIDIES_EVERY = 0.2
"""Seconds instead of a minute, so that a test need not wait."""


@dataclass(frozen=True)
class ForgetfulServer:
    """Its address and the id of its process; `output` is what it wrote so far."""

    url: str
    process: int
    output: Path


@contextmanager
def forgetful_server(folder: Path, settings: Mapping[str, str]) -> Iterator[ForgetfulServer]:
    """Serve with settings by environment name until the block ends; its output goes to a file in `folder`."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    path = os.pathsep.join([str(ROOT / "catalogue"), str(ROOT)])
    environ = {**os.environ, **settings, "PORT": str(port), "PYTHONPATH": path}
    command = [sys.executable, "-m", "tests.end_to_end.forgetful_server"]
    output = folder / "uitvoer.txt"
    with (
        output.open("w") as log,
        subprocess.Popen(
            command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            for line in process.stdout:
                if line.startswith("Ready"):
                    break
            assert process.poll() is None, output.read_text()[-500:]
            yield ForgetfulServer(f"http://127.0.0.1:{port}", process.pid, output)
        finally:
            process.terminate()


def _main() -> None:
    from api import app
    from api.main import serve
    from api.settings import Settings

    settings = Settings.from_environment()
    if seconds := os.environ.get("TTL_SECONDS"):
        app.TIDY_SECONDS = TIDIES_EVERY
        settings = replace(settings, conversation_ttl_minutes=float(seconds) / 60)
    serve(settings)


if __name__ == "__main__":
    _main()
