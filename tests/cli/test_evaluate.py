"""`evaluate`: score a case file."""

from __future__ import annotations

import json

import pytest

from api.cli.main import main
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


def test_a_faulty_case_file_names_the_line(tmp_path, capsys):
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "a", "tekst": "x", "uitkomst": "misschien"}\n', encoding="utf-8")
    assert main(["evaluate", str(file)]) == 2
    assert "cases.jsonl:1" in capsys.readouterr().err
