"""The dashboard can be imported, and every panel shows figures that are there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.deploy.prometheus import OF_PROMETHEUS, figures_in, in_rules, labels_in, promtool, served

ROOT = Path(__file__).parents[2]
DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "sociale-triage.json").read_text(encoding="utf-8"))
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def expressions() -> list[str]:
    """As Prometheus gets them: Grafana fills in its variables."""
    found = [target["expr"] for panel in PANELS for target in panel["targets"]]
    return [one.replace("$__rate_interval", "5m") for one in found]


@pytest.fixture(scope="module")
def figures() -> dict[str, set[tuple[str, str]]]:
    return served()


def test_it_can_be_imported_anywhere():
    assert DASHBOARD["schemaVersion"] >= 36 and DASHBOARD["uid"] and DASHBOARD["title"]
    names = [variable["name"] for variable in DASHBOARD["templating"]["list"]]
    assert names == ["datasource", "job", "instance"]
    for panel in PANELS:
        sources = {panel["datasource"]["uid"], *(target["datasource"]["uid"] for target in panel["targets"])}
        assert sources == {"${datasource}"}, panel["title"]
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(set(ids)) == len(ids)


def test_no_panel_covers_another():
    taken = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken and place["x"] + place["w"] <= 24, panel["title"]
        taken |= cells


def test_every_figure_and_label_is_there(figures):
    known = {name for labels in figures.values() for name, _ in labels} | {"job", "instance"}
    values = {pair for labels in figures.values() for pair in labels}
    for expression in expressions():
        assert figures_in(expression) <= figures.keys() | OF_PROMETHEUS, expression
        for label, value in labels_in(expression):
            assert label in known, expression
            assert value is None or (label, value) in values, expression


def test_it_shows_what_the_issue_asks_for():
    shown = {name for one in expressions() for name in figures_in(one)}
    for part in (
        "turns_total",
        "outcomes_total",
        "safety_flags_total",
        "fallbacks_total",
        "action_errors_total",
        "outbox_events",
        "stage_duration_seconds_bucket",
        "store_up",
        "build_info",
    ):
        assert f"sociale_triage_{part}" in shown
    assert "process_resident_memory_bytes" in shown
    quantiles = {match for one in expressions() for match in re.findall(r"quantile\(([\d.]+)", one)}
    assert {"0.5", "0.95", "0.99"} <= quantiles


def test_prometheus_reads_every_expression(tmp_path):
    promtool("check", "rules", in_rules(tmp_path, expressions()))
