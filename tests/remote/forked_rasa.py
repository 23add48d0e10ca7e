"""A Rasa server apart that is killed and started again soon: one process gets the model ready, then forks.

Run as a program with settings in the environment. For every line that it reads, a port of 127.0.0.1, it forks
a real `sociale-triage rasa` there, and prints the process id of it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.remote_engine import RemoteEngine

ROOT = Path(__file__).parents[2]
TOKEN = "0123456789abcdef0123456789abcdef"


class ForkedRasa:
    """The Rasa server as a test sees it."""

    def __init__(self, parent: subprocess.Popen) -> None:
        self._parent = parent
        self._child = 0
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Let a server run; it can answer when this returns."""
        self._parent.stdin.write(f"{self._port}\n")
        self._parent.stdin.flush()
        line = self._parent.stdout.readline()
        assert line, "the forking process stopped"
        self._child = int(line)
        while not asyncio.run(_answers(self.url)):
            assert Path(f"/proc/{self._child}").exists(), "the Rasa server stopped"
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        os.kill(self._child, signal.SIGKILL)

    def hang(self) -> None:
        """It takes connections and answers nothing, until `go_on`."""
        os.kill(self._child, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self._child, signal.SIGCONT)


@contextmanager
def forking(settings: Mapping[str, str]) -> Iterator[ForkedRasa]:
    """A ForkedRasa with settings by environment name; it stops at the end."""
    path = os.pathsep.join([str(ROOT / "catalogue"), str(ROOT)])
    environ = {**os.environ, **settings, "RASA_TOKEN": TOKEN, "RASA_URL": "", "PYTHONPATH": path}
    command = [sys.executable, "-m", "tests.remote.forked_rasa"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, env=environ, cwd=ROOT, **pipes) as parent:
        try:
            yield ForkedRasa(parent)
        finally:
            parent.stdin.close()


async def _answers(url: str) -> bool:
    engine = RemoteEngine(url, TOKEN, 10)
    try:
        return (await engine.ready())["model"]
    finally:
        await engine.close()


def _main() -> None:
    from bot.quiet import silence_rasa

    silence_rasa()
    from api.cli import server
    from api.cli.main import main
    from api.settings import Settings
    from bot import rasa_server

    settings = Settings.from_environment()
    context = server._context(settings)
    engine = rasa_server.load_engine(settings, context)
    rasa_server.load_engine = lambda settings, context: engine
    server.model_fits = lambda: True
    server._context = lambda settings: context
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies
    child = 0
    for line in sys.stdin:
        child = os.fork()
        if not child:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(2, 1)
            main(["rasa", "--port", line.strip()])
            os._exit(0)
        print(child, flush=True)
    if child:
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    _main()
