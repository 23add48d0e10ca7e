"""Run the server."""

from __future__ import annotations

import socket

import uvicorn

from api import logs
from api.app import create_app
from api.provider import Assistant
from api.settings import Settings


class _Server(uvicorn.Server):
    """A server that says where its pages are as soon as it can answer."""

    def __init__(self, config: uvicorn.Config, base: str) -> None:
        super().__init__(config)
        self._base = base

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            print(f"Klaar. De chat:  {self._base}/", flush=True)
            print(f"API (OpenAPI):   {self._base}/docs", flush=True)
            print(f"Leeft hij nog:   {self._base}/health", flush=True)
            print("Stoppen: Ctrl+C", flush=True)


def base_address(settings: Settings) -> str:
    """The address at which a browser on this machine finds the server."""
    host = settings.host.strip("[]")
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def serve(settings: Settings, assistant: Assistant | None = None) -> bool:
    """Serve until stopped, in this one process. False when the server could not start.

    There is no access log: paths hold conversation ids, and the counters in
    `/metrics` say how much is asked.
    """
    logs.configure(settings.log_level)
    config = uvicorn.Config(
        create_app(settings, assistant),
        host=settings.host.strip("[]"),
        port=settings.port,
        log_config=None,
        access_log=False,
        ws="none",
        server_header=False,
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=10,
    )
    server = _Server(config, base_address(settings))
    server.run()
    return server.started
