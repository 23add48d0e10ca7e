"""Every setting of the program, and the only place that reads the environment."""

from __future__ import annotations

import dataclasses
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api import settings_values as values
from api.settings_values import SettingsError

__all__ = ["ROOT", "Settings", "SettingsError", "declared"]

ROOT = Path(__file__).parents[1]


def _setting(
    env: str, default: str, help: str, parse: Callable[[str], Any] = values.text, formerly: str = ""
) -> Any:
    """Declare a setting: its variable, its default as one would type it, its meaning, its parser.

    `formerly` is an earlier name of the variable, which still works where the new one is not set.
    """
    metadata = {"env": env, "default": default, "help": help, "parse": parse, "formerly": formerly}
    return dataclasses.field(default=parse(default), metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """All settings with their values. Times are in seconds unless the name says otherwise."""

    host: str = _setting("HOST", "127.0.0.1", "Address that the server binds to.")
    port: int = _setting("PORT", "8000", "Port that the server listens on.", values.whole(1, 65535))
    environment: str = _setting(
        "OMGEVING",
        "ontwikkeling",
        "`ontwikkeling` or `productie`. In `productie` webhook and front desk always ask for a token.",
        values.one_of("ontwikkeling", "productie"),
    )
    model_path: str = _setting(
        "MODEL_PATH", "models", "Trained Rasa model: a file, or a folder (the newest)."
    )
    model_key: str = _setting(
        "MODEL_SLEUTEL",
        "",
        "Private key that trained models are signed with, for a build server: 32 bytes in base64. "
        "Empty: one that the first training here makes, outside the checkout.",
        values.model_key,
    )
    model_public_key: str = _setting(
        "MODEL_PUBLIEKE_SLEUTEL",
        "",
        "Public half of that key, or a file that holds it (`sociale-triage model --public-key`): "
        "only models signed with it are loaded. Empty: only models signed with the key of this machine.",
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
    municipality_website: str = _setting("GEMEENTE_WEBSITE", "", "Website of that contact.", values.address)
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
        values.yes_no,
    )
    rasa_url: str = _setting(
        "RASA_URL",
        "",
        "Address of a separate Rasa server with our model. Empty: Rasa runs in this process.",
        values.address,
    )
    rasa_token: str = _setting(
        "RASA_TOKEN", "", "Token of the HTTP API of that Rasa server (`--auth-token`)."
    )
    rasa_timeout: float = _setting(
        "RASA_TIMEOUT", "8", "Seconds that one answer of that Rasa server may take.", values.seconds
    )
    action_url: str = _setting(
        "ACTION_URL",
        "",
        "Address of a separate action server. Empty: actions run in this process.",
        values.address,
    )
    action_timeout: float = _setting(
        "ACTION_TIMEOUT", "5", "Seconds that one action may take.", values.seconds
    )
    turn_timeout: float = _setting(
        "TURN_TIMEOUT",
        "10",
        "Seconds that one answer may take before the fixed text follows.",
        values.seconds,
    )
    conversation_ttl_minutes: int = _setting(
        "CONVERSATION_TTL_MINUTES",
        "30",
        "Minutes without a message after which a conversation is forgotten.",
        values.whole(1, 1440),
    )
    max_message_characters: int = _setting(
        "MAX_BERICHT_TEKENS", "2000", "Longest message in characters.", values.whole(1, 20000)
    )
    max_body_bytes: int = _setting(
        "MAX_BODY_BYTES", "65536", "Largest request body in bytes.", values.whole(1024, 10_000_000)
    )
    rate_limit_address: str = _setting(
        "RATE_LIMIT_ADRES", "3000/minute", "Requests that one client address may make.", values.rate
    )
    rate_limit_start: str = _setting(
        "RATE_LIMIT_NIEUW", "600/minute", "Conversations that one client address may start.", values.rate
    )
    rate_limit_report: str = _setting(
        "RATE_LIMIT_MELDING",
        "600/minute",
        "Reports of wrong entries that one client address may send.",
        values.rate,
    )
    rate_limit_conversation: str = _setting(
        "RATE_LIMIT_GESPREK",
        "300/minute",
        "Messages that one conversation (or webhook sender) may send.",
        values.rate,
    )
    rate_limit_client: str = _setting(
        "RATE_LIMIT_KOPPELING", "3000/minute", "Requests that one webhook client may make.", values.rate
    )
    rate_limit_login: str = _setting(
        "RATE_LIMIT_INLOGGEN",
        "10/15 minutes",
        "Wrong tokens that one client address may try, at the front desk and at the webhooks together.",
        values.rate,
    )
    rate_limit_referral: str = _setting(
        "RATE_LIMIT_AANMELDING",
        "30/hour",
        "Referrals that one client address (or one practice) may make.",
        values.rate,
    )
    store_url: str = _setting(
        "DATABASE_URL",
        "sqlite:///var/opslag.sqlite",
        "Database of practices, referrals and events: SQLite (relative to the repository) or PostgreSQL. "
        "`OPSLAG_URL`, its earlier name, still works.",
        values.database,
        formerly="OPSLAG_URL",
    )
    redis_url: str = _setting(
        "REDIS_URL",
        "",
        "Redis in which replicas share conversations, locks and counts, such as `redis://redis:6379/0`. "
        "Empty: all of it is in memory of this process.",
        values.redis,
    )
    store_keys: tuple[str, ...] = _setting(
        "OPSLAG_SLEUTELS",
        "",
        "Keys that personal data and signing secrets are encrypted with, newest first, separated by commas. "
        "Empty: no referrals and no delivery.",
        values.keys,
    )
    retention_days: int = _setting(
        "BEWAARTERMIJN_DAGEN",
        "30",
        "Days after delivery in which a referral is deleted.",
        values.whole(1, 365),
    )
    retention_undelivered_days: int = _setting(
        "BEWAARTERMIJN_NIET_BEZORGD_DAGEN",
        "90",
        "Days after which a referral that was never delivered is deleted, too.",
        values.whole(1, 365),
    )
    audit_days: int = _setting(
        "AUDIT_DAGEN", "365", "Days that an audit line is kept.", values.whole(1, 3650)
    )
    session_minutes: int = _setting(
        "SESSIE_MINUTEN",
        "30",
        "Minutes without a question after which the front desk must sign in again.",
        values.whole(1, 720),
    )
    session_hours: int = _setting(
        "SESSIE_UREN", "10", "Hours after which it must sign in again in any case.", values.whole(1, 24)
    )
    oidc_issuer: str = _setting(
        "OIDC_UITGEVER",
        "",
        "Address of an OpenID Connect provider for the front desk. Empty: tokens only.",
        values.address,
    )
    oidc_client_id: str = _setting("OIDC_CLIENT_ID", "", "Our client id at that provider.")
    oidc_client_secret: str = _setting("OIDC_CLIENT_SECRET", "", "Our client secret at that provider.")
    oidc_practice_claim: str = _setting(
        "OIDC_PRAKTIJK_CLAIM", "praktijk", "Claim of the ID token that names the practice."
    )
    public_address: str = _setting(
        "PUBLIEK_ADRES",
        "",
        "Address at which people reach this server, for links in answers and events. Empty: no such links.",
        values.address,
    )
    contact_mail: str = _setting(
        "CONTACT_EMAIL",
        "",
        "Mail address of whoever runs this server, for the contact in the API documentation. Empty: none.",
        values.mail,
    )
    private_addresses: bool = _setting(
        "BEZORGEN_AAN_PRIVE_ADRESSEN",
        "nee",
        "`ja` when events may go to loopback and private network addresses, and over http.",
        values.yes_no,
    )
    delivery_timeout: float = _setting(
        "BEZORGEN_TIMEOUT", "15", "Seconds that a receiver of events may take to answer.", values.seconds
    )
    drain_pause: int = _setting(
        "AFSLUITEN_PAUZE",
        "0",
        "Seconds between the signal to stop, from which `/ready` says no, and the moment at which new "
        "connections are refused: long enough for a load balancer to notice.",
        values.whole(0, 300),
    )
    drain_seconds: float = _setting(
        "AFSLUITEN_SECONDEN",
        "15",
        "Seconds that requests under way then get for their answer, before they are cut off.",
        values.seconds,
    )
    trusted_proxies: tuple[str, ...] = _setting(
        "VERTROUWDE_PROXIES",
        "127.0.0.1",
        "Addresses of reverse proxies whose `X-Forwarded-For` is believed, separated by commas.",
        values.items,
    )
    client_tokens: tuple[str, ...] = _setting(
        "CLIENT_TOKENS",
        "",
        "Sha256 hashes of the bearer tokens of webhook clients, separated by commas.",
        values.hashes,
    )
    cors_origins: tuple[str, ...] = _setting(
        "CORS_ORIGINS",
        "",
        "Origins of other sites whose pages may call `/v1`, separated by commas.",
        values.origins,
    )
    log_level: str = _setting(
        "LOG_LEVEL",
        "INFO",
        "Least severe log line: `INFO`, `WARNING` or `ERROR`.",
        values.one_of("INFO", "WARNING", "ERROR"),
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings as `environ` (default: the process environment) gives them.

        Raises SettingsError with one line that names the variable and the fix. An
        empty value counts as not set.
        """
        environ = os.environ if environ is None else environ
        given = {}
        for field in dataclasses.fields(cls):
            variable, formerly = field.metadata["env"], field.metadata["formerly"]
            if not environ.get(variable, "").strip() and formerly:
                variable = formerly
            if environ.get(variable, "").strip():
                try:
                    given[field.name] = field.metadata["parse"](environ[variable])
                except ValueError as error:
                    raise SettingsError(f"{variable}: {error}.") from None
        settings = cls(**given)
        if settings.action_timeout >= settings.turn_timeout:
            raise SettingsError(
                f"ACTION_TIMEOUT: set it lower than TURN_TIMEOUT ({settings.turn_timeout:g} seconds)."
            )
        if settings.rasa_url and settings.rasa_timeout >= settings.turn_timeout:
            raise SettingsError(
                f"RASA_TIMEOUT: set it lower than TURN_TIMEOUT ({settings.turn_timeout:g} seconds)."
            )
        if settings.drain_seconds <= settings.turn_timeout:
            raise SettingsError(
                f"AFSLUITEN_SECONDEN: set it higher than TURN_TIMEOUT ({settings.turn_timeout:g} seconds)."
            )
        if settings.oidc_issuer:
            values.usable_provider(settings.oidc_issuer, settings.oidc_client_id)
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
    def store_address(self) -> str:
        """`store_url` with the path of an SQLite file made absolute, from the repository."""
        kind, slashes, path = self.store_url.partition(":///")
        return f"{kind}{slashes}{ROOT / path}" if kind == "sqlite" and path else self.store_url

    @property
    def bound_to_loopback(self) -> bool:
        """Whether only programs on this machine can reach the server."""
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def webhook_needs_token(self) -> bool:
        """Whether the settings alone ask for a token at the webhooks (see `api.access.clients`)."""
        return not self.bound_to_loopback or bool(self.client_tokens) or self.environment == "productie"


def declared() -> list[dict]:
    """Every setting as `{"env", "default", "help", "parse", "formerly"}`, in the order of declaration."""
    return [dict(field.metadata) for field in dataclasses.fields(Settings)]
