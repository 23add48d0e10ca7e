"""The application in a thread of this process, for programs that ask it something and stop it again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from api.app import create_app
from api.patience import SERVER_OPTIONS
from api.provider import Assistant
from api.settings import Settings


class _Server(uvicorn.Server):
    """Says when it can answer, or that it never will."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.decided = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets=sockets)
        finally:
            self.decided.set()


@contextmanager
def serving(settings: Settings, assistant: Assistant | None = None) -> Iterator[str]:
    """Serve on a free port of 127.0.0.1, whatever `settings` say of host and port; stopped at the end.

    Gives the address, without a slash at the end. Without `assistant` the real one is loaded.
    Raises RuntimeError where the server does not start.
    """
    config = uvicorn.Config(
        create_app(settings, assistant),
        log_config=None,
        access_log=False,
        ws="none",
        server_header=False,
        **SERVER_OPTIONS,
        timeout_graceful_shutdown=1,  # an answer that hangs does not hold up the end
    )
    server = _Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            server.decided.wait()
            if not server.started:
                raise RuntimeError("the server did not start; its messages above say why")
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
