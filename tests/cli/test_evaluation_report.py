"""`evaluation-report`: everything is answered and played, and the targets are printed."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from api.cli.main import main
from bot.turn import Turn
from tests.cli.fakes import FakeAssistant, message, triage_of


@dataclass
class Assessment:
    outcome: str = "sociaal"
    routes: tuple[str, ...] = ("rouw",)
    certainty: float = 0.8


class SureAssessor:
    """Calls everything social, and is sure of it."""

    def assess(self, text: str, place: str | None = None, channel: str = "bewoner") -> Assessment:
        return Assessment()


KEPT = {"datum": "2026-11-01", "uitingen": 10, "leercurve": [], "weggelaten": []}


@pytest.fixture
def written(tmp_path, monkeypatch):
    """A small exam, no model, and the report in a folder of its own."""
    cases = {
        "algemeen": {"id": "a", "tekst": "ik mis hem", "uitkomst": "sociaal", "routes": ["rouw"]},
        "gevaar": {"id": "b", "tekst": "ik wil dood", "uitkomst": "crisis_113", "verboden": ["sociaal"]},
        "gesprekken": {"id": "g", "beurten": ["hallo"], "verwacht": {"uitkomst": "sociaal"}},
    }
    for name, case in cases.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(case), encoding="utf-8")
    published = tmp_path / "evaluation.json"
    published.write_text(json.dumps({"varianten": KEPT}), encoding="utf-8")

    async def load_assistant(settings):
        return FakeAssistant(Turn([message("Hier.")], triage_of("sociaal")))

    from bot import exam
    from bot.evaluation_report import build

    conversations, answer_exam = exam.conversation_files(tmp_path), exam.answer_exam
    monkeypatch.setattr("api.cli.evaluation_report.open_assessor", SureAssessor)
    monkeypatch.setattr("bot.assistant.load_assistant", load_assistant)
    monkeypatch.setattr(exam, "answer_exam", lambda assess: answer_exam(assess, tmp_path))
    monkeypatch.setattr(exam, "conversation_files", lambda: conversations)
    monkeypatch.setattr(
        build, "measured_version", lambda model: {"model": "m", "regels": "r", "taalmodel": "t"}
    )
    monkeypatch.setattr(build, "published_variants", lambda: KEPT)
    monkeypatch.setattr(build, "JSON_FILE", published)
    monkeypatch.setattr(build, "PAGE_FILE", tmp_path / "evaluation.md")
    return published


def test_the_report_is_written_and_the_targets_are_printed(written, capsys):
    assert main(["evaluation-report"]) == 0
    report = json.loads(written.read_text(encoding="utf-8"))
    assert report["alles"]["n"] == 2
    assert report["gesprekken"] == {"gesprekken": {"n": 1, "geslaagd": 1, "gezakt": []}}
    assert [(one["id"], one["zekerheid"]) for one in report["fouten"]] == [("b", 0.8)]
    assert report["varianten"] == KEPT
    printed = capsys.readouterr().out
    assert "danger caught        minstens 95 %       0.0 %  NIET GEHAALD" in printed
    assert "conversations whole  minstens 80 %     100.0 %  gehaald" in printed
    assert written.with_suffix(".md").read_text(encoding="utf-8").startswith("# How well does it do?")


def test_variants_are_measured_when_asked_for(written, monkeypatch, capsys):
    def measure_variants(assessor, corpus, tell):
        tell("half")
        return {**KEPT, "uitingen": len(corpus)}

    monkeypatch.setattr("bot.evaluation_report.variants.measure_variants", measure_variants)
    main(["evaluation-report", "--variants"])
    report = json.loads(written.read_text(encoding="utf-8"))
    assert report["varianten"]["uitingen"] == report["uitingen"] > 10
    assert "meet: half" in capsys.readouterr().out
