"""Replicas as a test sees them, and a load balancer in front of them that knows nothing of conversations."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from api.storage.seal import new_key
from tests.own_settings import new_reports

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 60.0
KEY = new_key()
SETTINGS = {
    "OPSLAG_SLEUTELS": KEY,
    "BEZORGEN_AAN_PRIVE_ADRESSEN": "ja",
    "LOG_LEVEL": "ERROR",
    **{f"RATE_LIMIT_{name}": "1000000/second" for name in ("ADRES", "NIEUW", "GESPREK", "KOPPELING")},
    "RATE_LIMIT_AANMELDING": "1000000/second",
}


class Replica:
    """One running server."""

    def __init__(self, farm: Farm, settings: Mapping[str, str]) -> None:
        self._farm = farm
        self._settings = {**settings, "PORT": str(_free_port())}
        self.url = f"http://127.0.0.1:{self._settings['PORT']}"
        self._process = 0

    def start(self) -> None:
        """Let it run, and return at once."""
        self._process = self._farm.fork(self._settings)

    def wait(self) -> None:
        """Until it answers."""
        give_up = time.monotonic() + MOST_SECONDS
        while True:
            try:
                httpx.get(f"{self.url}/health", timeout=MOST_SECONDS)
                return
            except httpx.TransportError:
                assert self.is_alive and time.monotonic() < give_up, "the replica did not start"
                time.sleep(0.05)

    @property
    def is_alive(self) -> bool:
        return self._process > 0 and Path(f"/proc/{self._process}").exists()

    def kill(self) -> None:
        """SIGKILL, wherever it is; its port is free when this returns."""
        self._send(signal.SIGKILL)
        while self.is_alive:
            time.sleep(0.002)
        self._process = 0

    def pause(self) -> None:
        """Let it hang."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        """End a pause."""
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, number)


class Farm:
    """Starts replicas that share a model in memory."""

    def __init__(self, parent: subprocess.Popen) -> None:
        self._parent = parent
        self._replicas: list[Replica] = []
        assert self._line() == "ready"

    def fork(self, settings: Mapping[str, str]) -> int:
        """The process id of a new server with `settings`."""
        self._parent.stdin.write(f"{json.dumps(settings)}\n")
        self._parent.stdin.flush()
        return int(self._line())

    @contextmanager
    def replicas(self, number: int, **settings: str) -> Iterator[list[Replica]]:
        """That many that answer, with these settings by environment name; killed at the end."""
        own = {"MELDINGEN_PAD": new_reports(), **settings}
        started = [Replica(self, own) for _ in range(number)]
        try:
            for replica in started:
                replica.start()
            for replica in started:
                replica.wait()
            yield started
        finally:
            for replica in started:
                replica.kill()

    def _line(self) -> str:
        line = self._parent.stdout.readline()
        assert line, "the process that loads the model stopped"
        return line.strip()


@contextmanager
def farming() -> Iterator[Farm]:
    """A Farm; its process ends with it."""
    path = os.pathsep.join([str(ROOT / "catalogue"), str(ROOT)])
    environ = {**os.environ, **SETTINGS, "PYTHONPATH": path, "DATABASE_URL": "sqlite:////dev/null/none"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.replicas.replica"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environ, cwd=ROOT, **pipes) as parent:
        try:
            yield Farm(parent)
        finally:
            parent.stdin.close()


def _free_port() -> int:
    """A port that no client gets by chance while the replica is dead: below those that Linux hands out."""
    while True:
        port = random.randint(20_000, 32_000)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


class Balancer:
    """Sends every request to the next replica, and to the one after it where the connection failed."""

    def __init__(self, replicas: list[Replica]) -> None:
        self._clients = [httpx.Client(base_url=replica.url, timeout=MOST_SECONDS) for replica in replicas]
        self._next = itertools.count()
        self.answered = 0
        self.lost = 0

    def request(self, method: str, path: str, **options: object) -> httpx.Response:
        """The answer of the first replica that gives one."""
        give_up = time.monotonic() + MOST_SECONDS
        while True:
            client = self._clients[next(self._next) % len(self._clients)]
            try:
                answer = client.request(method, path, **options)
            except httpx.TransportError:
                self.lost += 1
                assert time.monotonic() < give_up, "no replica answers"
            else:
                self.answered += 1
                return answer

    def post(self, path: str, **options: object) -> httpx.Response:
        return self.request("POST", path, **options)

    def get(self, path: str) -> httpx.Response:
        return self.request("GET", path)
