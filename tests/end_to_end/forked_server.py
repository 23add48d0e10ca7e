"""A server that is killed and started again in milliseconds: one process gets everything ready, then forks.

Run as a program with settings in the environment. It binds a port of 127.0.0.1, prints it, and forks a real
uvicorn for every line that it reads, the `DATABASE_URL` of that server; it prints the process id of it. The
port stays bound between two servers, as behind a proxy: who connects then waits for the next one.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests.own_settings import new_reports

SENDS_EVERY = 0.02
"""Seconds: in a life of tenths of a second events must be under way when it ends."""

LEASE = timedelta(seconds=2)
"""How long what a killed server had under way waits for the next one."""

ROOT = Path(__file__).parents[2]


class ForkedServer:
    """The server as a test sees it."""

    def __init__(self, parent: subprocess.Popen) -> None:
        self._parent = parent
        self._child = 0
        self.url = f"http://127.0.0.1:{self._line()}"

    def start(self, store: str) -> None:
        """Let a server run with the database `store`; it answers as soon as it can."""
        self._parent.stdin.write(f"{store}\n")
        self._parent.stdin.flush()
        self._child = int(self._line())

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)

    def _line(self) -> str:
        line = self._parent.stdout.readline()
        assert line, "the forking process stopped"
        return line.strip()


@contextmanager
def forking(settings: Mapping[str, str]) -> Iterator[ForkedServer]:
    """A ForkedServer with settings by environment name; the last server is killed at the end."""
    path = os.pathsep.join([str(ROOT / "catalogue"), str(ROOT)])
    environ = {**os.environ, "MELDINGEN_PAD": new_reports(), **settings, "PYTHONPATH": path}
    command = [sys.executable, "-m", "tests.end_to_end.forked_server"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environ, cwd=ROOT, **pipes) as parent:
        server = ForkedServer(parent)
        try:
            yield server
        finally:
            server.kill()
            parent.stdin.close()


def _main() -> None:
    import uvicorn
    from fastapi.testclient import TestClient

    from api.app import create_app
    from api.delivery import install as delivery
    from api.delivery.sender import Sender
    from api.settings import Settings
    from tests.api.fakes import FakeAssistant
    from tests.own_settings import own_settings

    delivery.Sender = partial(Sender, pause=SENDS_EVERY)
    delivery.lease_of = lambda settings: LEASE
    with TestClient(create_app(own_settings(), FakeAssistant())) as other:
        other.get("/v1/aanmeldingen/toestemming?gemeente=Zeist")  # imports and reads what every server needs
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(10)  # a fork copies no other thread, but the locks that it holds
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listener.getsockname()[1], flush=True)
    configs: dict[str, uvicorn.Config] = {}
    for line in sys.stdin:
        store = line.strip()
        if store not in configs:  # opens nothing yet
            app = create_app(
                Settings.from_environment({**os.environ, "DATABASE_URL": store}), FakeAssistant()
            )
            configs[store] = uvicorn.Config(app, log_config=None, access_log=False, ws="none")
            configs[store].load()
        child = os.fork()
        if child:
            print(child, flush=True)
            continue
        uvicorn.Server(configs[store]).run(sockets=[listener])
        os._exit(0)


if __name__ == "__main__":
    _main()
