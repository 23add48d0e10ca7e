"""What goes wrong during a soak: a Redis that hangs, that is killed, and that comes back empty."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.cli.bench.machine import ROOT
from api.cli.bench.servers import free_ports
from api.cli.errors import CommandError

UNPACKED = ROOT / ".tools" / "stores" / "usr" / "bin" / "redis-server"
"""Where `.ci/stores` puts Redis for who is not root."""


class Redis:
    """A redis-server of our own on 127.0.0.1, with nothing on disk."""

    def __init__(self, program: str, folder: Path) -> None:
        self._command = [
            program,
            "--bind",
            "127.0.0.1",
            "--dir",
            str(folder),
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        [self.port] = free_ports(1)
        self._process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Let it run, empty."""
        command = [*self._command, "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        """Cut it off; what it held is gone."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hang(self, on: bool) -> None:
        """Stop it without closing anything, or let it go on."""
        if self._process:
            self._process.send_signal(signal.SIGSTOP if on else signal.SIGCONT)


@contextmanager
def own_redis() -> Iterator[Redis]:
    """A running Redis, stopped at the end. Raises CommandError where there is no redis-server."""
    program = shutil.which("redis-server") or (str(UNPACKED) if UNPACKED.exists() else None)
    if program is None:
        raise CommandError("there is no redis-server: run .ci/stores first")
    with tempfile.TemporaryDirectory(prefix="soak-redis-") as folder:
        redis = Redis(program, Path(folder))
        redis.start()
        try:
            yield redis
        finally:
            redis.hang(False)
            redis.kill()


async def go_wrong(redis: Redis, until: float, pause: float, lasting: float) -> dict[str, int]:
    """Until that moment (time.monotonic): after every `pause` seconds a fault of `lasting` seconds.

    Gives how often each happened.
    """
    happened = {"redisHung": 0, "redisKilled": 0}
    while time.monotonic() + pause + lasting < until:
        await asyncio.sleep(pause)
        if happened["redisHung"] <= happened["redisKilled"]:
            redis.hang(True)
            await asyncio.sleep(lasting)
            redis.hang(False)
            happened["redisHung"] += 1
        else:
            redis.kill()
            await asyncio.sleep(lasting)
            redis.start()
            happened["redisKilled"] += 1
    await asyncio.sleep(max(0.0, until - time.monotonic()))
    return happened
