"""The real server with a slow assistant and a job, as a program of its own that a test stops by signals.

It prints what happens, a word a line. A turn lasts until a line comes on standard input. A search
for STUCK blocks a thread for ever, which no server can cut off politely.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.turn import Turn
from tests.api.fakes import FakeAssistant
from tests.own_settings import new_reports, new_store

STUCK = "vast"
ROOT = Path(__file__).parents[2]


class DrainingServer:
    """The server as a test sees it."""

    def __init__(self, process: subprocess.Popen, url: str) -> None:
        self._process = process
        self.url = url

    def signal(self, number: int = signal.SIGTERM) -> None:
        self._process.send_signal(number)

    def hears(self, word: str) -> None:
        """Wait until the program printed `word`."""
        for line in self._process.stdout:
            if line.strip() == word:
                return
        raise AssertionError(f"the server stopped before it said {word}")

    def let_turns_end(self) -> None:
        self._process.stdin.write("go on\n")
        self._process.stdin.flush()

    def ends(self) -> tuple[int, str]:
        """Wait for the end: the exit code and all that was printed since the last `hears`."""
        printed = self._process.stdout.read()
        return self._process.wait(), printed


@contextmanager
def serving(**settings: str) -> Iterator[DrainingServer]:
    """A server that answers, with settings by environment name; killed at the end if it still runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    paths = os.pathsep.join([str(ROOT / "catalogue"), str(ROOT)])
    own = {"DATABASE_URL": new_store(), "MELDINGEN_PAD": new_reports()}
    environ = {**os.environ, "PYTHONPATH": paths, "PORT": port, **own, **settings}
    command = [sys.executable, "-u", "-m", "tests.end_to_end.draining_server"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, env=environ, cwd=ROOT, **pipes) as process:
        server = DrainingServer(process, f"http://127.0.0.1:{port}")
        try:
            server.hears("Ready. Ctrl+C stops it.")
            yield server
        finally:
            process.kill()


class _SlowAssistant(FakeAssistant):
    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()

    async def say(self, conversation_id: str, text: str) -> Turn:
        print("turn begins")
        while not self.go_on.is_set():
            await asyncio.sleep(0.01)
        return await super().say(conversation_id, text)

    def search(self, query: str, place: str | None, kind: str | None, limit: int) -> dict:
        if query == STUCK:
            print("stuck")
            threading.Event().wait()
        return super().search(query, place, kind, limit)


def _main() -> None:
    from api import draining, main
    from api.jobs import Job
    from api.settings import Settings

    assistant = _SlowAssistant()
    made = main.create_app

    def with_a_job(*arguments: object) -> object:
        app = made(*arguments)
        app.state.jobs.add(Job("test", 3600, _job))
        return app

    main.create_app = with_a_job
    draining.SPARE_SECONDS = 0.5  # a test that waits for the hard end need not wait long
    threading.Thread(target=lambda: (sys.stdin.readline(), assistant.go_on.set()), daemon=True).start()
    sys.exit(0 if main.serve(Settings.from_environment(), assistant) else 2)


async def _job() -> None:
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        print("job stopped")
        raise


if __name__ == "__main__":
    _main()
