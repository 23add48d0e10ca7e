"""The two sides as real processes on 127.0.0.1, started as a user starts them, stopped whatever happens."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from api.cli.bench.connection import Connection
from api.cli.bench.doors import RestDoor
from api.cli.bench.machine import ROOT
from api.cli.errors import CommandError

START_SECONDS = 300
"""Longest wait for the first answer."""

STOP_SECONDS = 10
"""Between asking a server to stop and stopping it."""

PAUSE_SECONDS = 0.1
"""Between two attempts to get the first answer."""

PLENTY = "1000000/second"
KEPT = ("MODEL_PATH", "CATALOGUS_PAD")
"""Settings of the user that stay as they are; both sides get the same model and catalogue."""


@dataclass(frozen=True)
class Program:
    """One process: its command line, what it adds to the environment."""

    command: Sequence[str]
    environ: Mapping[str, str]


@dataclass(frozen=True)
class Side:
    """A way to run the assistant: its processes, given a folder for its files and free ports."""

    name: str
    health: str
    programs: Callable[[Path, Sequence[int]], list[Program]]
    ports: int


@dataclass(frozen=True)
class Running:
    """A started side: where it answers, its processes, and how long the first answer took (seconds)."""

    address: str
    processes: tuple[int, ...]
    start_seconds: float


def our_programs(folder: Path, ports: Sequence[int]) -> list[Program]:
    """`sociale-triage serve` with a store of its own and limits that never limit."""
    limits = {name: PLENTY for name in _setting_names() if name.startswith("RATE_LIMIT_")}
    environ = {"PORT": str(ports[0]), "DATABASE_URL": f"sqlite:///{folder}/opslag.sqlite", **limits}
    return [Program((sys.executable, "-m", "api.cli.main", "serve"), environ)]


def stock_programs(model: Path) -> Callable[[Path, Sequence[int]], list[Program]]:
    """`rasa run` with its REST channel, and `rasa run actions`, on the trained `model`."""

    def programs(folder: Path, ports: Sequence[int]) -> list[Program]:
        endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
        endpoints.write_text(f"action_endpoint:\n  url: http://127.0.0.1:{ports[1]}/webhook\n", "utf-8")
        credentials.write_text("rest:\n", "utf-8")
        rasa = (sys.executable, "-m", "rasa", "run")
        given = ("-m", str(model), "--endpoints", str(endpoints), "--credentials", str(credentials))
        environ = {"RASA_TELEMETRY_ENABLED": "false", "SANIC_HOST": "127.0.0.1"}
        return [
            Program((*rasa, *given, "-i", "127.0.0.1", "-p", str(ports[0])), environ),
            Program((*rasa, "actions", "--actions", "actions", "-p", str(ports[1])), environ),
        ]

    return programs


def ours() -> Side:
    """This program: one process."""
    return Side("ours", "/health", our_programs, 1)


def stock(model: Path) -> Side:
    """Rasa as it comes: two processes."""
    return Side("stock", "/", stock_programs(model), 2)


@contextmanager
def running(side: Side) -> Iterator[Running]:
    """Start `side`, wait for its first answer to a message; stops every process at the end.

    The first port is that of its REST channel. Raises CommandError with the last lines of its
    log when it ends early or gives no answer within START_SECONDS.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        ports = free_ports(side.ports)
        began = time.perf_counter()
        programs = side.programs(folder, ports)
        logs = [folder / f"{number}.log" for number in range(len(programs))]
        processes = [stack.enter_context(started(one, log)) for one, log in zip(programs, logs, strict=True)]
        address = f"http://127.0.0.1:{ports[0]}"
        if not asyncio.run(_answers(address, processes, began)):
            said = "\n".join(log.read_text("utf-8", "replace")[-2000:] for log in logs)
            raise CommandError(f"{side.name} gave no answer; its processes said:\n{said}")
        yield Running(address, tuple(one.pid for one in processes), time.perf_counter() - began)


@contextmanager
def started(program: Program, log: Path) -> Iterator[subprocess.Popen]:
    """Run a program in a group of its own; the whole group is stopped at the end."""
    left_out = [part for name in sorted(_setting_names() - set(KEPT)) for part in ("-u", name)]
    environ = {"PYTHONPATH": os.pathsep.join([str(ROOT / "catalogue"), str(ROOT)]), **program.environ}
    given = [f"{name}={value}" for name, value in environ.items()]
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["env", *left_out, *given, *program.command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _stop(process)


def free_ports(number: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody uses now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [one.getsockname()[1] for one in sockets]


def _setting_names() -> set[str]:
    """Every variable that our settings are read from, those of earlier names too."""
    from api.settings import declared

    return {one[name] for one in declared() for name in ("env", "formerly") if one[name]}


def _stop(process: subprocess.Popen) -> None:
    try:
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(STOP_SECONDS)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # also what it started and left behind
        process.wait()


async def _answers(address: str, processes: Sequence[subprocess.Popen], began: float) -> bool:
    door, connection = RestDoor(), Connection(address)
    try:
        while time.perf_counter() - began < START_SECONDS:
            if any(process.poll() is not None for process in processes):
                return False
            answer = await door.say(connection, secrets.token_hex(8), "goedemorgen")
            if door.said(answer):
                return True
            await asyncio.sleep(PAUSE_SECONDS)
        return False
    finally:
        connection.close()
