"""Every alert asks for figures that are there, says what to do, and fires when it should."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from sociale_kaart.yaml_text import read_yaml_text

from tests.deploy.prometheus import OF_PROMETHEUS, figures_in, labels_in, promtool, served

ROOT = Path(__file__).parents[2]
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
CASES = sorted(Path(__file__).parent.glob("alerts*_test.yml"))
PAGE = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")


def alerts() -> dict[str, dict]:
    groups = read_yaml_text(ALERTS.read_text(encoding="utf-8"))["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


@pytest.fixture(scope="module")
def figures() -> dict[str, set[tuple[str, str]]]:
    return served()


def test_every_figure_and_label_is_there(figures):
    known = {name for labels in figures.values() for name, _ in labels} | {"job", "instance"}
    values = {pair for labels in figures.values() for pair in labels}
    of_prometheus = {("job", "sociale-triage"), ("status", "5xx")}
    for name, rule in alerts().items():
        assert figures_in(rule["expr"]) <= figures.keys() | OF_PROMETHEUS, name
        for label, value in labels_in(rule["expr"]):
            assert label in known, (name, label)
            assert value is None or (label, value) in values | of_prometheus, (name, label, value)


@pytest.mark.parametrize("name", alerts())
def test_it_says_how_bad_it_is_and_what_to_do(name):
    rule = alerts()[name]
    assert rule["labels"].keys() == {"severity"} and rule["labels"]["severity"] in ("page", "ticket")
    annotations = rule["annotations"]
    assert annotations.keys() == {"summary", "description", "runbook"}
    assert annotations["runbook"] == f"docs/metrics.md#{name.lower()}"
    section = PAGE.partition(f"### {name}\n")[2].partition("\n#")[0].strip()
    assert section.startswith(f"*{rule['labels']['severity']}") and len(section) > 40


def test_the_page_describes_no_alert_that_is_not_there():
    described = PAGE.partition("\n## Alerts\n")[2]
    assert re.findall(r"^### (\w+)$", described, re.MULTILINE) == list(alerts())
    assert set(re.findall(r"\]\(#(socialetriage\w+)\)", PAGE)) <= {name.lower() for name in alerts()}


def test_every_paging_alert_has_a_case_in_which_it_fires():
    fired = {
        case["alertname"]
        for path in CASES
        for test in read_yaml_text(path.read_text(encoding="utf-8"))["tests"]
        for case in test["alert_rule_test"]
        if case.get("exp_alerts")
    }
    assert {name for name, rule in alerts().items() if rule["labels"]["severity"] == "page"} <= fired


def test_prometheus_reads_them():
    promtool("check", "rules", ALERTS)


@pytest.mark.parametrize("cases", CASES, ids=lambda path: path.stem)
def test_they_fire_when_they_should(cases, tmp_path):
    shutil.copy(cases, tmp_path)
    rules = read_yaml_text(ALERTS.read_text(encoding="utf-8"))
    for group in rules["groups"]:
        for rule in group["rules"]:
            del rule["annotations"]
    (tmp_path / "alerts.yml").write_text(yaml.safe_dump(rules), encoding="utf-8")
    promtool("test", "rules", tmp_path / cases.name)


def test_the_example_of_the_scrape_is_read(tmp_path):
    shutil.copytree(ALERTS.parent, tmp_path / "prometheus")
    promtool("check", "config", tmp_path / "prometheus" / "prometheus.yml")
