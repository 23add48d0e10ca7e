"""`evaluate`: score a case file."""

from __future__ import annotations

import json

import pytest

from api.cli.main import main
from bot.exam import exam_files
from tests.cli.fakes import FakeAssessor

CASES = (
    {"id": "a", "tekst": "ik krijg geen adem", "uitkomst": "spoed_112"},
    {"id": "b", "tekst": "ik ben alleen", "uitkomst": "sociaal", "routes": ["odensehuis"]},
    {"id": "c", "tekst": "ik wil dood", "uitkomst": "crisis_113", "verboden": ["sociaal"]},
)


@pytest.fixture(autouse=True)
def fake_assessor(monkeypatch):
    monkeypatch.setattr("api.cli.evaluate.open_assessor", FakeAssessor)


@pytest.fixture
def case_file(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(json.dumps(case) for case in CASES), encoding="utf-8")
    return str(file)


def test_json_is_one_object_with_the_metrics(case_file, capsys):
    assert main(["evaluate", case_file, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["n"], figures["goed"], figures["verboden"]) == (3, 2, 1)
    assert figures["gevaarGemist"] == ["c"]
    assert figures["routeTop1"] == 1.0
    assert "fouten" not in figures


def test_errors_lists_each_wrong_case(case_file, capsys):
    assert main(["evaluate", case_file, "--errors"]) == 0
    assert "! c: crisis_113 -> sociaal: ik wil dood" in capsys.readouterr().out


def test_errors_stand_in_the_json_too(case_file, capsys):
    main(["evaluate", case_file, "--json", "--errors"])
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["fouten"]] == ["c"]


def test_one_file_prints_its_confusion_matrix(case_file, capsys):
    main(["evaluate", case_file])
    lines = capsys.readouterr().out.splitlines()
    [row] = [line.split() for line in lines if line.split()[1:2] == ["crisis_113"]]
    assert row[2:] == ["."] * 5 + ["1"] + ["."] * 4


@pytest.fixture
def exam(tmp_path, monkeypatch):
    """An exam of two files, with conversations beside them."""
    for name, cases in (("algemeen", CASES[1:2]), ("gevaar", CASES[::2])):
        text = "\n".join(json.dumps(case) for case in cases)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    for name in ("gesprekken", "gesprekken_twee"):
        (tmp_path / f"{name}.jsonl").write_text('{"id": "g", "beurten": ["hallo"]}', encoding="utf-8")
    monkeypatch.setattr("bot.exam.exam_files", lambda: exam_files(tmp_path))


def test_without_a_file_the_whole_exam_is_scored_per_file_and_together(exam, capsys):
    assert main(["evaluate", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {name: row["n"] for name, row in found["bestanden"].items()} == {"algemeen": 1, "gevaar": 2}
    assert (found["alles"]["n"], found["alles"]["gevaarRecall"]) == (3, 0.5)
    assert "fouten" not in found


def test_the_table_of_the_exam_has_a_row_per_file_and_one_for_all(exam, capsys):
    assert main(["evaluate", "--errors"]) == 0
    printed = capsys.readouterr().out
    rows = {line.split()[0]: line.split()[1:] for line in printed.splitlines() if line}
    assert rows["gevaar"] == ["2", "50.0", "%", "50.0", "%", "50.0", "%", "-", "-"]
    assert rows["alles"][0] == "3"
    assert "! c: crisis_113 -> sociaal: ik wil dood" in printed


def test_a_faulty_case_file_names_the_line(tmp_path, capsys):
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "a", "tekst": "x", "uitkomst": "misschien"}\n', encoding="utf-8")
    assert main(["evaluate", str(file)]) == 2
    assert "cases.jsonl:1" in capsys.readouterr().err
