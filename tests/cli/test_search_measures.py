"""The commands that measure the search: they print a table, and never a query of the exam."""

from __future__ import annotations

import json

import pytest

from api.cli.main import main


@pytest.fixture(autouse=True)
def own_database(monkeypatch, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp() / "cli-catalogue"
    monkeypatch.setenv("CATALOGUS_PAD", str(folder / "catalogus.sqlite"))


def test_bench_catalogue_writes_its_figures(tmp_path, capsys):
    output = tmp_path / "bench.json"
    assert main(["bench-catalogue", "--sizes", "60", "120", "--queries", "10", "--output", str(output)]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == str(output) and "difflib" in printed
    report = json.loads(output.read_text(encoding="utf-8"))
    assert {"growth", "faster than difflib"} <= set(report["ratios"])
    assert [part["size"] for part in report["compiled"]] == [60, 120]


def test_evaluate_search_prints_totals_only(tmp_path, capsys):
    path = tmp_path / "vragen.jsonl"
    query = {
        "id": "x-1",
        "zoek": "odensehuis groninge",
        "groep": "verschreven",
        "begrepen": {
            "route": "odensehuis",
            "plaats": "Groningen",
            "gemeente": "Groningen",
            "organisatie": None,
        },
    }
    path.write_text(json.dumps(query) + "\n", encoding="utf-8")
    assert main(["evaluate-search", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "1/1 = 100.0%" in printed and "groninge" not in printed
    assert main(["evaluate-search", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["alle"]["route"] == {"right": 1, "of": 1}


def test_a_file_of_something_else_is_refused(tmp_path, capsys):
    path = tmp_path / "iets.jsonl"
    path.write_text('{"tekst": "hoi"}\n', encoding="utf-8")
    assert main(["evaluate-search", str(path)]) == 2
    assert "no search queries" in capsys.readouterr().err
