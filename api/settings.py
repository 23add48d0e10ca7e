"""Every setting of the program, and the only place that reads the environment."""

from __future__ import annotations

import dataclasses
import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from limits import parse_many

ROOT = Path(__file__).parents[1]


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it and the fix."""


def _text(value: str) -> str:
    return value.strip()


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"\d{1,9}", value.strip()) or not low <= int(value) <= high:
            raise ValueError(f"set it to a whole number from {low} to {high}")
        return int(value)

    return parse


def _seconds(value: str) -> float:
    if not re.fullmatch(r"\d{1,4}(\.\d+)?", value.strip()) or not 0 < float(value) <= 3600:
        raise ValueError("set it to a number of seconds above 0 and at most 3600, for example 2.5")
    return float(value)


def _yes_no(value: str) -> bool:
    answers = {"ja": True, "nee": False}
    if value.strip().lower() not in answers:
        raise ValueError("set it to ja or nee")
    return answers[value.strip().lower()]


def _one_of(*options: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.strip() not in options:
            raise ValueError(f"set it to one of: {', '.join(options)}")
        return value.strip()

    return parse


def _address(value: str) -> str:
    address = value.strip().rstrip("/")
    if address and not re.match(r"https?://[^/\s]+", address):
        raise ValueError("set it to an address that starts with http:// or https://, or leave it empty")
    return address


def _items(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(",") if item.strip())


def _origins(value: str) -> tuple[str, ...]:
    origins = _items(value)
    if not all(re.fullmatch(r"https?://[^/\s*]+", origin) for origin in origins):
        raise ValueError(
            "set it to origins such as https://www.example.nl, separated by commas, no path, no *"
        )
    return origins


def _hashes(value: str) -> tuple[str, ...]:
    hashes = tuple(item.lower() for item in _items(value))
    if not all(re.fullmatch(r"[0-9a-f]{64}", item) for item in hashes):
        raise ValueError("set it to sha256 hashes of tokens (64 hex digits each), separated by commas")
    return hashes


def _rate(value: str) -> str:
    try:
        parse_many(value)
    except ValueError:
        raise ValueError("set it to a rate such as 300/minute") from None
    return value.strip()


def _setting(env: str, default: str, help: str, parse: Callable[[str], Any] = _text) -> Any:
    """Declare a setting: its variable, its default as one would type it, its meaning, its parser."""
    return dataclasses.field(
        default=parse(default), metadata={"env": env, "default": default, "help": help, "parse": parse}
    )


@dataclass(frozen=True)
class Settings:
    """All settings with their values. Times are in seconds unless the name says otherwise."""

    host: str = _setting("HOST", "127.0.0.1", "Address that the server binds to.")
    port: int = _setting("PORT", "8000", "Port that the server listens on.", _whole(1, 65535))
    environment: str = _setting(
        "OMGEVING",
        "ontwikkeling",
        "`ontwikkeling` or `productie`. In `productie` the webhook always asks for a token.",
        _one_of("ontwikkeling", "productie"),
    )
    model_path: str = _setting(
        "MODEL_PATH", "models", "Trained Rasa model: a file, or a folder (the newest)."
    )
    catalogue_path: str = _setting("CATALOGUS_PAD", "build/catalogus.sqlite", "Compiled catalogue.")
    reports_path: str = _setting(
        "MELDINGEN_PAD",
        "var/meldingen.jsonl",
        "List of reports that an entry is wrong; made at the first report.",
    )
    municipality: str = _setting(
        "GEMEENTE",
        "",
        "Municipality of this site, where the caller names none. "
        "Its folder in `data/gemeenten` gives what is not set here.",
    )
    municipality_name: str = _setting(
        "GEMEENTE_NAAM", "", "Who to contact for a human, as people know it. Empty: nothing is shown."
    )
    municipality_phone: str = _setting("GEMEENTE_TELEFOON", "", "Phone number of that contact.")
    municipality_website: str = _setting("GEMEENTE_WEBSITE", "", "Website of that contact.", _address)
    municipality_hours: str = _setting(
        "GEMEENTE_OPENINGSTIJDEN", "", "Opening hours of that contact, in Dutch."
    )
    out_of_hours_phone: str = _setting(
        "HUISARTSENPOST_TELEFOON",
        "",
        "Phone number of the out-of-hours GP service. Empty: no number is shown.",
    )
    self_referral: bool = _setting(
        "WELZIJN_ZELFAANMELDING",
        "nee",
        "`ja` when residents may apply for Welzijn op Recept without a referral.",
        _yes_no,
    )
    action_url: str = _setting(
        "ACTION_URL", "", "Address of a separate action server. Empty: actions run in this process.", _address
    )
    action_timeout: float = _setting("ACTION_TIMEOUT", "5", "Seconds that one action may take.", _seconds)
    turn_timeout: float = _setting(
        "TURN_TIMEOUT", "10", "Seconds that one answer may take before the fixed text follows.", _seconds
    )
    conversation_ttl_minutes: int = _setting(
        "CONVERSATION_TTL_MINUTES",
        "30",
        "Minutes without a message after which a conversation is forgotten.",
        _whole(1, 1440),
    )
    max_message_characters: int = _setting(
        "MAX_BERICHT_TEKENS", "2000", "Longest message in characters.", _whole(1, 20000)
    )
    max_body_bytes: int = _setting(
        "MAX_BODY_BYTES", "65536", "Largest request body in bytes.", _whole(1024, 10_000_000)
    )
    rate_limit_address: str = _setting(
        "RATE_LIMIT_ADRES", "3000/minute", "Requests that one client address may make.", _rate
    )
    rate_limit_start: str = _setting(
        "RATE_LIMIT_NIEUW", "600/minute", "Conversations that one client address may start.", _rate
    )
    rate_limit_report: str = _setting(
        "RATE_LIMIT_MELDING",
        "600/minute",
        "Reports of wrong entries that one client address may send.",
        _rate,
    )
    rate_limit_conversation: str = _setting(
        "RATE_LIMIT_GESPREK",
        "300/minute",
        "Messages that one conversation (or webhook sender) may send.",
        _rate,
    )
    trusted_proxies: tuple[str, ...] = _setting(
        "VERTROUWDE_PROXIES",
        "127.0.0.1",
        "Addresses of reverse proxies whose `X-Forwarded-For` is believed, separated by commas.",
        _items,
    )
    client_tokens: tuple[str, ...] = _setting(
        "CLIENT_TOKENS",
        "",
        "Sha256 hashes of the bearer tokens of webhook clients, separated by commas.",
        _hashes,
    )
    cors_origins: tuple[str, ...] = _setting(
        "CORS_ORIGINS",
        "",
        "Origins of other sites whose pages may call `/v1`, separated by commas.",
        _origins,
    )
    log_level: str = _setting(
        "LOG_LEVEL",
        "INFO",
        "Least severe log line: `INFO`, `WARNING` or `ERROR`.",
        _one_of("INFO", "WARNING", "ERROR"),
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings as `environ` (default: the process environment) gives them.

        Raises SettingsError with one line that names the variable and the fix. An
        empty value counts as not set.
        """
        environ = os.environ if environ is None else environ
        values = {}
        for field in dataclasses.fields(cls):
            variable = field.metadata["env"]
            if environ.get(variable, "").strip():
                try:
                    values[field.name] = field.metadata["parse"](environ[variable])
                except ValueError as error:
                    raise SettingsError(f"{variable}: {error}.") from None
        settings = cls(**values)
        if settings.action_timeout >= settings.turn_timeout:
            raise SettingsError(
                f"ACTION_TIMEOUT: set it lower than TURN_TIMEOUT ({settings.turn_timeout:g} seconds)."
            )
        return settings

    @property
    def catalogue_file(self) -> Path:
        """Where the compiled catalogue stands; like `MODEL_PATH`, relative to the repository."""
        return ROOT / self.catalogue_path

    @property
    def reports_file(self) -> Path:
        """Where the list of reports stands; like `MODEL_PATH`, relative to the repository."""
        return ROOT / self.reports_path

    @property
    def bound_to_loopback(self) -> bool:
        """Whether only programs on this machine can reach the server."""
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def webhook_needs_token(self) -> bool:
        """INTERFACE.md: a token is needed unless on loopback, without tokens, outside `productie`."""
        return not self.bound_to_loopback or bool(self.client_tokens) or self.environment == "productie"


def declared() -> list[dict]:
    """Every setting as `{"env", "default", "help", "parse"}`, in the order of declaration."""
    return [dict(field.metadata) for field in dataclasses.fields(Settings)]
