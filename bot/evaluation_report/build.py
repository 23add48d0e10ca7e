"""Put the evaluation report together and write it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.assessor import Assessor
from bot.evaluation_report.errors import instructive_errors
from bot.evaluation_report.page import page
from bot.evaluation_report.targets import target_outcomes
from bot.exam import all_answers, measured_version
from bot.training import ROOT
from bot.triage.corpus import load_corpus
from bot.triage.evaluation import Answer, Case, metrics

JSON_FILE = ROOT / "docs" / "evaluation.json"
PAGE_FILE = ROOT / "docs" / "evaluation.md"
CORPUS = ROOT / "data" / "nlu"


def build_report(
    assessor: Assessor,
    exam: dict[str, list[Answer]],
    conversations: Mapping[str, Mapping],
    variants: dict | None = None,
    model: Path | None = None,
) -> dict[str, Any]:
    """The whole report as JSON values, with Dutch names as in the contract.

    `exam` holds what `assessor` answers to the exam (`bot.exam.answer_exam`), `conversations` what
    `converse --json` gives for each file, `variants` what `measure_variants` gave, now or before.
    """

    def certainty(case: Case) -> float:
        return assessor.assess(case.text, case.place, case.channel).certainty

    return {
        "datum": date.today().isoformat(),
        "versie": measured_version(model),
        "uitingen": len(load_corpus(CORPUS)),
        **exam_figures(exam),
        "gesprekken": {name: _without_transcripts(played) for name, played in conversations.items()},
        "doelen": target_outcomes(exam, conversations),
        "fouten": instructive_errors(all_answers(exam), certainty),
        "varianten": variants,
    }


def exam_figures(exam: dict[str, list[Answer]]) -> dict[str, Any]:
    """`{"bestanden": {name: metrics}, "alles": metrics}`, as `evaluate --json` prints."""
    return {
        "bestanden": {name: metrics(answers) for name, answers in exam.items()},
        "alles": metrics(all_answers(exam)),
    }


def published_variants(file: Path = JSON_FILE) -> dict | None:
    """What the last published report says of learning curve and parts; None where it says nothing."""
    if not file.exists():
        return None
    return json.loads(file.read_text(encoding="utf-8"))["varianten"]


def write_report(report: dict[str, Any]) -> None:
    """Write the report for programs and for people, in docs/."""
    text = json.dumps(report, ensure_ascii=False, indent=1)
    JSON_FILE.write_text(text + "\n", encoding="utf-8")
    PAGE_FILE.write_text(page(report), encoding="utf-8")


def _without_transcripts(played: Mapping) -> dict:
    failed = [{"id": one["id"], "waarom": one["waarom"]} for one in played["gezakt"]]
    return {"n": played["n"], "geslaagd": played["geslaagd"], "gezakt": failed}
