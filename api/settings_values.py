"""How the text of an environment variable becomes the value of a setting."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from limits import parse_many


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it and the fix."""


def text(value: str) -> str:
    return value.strip()


def whole(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"\d{1,9}", value.strip()) or not low <= int(value) <= high:
            raise ValueError(f"set it to a whole number from {low} to {high}")
        return int(value)

    return parse


def seconds(value: str) -> float:
    if not re.fullmatch(r"\d{1,4}(\.\d+)?", value.strip()) or not 0 < float(value) <= 3600:
        raise ValueError("set it to a number of seconds above 0 and at most 3600, for example 2.5")
    return float(value)


def yes_no(value: str) -> bool:
    answers = {"ja": True, "nee": False}
    if value.strip().lower() not in answers:
        raise ValueError("set it to ja or nee")
    return answers[value.strip().lower()]


def one_of(*options: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.strip() not in options:
            raise ValueError(f"set it to one of: {', '.join(options)}")
        return value.strip()

    return parse


def address(value: str) -> str:
    address = value.strip().rstrip("/")
    if address and not re.match(r"https?://[^/\s]+", address):
        raise ValueError("set it to an address that starts with http:// or https://, or leave it empty")
    return address


def redis(value: str) -> str:
    if value.strip() and not re.match(r"rediss?://[^/\s]+", value.strip()):
        raise ValueError("set it to an address such as redis://redis:6379/0, or leave it empty")
    return value.strip()


def mail(value: str) -> str:
    if value.strip() and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value.strip()):
        raise ValueError("set it to a mail address such as api@example.nl, or leave it empty")
    return value.strip()


def items(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(",") if item.strip())


def origins(value: str) -> tuple[str, ...]:
    origins = items(value)
    if not all(re.fullmatch(r"https?://[^/\s*]+", origin) for origin in origins):
        raise ValueError(
            "set it to origins such as https://www.example.nl, separated by commas, no path, no *"
        )
    return origins


def hashes(value: str) -> tuple[str, ...]:
    hashes = tuple(item.lower() for item in items(value))
    if not all(re.fullmatch(r"[0-9a-f]{64}", item) for item in hashes):
        raise ValueError("set it to sha256 hashes of tokens (64 hex digits each), separated by commas")
    return hashes


def rate(value: str) -> str:
    try:
        parse_many(value)
    except ValueError:
        raise ValueError("set it to a rate such as 300/minute") from None
    return value.strip()


def database(value: str) -> str:
    """A SQLAlchemy address of SQLite or PostgreSQL; the error does not repeat it, for its password."""
    if not re.match(r"(sqlite|postgresql)(\+\w+)?://", value.strip()):
        raise ValueError("set it to sqlite:///path/to/file.sqlite or postgresql://user:password@host/name")
    return value.strip()


def keys(value: str) -> tuple[str, ...]:
    """Fernet keys: 32 bytes each, in URL-safe base64."""
    found = items(value)
    for key in found:
        try:
            decoded = base64.urlsafe_b64decode(key)
        except ValueError:
            decoded = b""
        if len(decoded) != 32:
            raise ValueError("set it to keys that `sociale-triage key` made, newest first, with commas")
    return found


def model_key(value: str) -> str:
    """The 32 bytes of a private Ed25519 key, in base64; the error does not repeat it."""
    try:
        decoded = base64.b64decode(value.strip(), validate=True)
    except ValueError:
        decoded = b""
    if value.strip() and len(decoded) != 32:
        raise ValueError("set it to 32 random bytes in base64, as `openssl rand -base64 32` makes them")
    return value.strip()


def usable_provider(issuer: str, client_id: str) -> None:
    """Raises SettingsError where one cannot sign in through an OpenID Connect provider safely or at all."""
    if not re.match(r"https://|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(/|$)", issuer):
        raise SettingsError("OIDC_UITGEVER: set it to an address that starts with https://.")
    if not client_id:
        raise SettingsError("OIDC_CLIENT_ID: set it to our client id at the provider of OIDC_UITGEVER.")
