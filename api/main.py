"""Run the server."""

from __future__ import annotations

import socket
from types import FrameType

import uvicorn

from api import logs
from api.app import create_app
from api.draining import Draining
from api.patience import SERVER_OPTIONS
from api.provider import Assistant
from api.settings import Settings, SettingsError
from api.settled_memory import few_arenas

_PAGES = (
    ("chat", "/"),
    ("chat as a button", "/voorbeeld-knop"),
    ("front desk", "/balie"),
    ("for integrators", "/integratie"),
    ("API", "/docs"),
    ("health", "/health"),
)
"""What is printed when the server is ready."""


class _Server(uvicorn.Server):
    """A server that says where its pages are as soon as it can answer, and that drains when it is stopped."""

    def __init__(self, config: uvicorn.Config, base: str, draining: Draining) -> None:
        super().__init__(config)
        self._base = base
        self._draining = draining
        self._said_so = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain, or end at once when it was draining already; uvicorn would end by the signal."""
        self._draining.begin(sig)

    async def on_tick(self, counter: int) -> bool:
        """Whether to stop now; uvicorn asks ten times a second."""
        if self._draining.began and not self._said_so:  # a signal may come in the middle of a line
            self._said_so = True
            logs.draining()
        self.should_exit = self.should_exit or self._draining.closes
        return await super().on_tick(counter)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            addresses = (f"  {name:<16}  {self._base}{path}" for name, path in _PAGES)
            print("\n".join(["Ready. Ctrl+C stops it.", *addresses]), flush=True)


def base_address(settings: Settings) -> str:
    """The address at which a browser on this machine finds the server."""
    host = settings.host.strip("[]")
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def open_socket(settings: Settings) -> socket.socket:
    """The bound socket of the server. Raises SettingsError when the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host.strip("[]"), settings.port, type=socket.SOCK_STREAM
        )[0]
        opened = socket.socket(family, kind, protocol)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
    except OSError as error:
        raise SettingsError(
            f"HOST and PORT: {settings.host} port {settings.port} cannot be used ({error.strerror}); "
            f"stop the program that uses it, or set another, for example PORT={settings.port + 1}."
        ) from None
    return opened


def serve(settings: Settings, assistant: Assistant | None = None) -> bool:
    """Serve until stopped, in this one process. False when the server could not start.

    Raises SettingsError when the address cannot be had, which is known before the model
    is loaded. There is no access log: paths hold conversation ids, and the counters in
    `/metrics` say how much is asked.
    """
    few_arenas()
    opened = open_socket(settings)
    logs.configure(settings.log_level)
    app = create_app(settings, assistant)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        ws="none",
        server_header=False,
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=settings.drain_seconds,
        **SERVER_OPTIONS,
    )
    server = _Server(config, base_address(settings), app.state.draining)
    server.run(sockets=[opened])
    return server.started
