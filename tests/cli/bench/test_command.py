"""`bench` on two fake sides: one file with the shape of the contract, one table, and pages to publish."""

from __future__ import annotations

import json
from functools import partial

import pytest

from api.cli.bench import command
from api.cli.bench.measure import Plan
from api.cli.main import main
from tests.cli.bench.fake_sides import EXAMPLES, REPORT, fake_side

SMALL = {
    "clients": {1: 1, 4: 1, 16: 1},
    "warm_up": 1,
    "long_turns": 200,
    "long_conversations": 1,
    "triage_requests": 16,
}


@pytest.fixture
def fake_sides(monkeypatch):
    monkeypatch.setattr(command, "ours", lambda: fake_side("ours"))
    monkeypatch.setattr(command, "stock", lambda model: fake_side("stock"))
    monkeypatch.setattr(command, "Plan", partial(Plan, **SMALL))
    monkeypatch.setattr(command, "_trained_model", lambda: command.ROOT / "models" / "sociale-triage.tar.gz")
    monkeypatch.setattr(command, "trained_examples", lambda: EXAMPLES)
    monkeypatch.setattr(command, "measure_screen", lambda examples: REPORT["screen"])


def test_one_run_one_table_and_the_path_of_the_file_as_the_last_line(fake_sides, tmp_path, capsys):
    output = tmp_path / "new" / "bench.json"
    assert main(["bench", "--rounds", "2", "--output", str(output)]) == 0
    *lines, path = capsys.readouterr().out.splitlines()
    assert path == str(output)
    assert any(line.startswith("16 clients: 95th percentile per turn") for line in lines)
    report = json.loads(output.read_text(encoding="utf-8"))
    assert set(report["ratios"]) == {"turnsPerSecond16", "p95At16", "memory", "turn200Over5"}
    assert all(ratio > 0 for ratio in report["ratios"].values())
    assert report["seed"] and report["machine"]["cores"] and report["versions"]["rasa"]
    for side in ("ours", "stock"):
        assert set(report[side]["load"]) == {"1", "4", "16"}
        assert set(report[side]["turnCostMs"]) == {"5", "50", "200"}
        assert report[side]["load"]["16"]["turns"] == 2 * 16 * 8
        assert report[side]["load"]["16"]["errors"] == 0
        assert report[side]["health"]["checks"] > 0
        assert len(report[side]["rounds"]) == 2
    assert report["ours"]["triage"]["16"]["errors"] == 0
    assert report["answers"]["same"] == report["answers"]["turns"] == 2 * ((1 + 4 + 16) * 8 + 200)


def test_publishing_measures_nothing_and_writes_page_pictures_and_file(tmp_path, capsys):
    file, docs = tmp_path / "bench.json", tmp_path / "docs"
    file.write_text(json.dumps(REPORT), encoding="utf-8")
    (docs / "images").mkdir(parents=True)
    assert command.publish(file, docs) == 0
    written = {docs / name for name in ("bench.md", "bench.json")}
    written |= {docs / "images" / name for name in ("bench-latency.svg", "bench-cost.svg")}
    assert set(map(str, written)) == set(capsys.readouterr().out.split())
    assert json.loads((docs / "bench.json").read_text(encoding="utf-8")) == REPORT
    assert all(path.stat().st_size for path in written)
