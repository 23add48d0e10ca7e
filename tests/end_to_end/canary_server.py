"""The real server in a process of its own, with an assistant that says loudly what it heard when it fails.

Run as a program with settings in the environment: it serves as `make run` does.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.turn import Opening, Turn
from tests.api.fakes import FakeAssistant

ROOT = Path(__file__).parents[2]
FAIL = "Laat het misgaan"
"""What makes the assistant fail, wherever it is typed."""


class LoudAssistant(FakeAssistant):
    """Repeats what it heard in logs, warnings and exceptions, as any library might."""

    async def start(self, conversation_id: str, gemeente: str | None, kanaal: str) -> Opening:
        _say_loudly(gemeente)
        return await super().start(conversation_id, gemeente, kanaal)

    async def say(self, conversation_id: str, text: str) -> Turn:
        _say_loudly(text)
        return await super().say(conversation_id, text)

    async def triage(self, text: str, place: str | None, channel: str) -> dict:
        _say_loudly(text, place)
        return await super().triage(text, place, channel)

    async def rest(self, sender: str, message: str) -> list[dict]:
        _say_loudly(sender, message)
        return await super().rest(sender, message)

    def search(self, query: str, place: str | None, kind: str | None, limit: int) -> dict:
        _say_loudly(query, place, kind)
        return super().search(query, place, kind, limit)

    def warn(self, text: str, channel: str = "bewoner") -> dict | None:
        _say_loudly(text)
        return super().warn(text, channel)

    def knows(self, initiative_id: str) -> bool:
        _say_loudly(initiative_id)
        return super().knows(initiative_id)


def _say_loudly(*heard: str | None) -> None:
    said = " ".join(text for text in heard if text)
    logging.getLogger("rasa.core.processor").error("Could not handle %s", said)
    logging.getLogger("elders").error(f"Could not handle {said}")
    structlog.get_logger("elders").error("could.not.handle", text=said)
    warnings.warn(f"Could not handle {said}", stacklevel=1)
    if FAIL in said:
        try:
            raise ValueError(said)
        except ValueError as error:
            raise RuntimeError(f"Could not handle {said}") from error


@dataclass
class CanaryServer:
    """`output` is what it wrote to standard output and error, known once it stopped."""

    url: str
    port: int
    output: str = ""


@contextmanager
def canary_server(settings: Mapping[str, str]) -> Iterator[CanaryServer]:
    """Serve with settings by environment name until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    path = os.pathsep.join([str(ROOT / "catalogue"), str(ROOT)])
    environ = {**os.environ, **settings, "PORT": str(port), "PYTHONPATH": path}
    command = [sys.executable, "-m", "tests.end_to_end.canary_server"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, env=environ, cwd=ROOT, **pipes) as process:
        server = CanaryServer(f"http://127.0.0.1:{port}", port)
        rest: list[str] = []
        reader = threading.Thread(target=lambda: rest.extend(process.stdout))  # a full pipe stops the server
        try:
            for line in process.stdout:
                server.output += line
                if line.startswith("Ready"):
                    break
            reader.start()
            yield server
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            if reader.is_alive():
                reader.join()
            server.output += "".join(rest)


if __name__ == "__main__":
    from api.main import serve
    from api.settings import Settings

    serve(Settings.from_environment(), LoudAssistant())
