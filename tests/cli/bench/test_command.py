"""`bench`: the arithmetic and the file; the figures themselves depend on the machine."""

from __future__ import annotations

import json
import sys
import types

from api.cli.bench import TALK, percentiles, resident_mb
from api.cli.main import main
from bot.turn import Turn
from tests.cli.fakes import FakeAssistant, message


def test_percentiles_of_known_figures():
    assert percentiles([float(n) for n in range(100, 0, -1)]) == {
        "n": 100, "p50": 51.0, "p95": 96.0, "max": 100.0,
    }  # fmt: skip


def test_memory_is_a_plausible_number_of_megabytes():
    assert 5 < resident_mb() < 100_000


def test_the_path_of_the_json_file_is_the_last_line(monkeypatch, tmp_path, capsys):
    rounds = 2
    turns = [Turn([message("Ja.")])] * (len(TALK) * (rounds + 1))

    async def load_assistant(settings):
        return FakeAssistant(*turns)

    fake = types.SimpleNamespace(load_assistant=load_assistant)
    monkeypatch.setitem(sys.modules, "bot.assistant", fake)
    output = tmp_path / "bench.json"
    assert main(["bench", "--rounds", str(rounds), "--output", str(output)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(output)
    report = json.loads(output.read_text(encoding="utf-8"))
    assert report["turnMs"]["n"] == len(TALK) * rounds
    assert "ratios" not in report
