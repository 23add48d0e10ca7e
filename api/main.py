"""Run the server."""

from __future__ import annotations

import socket

import uvicorn

from api import logs
from api.app import create_app
from api.patience import SERVER_OPTIONS
from api.provider import Assistant
from api.settings import Settings, SettingsError

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
    """A server that says where its pages are as soon as it can answer."""

    def __init__(self, config: uvicorn.Config, base: str) -> None:
        super().__init__(config)
        self._base = base

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
    opened = open_socket(settings)
    logs.configure(settings.log_level)
    config = uvicorn.Config(
        create_app(settings, assistant),
        log_config=None,
        access_log=False,
        ws="none",
        server_header=False,
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=10,
        **SERVER_OPTIONS,
    )
    server = _Server(config, base_address(settings))
    server.run(sockets=[opened])
    return server.started
