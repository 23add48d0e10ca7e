"""What the manifests promise, on the parsed files."""

from __future__ import annotations

import re

import pytest
import yaml
from sociale_kaart.yaml_text import read_yaml_text

from api.draining import SPARE_SECONDS
from api.settings import Settings, declared
from tests.docs.markdown import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
KUSTOMIZATION = read_yaml_text((FOLDER / "kustomization.yaml").read_text(encoding="utf-8"))
OBJECTS = [
    one
    for name in KUSTOMIZATION["resources"]
    for one in yaml.safe_load_all((FOLDER / name).read_text(encoding="utf-8"))
]
SECRET = read_yaml_text((FOLDER / "secret.example.yaml").read_text(encoding="utf-8"))
COMPOSE = read_yaml_text((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
SETTINGS = {setting["env"] for setting in declared()}


def the(kind: str, name: str = "app") -> dict:
    found = [one for one in OBJECTS if one["kind"] == kind and one["metadata"]["name"] == name]
    assert len(found) == 1, f"{kind} {name}"
    return found[0]


WORKLOADS = [one for one in OBJECTS if one["kind"] in ("Deployment", "StatefulSet")]
PODS = {one["metadata"]["name"]: one["spec"]["template"] for one in WORKLOADS}
APP = PODS["app"]["spec"]["containers"][0]
SHARED = {"opslag"}
"""Parts of `/ready` that all replicas share: a probe that counts them takes all replicas away at once."""

every_pod = pytest.mark.parametrize("name", PODS)


def test_every_file_is_used_but_the_example_of_the_secret():
    files = {path.name for path in FOLDER.glob("*.yaml")}
    assert files - set(KUSTOMIZATION["resources"]) == {"kustomization.yaml", "secret.example.yaml"}


@every_pod
def test_a_pod_may_only_what_it_needs(name):
    spec = PODS[name]["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["serviceAccountName"] == "sociale-triage"
    assert the("ServiceAccount", "sociale-triage")["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True and spec["securityContext"]["runAsUser"] > 0
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & spec.keys()
    for container in spec["containers"]:
        context = container["securityContext"]
        assert context["readOnlyRootFilesystem"] is True
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}


@every_pod
def test_a_pod_says_what_it_takes_and_how_it_is(name):
    for container in PODS[name]["spec"]["containers"]:
        for bound in ("requests", "limits"):
            assert container["resources"][bound].keys() == {"cpu", "memory"}
        assert "readinessProbe" in container and "livenessProbe" in container


@every_pod
def test_what_is_written_is_written_to_a_volume(name):
    spec = PODS[name]["spec"]
    claims = next(one for one in WORKLOADS if one["metadata"]["name"] == name)["spec"].get(
        "volumeClaimTemplates", []
    )
    volumes = {one["name"] for one in spec.get("volumes", [])} | {one["metadata"]["name"] for one in claims}
    assert {mount["name"] for mount in spec["containers"][0]["volumeMounts"]} == volumes
    assert all("hostPath" not in one for one in spec.get("volumes", []))


def test_the_namespace_refuses_pods_that_may_more():
    labels = the("Namespace", "sociale-triage")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_probes():
    for probe in ("startupProbe", "livenessProbe"):
        assert APP[probe]["httpGet"] == {"path": "/health", "port": "http"}
    path, _, query = APP["readinessProbe"]["httpGet"]["path"].partition("?")
    assert path == "/ready" and set(re.findall(r"behalve=(\w+)", query)) == SHARED


def test_a_replica_that_stops_is_out_of_the_service_before_it_closes():
    pause = int(the("ConfigMap", "sociale-triage")["data"]["AFSLUITEN_PAUZE"])
    probe = APP["readinessProbe"]
    assert probe["periodSeconds"] * probe["failureThreshold"] < pause


def test_the_app_gets_the_time_that_it_takes_to_stop():
    settings = the("ConfigMap", "sociale-triage")["data"]
    needed = int(settings["AFSLUITEN_PAUZE"]) + int(settings["AFSLUITEN_SECONDEN"]) + SPARE_SECONDS
    assert needed < PODS["app"]["spec"]["terminationGracePeriodSeconds"]


def test_no_replica_is_missed_during_an_upgrade_or_maintenance():
    strategy = the("Deployment")["spec"]["strategy"]
    assert strategy["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    budget = the("PodDisruptionBudget")["spec"]
    assert budget["maxUnavailable"] == 1 and budget["selector"] == the("Deployment")["spec"]["selector"]


def test_replicas_follow_the_load_and_are_spread():
    scaler = the("HorizontalPodAutoscaler")["spec"]
    assert scaler["scaleTargetRef"]["name"] == "app" and scaler["minReplicas"] >= 2
    assert scaler["maxReplicas"] > scaler["minReplicas"]
    assert "replicas" not in the("Deployment")["spec"], "the autoscaler says how many"
    spread = PODS["app"]["spec"]["topologySpreadConstraints"]
    assert {one["topologyKey"] for one in spread} == {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}
    assert all(one["labelSelector"] == the("Deployment")["spec"]["selector"] for one in spread)


def test_no_sticky_sessions():
    assert the("Service")["spec"]["sessionAffinity"] == "None"
    annotations = the("Ingress")["metadata"].get("annotations", {})
    assert not any("affinity" in name or "sticky" in name for name in annotations)


def test_the_ingress_has_tls_for_the_public_address():
    spec = the("Ingress")["spec"]
    host = spec["rules"][0]["host"]
    assert spec["tls"][0]["hosts"] == [host]
    assert the("ConfigMap", "sociale-triage")["data"]["PUBLIEK_ADRES"] == f"https://{host}"


def test_everything_is_refused_that_is_not_allowed():
    assert the("NetworkPolicy", "default-deny")["spec"] == {
        "podSelector": {},
        "policyTypes": ["Ingress", "Egress"],
    }
    for name in PODS:
        assert (
            the("NetworkPolicy", name)["spec"]["podSelector"]["matchLabels"]
            == PODS[name]["metadata"]["labels"]
        )


@pytest.mark.parametrize(("name", "port"), [("redis", 6379), ("postgres", 5432)])
def test_only_the_app_talks_to_a_store_and_a_store_to_nobody(name, port):
    policy = the("NetworkPolicy", name)["spec"]
    app = {"podSelector": {"matchLabels": PODS["app"]["metadata"]["labels"]}}
    assert policy["ingress"] == [{"from": [app], "ports": [{"protocol": "TCP", "port": port}]}]
    assert "Egress" in policy["policyTypes"] and "egress" not in policy
    store = {"podSelector": {"matchLabels": PODS[name]["metadata"]["labels"]}}
    allowed = the("NetworkPolicy", "app")["spec"]["egress"]
    assert {"to": [store], "ports": [{"protocol": "TCP", "port": port}]} in allowed


def test_the_app_is_heard_by_the_ingress_and_reaches_no_private_network():
    policy = the("NetworkPolicy", "app")["spec"]
    assert all("namespaceSelector" in one for one in policy["ingress"][0]["from"])
    outside = [rule for rule in policy["egress"] if "ipBlock" in rule["to"][0]]
    assert len(outside) == 1 and outside[0]["ports"] == [{"protocol": "TCP", "port": 443}]
    assert {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"} <= set(outside[0]["to"][0]["ipBlock"]["except"])


def test_settings_are_settings_and_secrets_have_no_value():
    plain = the("ConfigMap", "sociale-triage")["data"]
    names = {one["name"]: one for one in APP["env"]}
    passwords = {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    assert plain.keys() | names.keys() - passwords <= SETTINGS
    assert set(SECRET["stringData"].values()) == {""}
    for name in SECRET["stringData"]:
        key = {"name": "sociale-triage", "key": name}
        assert names[name]["valueFrom"] == {"secretKeyRef": key}
    given = {name: one["value"] for name, one in names.items() if "value" in one}
    settings = Settings.from_environment({**plain, **given})
    assert settings.redis_url and settings.store_url.startswith("postgresql://")
    order = [one["name"] for one in APP["env"]]
    for name, value in given.items():
        for used in re.findall(r"\$\((\w+)\)", value):
            assert order.index(used) < order.index(name), "only what comes earlier is filled in"


def test_conversations_are_never_on_a_disk():
    container = PODS["redis"]["spec"]["containers"][0]
    assert '--save ""' in container["args"][0] and "--appendonly no" in container["args"][0]
    assert PODS["redis"]["spec"]["volumes"][0]["emptyDir"]["medium"] == "Memory"


def test_the_images_are_those_of_compose():
    assert {PODS[name]["spec"]["containers"][0]["image"] for name in ("redis", "postgres")} == {
        COMPOSE[name]["image"] for name in ("redis", "postgres")
    }
    image = KUSTOMIZATION["images"][0]
    assert f"{image['newName']}:{image['newTag']}" == COMPOSE["app"]["image"]
    assert APP["image"] == image["name"]
