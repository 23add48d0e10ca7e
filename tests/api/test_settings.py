from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.settings import Settings, SettingsError, declared

ROOT = Path(__file__).parents[2]


def test_without_environment_everything_has_its_default():
    settings = Settings.from_environment({})
    assert settings == Settings.from_environment({"HOST": "", "PORT": " "}) == Settings()
    assert (settings.host, settings.port, settings.environment) == ("127.0.0.1", 8000, "ontwikkeling")
    assert settings.max_message_characters == 2000 and settings.conversation_ttl_minutes == 30


def test_nothing_about_a_municipality_is_invented():
    settings = Settings.from_environment({})
    assert not any(
        (
            settings.municipality,
            settings.municipality_name,
            settings.municipality_phone,
            settings.municipality_website,
            settings.municipality_hours,
            settings.out_of_hours_phone,
        )
    )
    assert settings.self_referral is False


def test_values_are_read_in_their_own_type():
    environ = {
        "PORT": "9000",
        "WELZIJN_ZELFAANMELDING": "ja",
        "TURN_TIMEOUT": "12.5",
        "CORS_ORIGINS": "https://a.nl, https://b.nl:8443",
        "ACTION_URL": "http://actions:5055/",
        "GEMEENTE": " Assen ",
    }
    settings = Settings.from_environment(environ)
    assert settings.port == 9000 and settings.self_referral is True and settings.turn_timeout == 12.5
    assert settings.cors_origins == ("https://a.nl", "https://b.nl:8443")
    assert settings.action_url == "http://actions:5055" and settings.municipality == "Assen"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("OMGEVING", "production"),
        ("TURN_TIMEOUT", "0"),
        ("TURN_TIMEOUT", "nan"),
        ("ACTION_TIMEOUT", "10"),
        ("WELZIJN_ZELFAANMELDING", "true"),
        ("ACTION_URL", "actions:5055"),
        ("REDIS_URL", "redis:6379"),
        ("RASA_TIMEOUT", "10"),
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "https://a.nl/pad"),
        ("CLIENT_TOKENS", "geheim"),
        ("RATE_LIMIT_ADRES", "veel"),
        ("LOG_LEVEL", "DEBUG"),
        ("MAX_BODY_BYTES", "-1"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_the_fix_in_one_line(variable, value):
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"RASA_URL": "http://rasa:5005", variable: value})
    message = str(caught.value)
    assert message.startswith(f"{variable}: set it ") and "\n" not in message


@pytest.mark.parametrize(
    ("issuer", "client_id", "named"),
    [
        ("http://inloggen.example.nl", "balie", "OIDC_UITGEVER"),
        ("http://localhost.example.nl", "balie", "OIDC_UITGEVER"),
        ("https://inloggen.example.nl", "", "OIDC_CLIENT_ID"),
    ],
)
def test_a_provider_that_cannot_be_used_safely_is_refused(issuer, client_id, named):
    with pytest.raises(SettingsError, match=f"^{named}: set it to ") as refused:
        Settings.from_environment({"OIDC_UITGEVER": issuer, "OIDC_CLIENT_ID": client_id})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "issuer", ["https://inloggen.example.nl/realm", "http://localhost:3000", "http://[::1]"]
)
def test_a_provider_is_reached_over_https_or_on_this_machine(issuer):
    settings = Settings.from_environment({"OIDC_UITGEVER": issuer, "OIDC_CLIENT_ID": "balie"})
    assert settings.oidc_issuer == issuer


def test_a_wrong_secret_is_not_repeated():
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"CLIENT_TOKENS": "geheim"})
    assert "geheim" not in str(caught.value)


def test_the_earlier_name_of_a_setting_still_works():
    earlier, now = "postgresql://a/b", "postgresql://c/d"
    assert Settings.from_environment({"OPSLAG_URL": earlier}).store_url == earlier
    assert Settings.from_environment({"OPSLAG_URL": earlier, "DATABASE_URL": now}).store_url == now


def test_the_documentation_lists_exactly_the_settings():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? ?\| (.*) \|$", text, re.MULTILINE)
    assert rows == [(item["env"], item["default"], item["help"]) for item in declared()]


def test_the_environment_is_read_in_one_place():
    readers = [
        path.relative_to(ROOT).as_posix()
        for folder in ("api", "bot", "actions", "catalogue")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"os\.getenv|os\.environ(?!\.setdefault|\[[^]]+\] = )", path.read_text(encoding="utf-8"))
    ]
    assert readers == ["api/settings.py"]
