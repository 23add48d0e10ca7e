"""The page about sizing is what its inputs give, and its inputs are what stands elsewhere."""

from __future__ import annotations

import inspect
import re

import pytest
import yaml
from sqlalchemy.pool import QueuePool

from api.cli.sizing.command import PAGE, published
from api.cli.sizing.page import page
from api.settings import declared
from tests.docs.markdown import ROOT

MANIFESTS = ROOT / "deploy" / "kubernetes"
BASIS = published()


def _limits(name: str) -> dict[str, str]:
    """The limits of the container that a manifest starts."""
    for document in yaml.safe_load_all((MANIFESTS / name).read_text(encoding="utf-8")):
        if document and document["kind"] in ("Deployment", "StatefulSet"):
            return document["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]
    raise LookupError(name)


def _gib(amount: str) -> float:
    number, unit = re.fullmatch(r"(\d+)([GM])i", amount).groups()
    return int(number) / (1024 if unit == "M" else 1)


def test_the_page_is_what_its_inputs_give():
    assert PAGE.read_text(encoding="utf-8") == page(BASIS), "docs/sizing.md: run `sociale-triage sizing`"


def test_every_place_of_the_question_is_on_the_page():
    assert [scale.inhabitants for scale in BASIS.scales] == [50_000, 900_000, 18_000_000]


def test_machines_are_those_of_the_manifests():
    replica = _limits("deployment.yaml")
    stores = [_limits("redis.yaml"), _limits("postgres.yaml")]
    assert BASIS["vcpuOfReplica"] == int(replica["cpu"])
    assert BASIS["gibOfReplica"] == _gib(replica["memory"])
    assert BASIS["vcpuOfStores"] == sum(int(limits["cpu"]) for limits in stores)
    assert BASIS["gibOfStores"] == sum(_gib(limits["memory"]) for limits in stores)
    autoscaler = (MANIFESTS / "autoscaler.yaml").read_text(encoding="utf-8")
    assert f"maxReplicas: {BASIS['mostReplicas']}\n" in autoscaler
    redis = (MANIFESTS / "redis.yaml").read_text(encoding="utf-8")
    assert f"--maxmemory {BASIS['mibOfRedisData']}mb" in redis


def test_a_replica_fits_in_the_memory_that_is_bought():
    measured = BASIS.ours["memory"]["residentMb"]
    assert measured < BASIS["gibOfReplica"] * 1024


def test_connections_are_those_of_the_pool():
    defaults = inspect.signature(QueuePool).parameters
    assert BASIS["connectionsOfReplica"] == defaults["pool_size"].default + defaults["max_overflow"].default
    database = (ROOT / "api" / "storage" / "database.py").read_text(encoding="utf-8")
    assert "pool_size" not in database and "max_overflow" not in database


@pytest.mark.parametrize(
    ("name", "unit"), [("kbOfConversation", "kB"), ("turnMsInMemory", "ms"), ("turnMsInRedis", "ms")]
)
def test_figures_of_the_stores_stand_on_the_page_about_replicas(name, unit):
    assert f"{BASIS[name]} {unit}" in (ROOT / "docs" / "replicas.md").read_text(encoding="utf-8")


def test_conversations_are_kept_as_long_as_the_setting_says():
    default = next(one["default"] for one in declared() if one["env"] == "CONVERSATION_TTL_MINUTES")
    assert BASIS["minutesKept"] == int(default)


def test_figures_of_the_search_stand_on_the_page_about_it():
    search = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    assert "| ours | 1000 | 1.0 | 1.0 | 5.06 |" in search
    assert "| ours | 100000 | 0.99 | 0.99 | 5.2 |" in search
