"""What compose.yaml promises, on the parsed file: there is no docker where the tests run."""

from __future__ import annotations

import re

import pytest
from sociale_kaart.yaml_text import read_yaml_text

from api.draining import SPARE_SECONDS
from api.settings import Settings, declared
from tests.docs.markdown import ROOT

TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE = read_yaml_text(TEXT)
SERVICES = COMPOSE["services"]
EXAMPLE = (ROOT / "deploy" / "compose.env.example").read_text(encoding="utf-8")
CADDYFILE = (ROOT / "deploy" / "proxy" / "Caddyfile").read_text(encoding="utf-8")
SETTINGS = {setting["env"]: setting["default"] for setting in declared()}
PROGRAM = ("app", "actions")

every_service = pytest.mark.parametrize("name", SERVICES)


def _seconds(text: str) -> int:
    return int(re.fullmatch(r"(\d+)s", text).group(1))


def test_it_is_what_the_issue_lists():
    assert {"app", "actions", "redis", "postgres", "proxy"} <= SERVICES.keys()


@every_service
def test_every_service_may_only_what_it_needs(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["mem_limit"] and service["cpus"] and service["pids_limit"]
    assert "privileged" not in service and "network_mode" not in service


@every_service
def test_every_image_has_a_version(name):
    assert re.fullmatch(r"[a-z-]+:\d+\.?[\w.-]*", SERVICES[name]["image"])


@every_service
def test_every_service_says_whether_it_is_well_and_starts_after_those_it_needs(name):
    service = SERVICES[name]
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    for needed, condition in service.get("depends_on", {}).items():
        assert needed in SERVICES and condition == {"condition": "service_healthy"}


def test_who_waits_for_whom():
    assert SERVICES["proxy"]["depends_on"].keys() == {"app"}
    assert SERVICES["app"]["depends_on"].keys() == {"actions", "redis", "postgres"}


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_who_shares_a_network_with_whom():
    networks = {
        name: set(service["networks"]) for name, service in SERVICES.items() if "profiles" not in service
    }
    assert networks["proxy"] == {"voorkant"}
    assert networks["redis"] == networks["postgres"] == {"opslag"}
    assert networks["actions"] == {"acties"}
    assert all(COMPOSE["networks"][name]["internal"] for name in ("opslag", "acties"))


def test_nothing_secret_has_a_default():
    asked = re.findall(r"\$\{([A-Z_]+)(:?[?-][^}]*)?\}", TEXT)
    assert {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "OPSLAG_SLEUTELS", "DOMEIN"} <= {name for name, _ in asked}
    for name, otherwise in asked:
        assert otherwise.startswith(":?"), name
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.M))
    assert set(given.values()) == {""}
    assert {name for name, _ in asked} <= given.keys()
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert value.startswith("${") if re.search("PASSWORD|SLEUTELS|TOKEN", name) else True, name


def test_what_the_app_gets_are_settings_and_two_replicas_need_nothing_else():
    environment = SERVICES["app"]["environment"]
    assert environment.keys() <= SETTINGS.keys()
    filled = {name: re.sub(r"\$\{.*?\}", "x", str(value)) for name, value in environment.items()}
    key = "A" * 43 + "="
    settings = Settings.from_environment({**filled, "OPSLAG_SLEUTELS": key})
    assert settings.redis_url and settings.store_url.startswith("postgresql://") and settings.action_url
    assert settings.public_address.startswith("https://")


def test_the_app_gets_the_time_that_it_takes_to_stop():
    environment = SERVICES["app"]["environment"]
    needed = environment["AFSLUITEN_PAUZE"] + environment["AFSLUITEN_SECONDEN"] + SPARE_SECONDS
    assert needed < _seconds(SERVICES["app"]["stop_grace_period"])


def test_conversations_are_never_on_a_disk():
    command = " ".join(SERVICES["redis"]["command"])
    assert '--save ""' in command and "--appendonly no" in command
    assert "volumes" not in SERVICES["redis"] and SERVICES["redis"]["tmpfs"] == ["/data"]


def test_what_must_stay_stays_in_a_volume():
    assert SERVICES["postgres"]["volumes"] == ["postgres:/var/lib/postgresql/data"]
    assert SERVICES["app"]["volumes"] == ["meldingen:/app/var"]
    named = {one.split(":")[0] for service in SERVICES.values() for one in service.get("volumes", [])}
    assert {name for name in named if not name.startswith(".")} == COMPOSE["volumes"].keys()


def test_the_app_believes_the_proxy_and_nobody_else():
    address = SERVICES["proxy"]["networks"]["voorkant"]["ipv4_address"]
    assert SERVICES["app"]["environment"]["VERTROUWDE_PROXIES"] == address
    pool = COMPOSE["networks"]["voorkant"]["ipam"]["config"][0]
    assert address.startswith("172.31.250.") and int(address.rsplit(".", 1)[1]) < 128
    assert pool == {"subnet": "172.31.250.0/24", "ip_range": "172.31.250.128/25"}


def test_how_large_a_body_may_be_is_said_in_one_place():
    """The app refuses a larger one with its own answer; a limit of the proxy would cut that off."""
    assert not re.search(r"^\s*(request_body|max_size)", CADDYFILE, re.M)
    assert not any("MAX_BODY_BYTES" in service.get("environment", {}) for service in SERVICES.values())


def test_nobody_can_shut_out_a_replica_by_breaking_off_requests():
    assert not re.search(r"^\s*fail_duration", CADDYFILE, re.M)


def test_the_proxy_knows_every_replica_and_no_sessions():
    assert re.search(r"dynamic a app 8000\b", CADDYFILE)
    assert re.search(r"lb_policy round_robin\n", CADDYFILE)


def test_the_proxy_writes_no_addresses_of_requests():
    assert "exclude http.log.access http.log.error" in CADDYFILE
    assert not re.search(r"^\tlog\b(?! default)|^log ", CADDYFILE, re.M)


def test_figures_are_not_for_the_outside_world():
    assert "respond /metrics 404" in CADDYFILE


def test_files_that_are_mounted_exist():
    for service in SERVICES.values():
        for one in service.get("volumes", []):
            if one.startswith("./"):
                assert (ROOT / one.split(":")[0]).is_file()
                assert one.endswith(":ro")
