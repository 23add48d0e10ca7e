"""No events to places inside: what may be reached, checked on the very address that is connected to.

The name is resolved once, every address is checked, and the connection goes to a checked address while
Host, SNI and certificate stay those of the name. A second look-up, which could answer differently (DNS
rebinding), does not happen.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache

import httpx

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

PORTS = (443, 8443)
"""Ports on which a receiver may listen."""

LONGEST_URL = 500
"""Characters."""

MOST_ADDRESSES = 4
"""Addresses of one name that are tried."""

_REFUSED_4 = [
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
    )
]
"""IANA IPv4 Special-Purpose Address Registry and multicast (RFC 5771). The last one is no such block: at it
Azure serves metadata to its machines. The other clouds use addresses in these blocks."""

_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
"""The only global unicast addresses that are handed out (IANA IPv6 Address Space)."""

_REFUSED_6 = [ipaddress.IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "3fff::/20")]
"""Within it: protocol assignments such as Teredo, and documentation (IANA IPv6 Special-Purpose registry)."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in its last 32 bits."""


class AddressNotAllowed(Exception):
    """No events go there. The message says why, without the address."""


def check_url(url: str, private_allowed: bool) -> None:
    """Raises AddressNotAllowed when `url` is no address to send events to.

    With `private_allowed`, http, every port and every host go.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise AddressNotAllowed("this is no web address") from None
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressNotAllowed(f"an address has at most {LONGEST_URL} plain characters and no spaces")
    if parsed.scheme not in (("https", "http") if private_allowed else ("https",)) or not parsed.host:
        raise AddressNotAllowed("an address starts with https://")
    if parsed.userinfo:
        raise AddressNotAllowed("an address holds no user name or password")
    if parsed.fragment:
        raise AddressNotAllowed("an address holds no part after #")
    if private_allowed:
        return
    if (parsed.port or 443) not in PORTS:
        raise AddressNotAllowed(f"an address has port {' or '.join(map(str, PORTS))}")
    if _is_literal(parsed.host) and not is_public(parsed.host):
        raise AddressNotAllowed("this is an address of an internal network")


def is_public(address: str) -> bool:
    """Whether `address` is one on the internet, also when it is an IPv4 address dressed as IPv6."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in block for block in _REFUSED_4)
    inner = _inner(found)
    if inner is not None:
        return is_public(str(inner))
    return found in _GLOBAL_6 and not any(found in block for block in _REFUSED_6)


class CheckedTransport(httpx.AsyncBaseTransport):
    """Connects to checked addresses only; for one request, so that no connection serves another name."""

    def __init__(
        self, private_allowed: bool, certificates: ssl.SSLContext, resolve: Resolve | None = None
    ) -> None:
        self._private_allowed = private_allowed
        self._resolve = resolve or _resolve
        self._inner = httpx.AsyncHTTPTransport(verify=certificates, trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response. Raises AddressNotAllowed, or what httpx raises."""
        check_url(str(request.url), self._private_allowed)
        trouble: httpx.TransportError = httpx.ConnectError("no address")
        for address in await self._addresses(request.url):
            try:
                return await self._inner.handle_async_request(_to(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                trouble = error
        raise trouble

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _addresses(self, url: httpx.URL) -> Sequence[str]:
        """Where the name leads: all of it must be allowed, as one odd address makes the name suspect."""
        try:
            found = await self._resolve(_name(url), url.port or (443 if url.scheme == "https" else 80))
        except OSError as error:
            raise httpx.ConnectError(str(error)) from error
        if not self._private_allowed and not all(map(is_public, found)):
            raise AddressNotAllowed("the name leads to an internal network")
        return found[:MOST_ADDRESSES]


@lru_cache
def certificates() -> ssl.SSLContext:
    """The certificate authorities that are trusted, whatever the environment says."""
    return httpx.create_ssl_context(trust_env=False)


async def _resolve(name: str, port: int) -> Sequence[str]:
    """Every address of a name. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _to(request: httpx.Request, address: str) -> httpx.Request:
    """The same request to `address`; Host header, SNI and certificate are those of the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": _name(request.url)},
    )


def _name(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii")


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4 (RFC 3056) or NAT64."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
