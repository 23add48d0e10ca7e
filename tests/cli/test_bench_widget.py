"""`bench-widget`: what it says and when it refuses; the figures themselves depend on the machine."""

from __future__ import annotations

import json

import pytest

from api.cli import bench_widget
from api.cli.main import main

FIGURES = {
    "runs": 5,
    "gzippedBytes": 12_899,
    "firstRenderMs": 31.0,
    "greetingMs": 60.0,
    "firstAnswerMs": 90.5,
    "layoutShift": 0,
    "requests": 4,
    "memory": [
        {"messages": 50, "heapKb": 2000, "nodes": 900},
        {"messages": 500, "heapKb": 2100, "nodes": 910},
    ],
    "ratios": {"heapGrowth": 1.05, "nodeGrowth": 1.01},
}


@pytest.fixture
def measured(monkeypatch):
    """What was asked of the measurement; it gives FIGURES."""
    asked = []

    def measure(*what):
        asked.append(what)
        return FIGURES

    monkeypatch.setattr(bench_widget, "_measure", measure)
    monkeypatch.setattr(bench_widget, "find_chromium", lambda wanted: wanted or "/usr/bin/chromium")
    return asked


def test_figures_stand_beside_their_targets_and_the_path_is_the_last_line(measured, tmp_path, capsys):
    output = tmp_path / "new" / "bench.json"
    assert main(["bench-widget", "--runs", "2", "--messages", "100", "--output", str(output)]) == 0
    assert measured == [("/usr/bin/chromium", 2, 100)]
    *lines, path = capsys.readouterr().out.splitlines()
    assert path == str(output)
    assert "first render 31.0 ms (target: under 100)" in lines
    assert "after 500 messages: 2100 kB heap, 910 nodes" in lines
    assert json.loads(output.read_text(encoding="utf-8")) == {"targets": bench_widget.TARGETS, **FIGURES}


def test_memory_is_not_compared_over_fewer_messages_than_its_first_measurement(measured, tmp_path):
    main(["bench-widget", "--messages", "1", "--output", str(tmp_path / "bench.json")])
    assert measured[0][2] == bench_widget.EARLY


def test_without_a_browser_it_says_how_to_get_one(measured, monkeypatch, capsys):
    monkeypatch.setattr(bench_widget, "find_chromium", lambda wanted: None)
    assert main(["bench-widget"]) == 2
    assert "apt install chromium" in capsys.readouterr().err
    assert not measured


def test_without_the_built_file_it_says_how_to_build_it(measured, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(bench_widget, "SCRIPT", tmp_path / "sociale-triage.js")
    assert main(["bench-widget"]) == 2
    assert "make widget" in capsys.readouterr().err
