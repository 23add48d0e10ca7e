"""Put the safety report together and write it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from sociale_kaart.files import read_yaml

from bot.exam import answer_exam, measured_version
from bot.fallback import by_rules_alone
from bot.safety_report.figures import exam_figures
from bot.safety_report.page import page
from bot.safety_report.rules import check_rules
from bot.training import ROOT
from bot.triage.decision import Decision
from bot.triage.evaluation import Answer
from bot.triage.screen import Screen

JSON_FILE = ROOT / "docs" / "veiligheidsrapport.json"
PAGE_FILE = ROOT / "docs" / "veiligheidsrapport.md"
QUOTED = ROOT / "tests" / "safety" / "quoted"
"""The sentences of the list of red flags, with the failures that are known."""


def build_report(exam: dict[str, list[Answer]], model: Path | None = None) -> dict[str, Any]:
    """The whole report as JSON values, with Dutch names as in the contract.

    `exam` holds the answers of `model` to the exam (`bot.exam.answer_exam`).
    """
    screen = Screen.load()
    return {
        "datum": date.today().isoformat(),
        "versie": measured_version(model),
        "examen": exam_figures(exam),
        "alleenRegels": exam_figures(answer_exam(_by_rules_alone))["totaal"],
        "bekendeFouten": known_failures(),
        "regels": [checked.as_dict() for checked in check_rules(screen)],
    }


def write_report(report: dict[str, Any]) -> None:
    """Write the report for programs and for people, in docs/."""
    text = json.dumps(report, ensure_ascii=False, indent=1)
    JSON_FILE.write_text(text + "\n", encoding="utf-8")
    PAGE_FILE.write_text(page(report), encoding="utf-8")


def known_failures(folder: Path = QUOTED) -> list[dict[str, str]]:
    """The sentences of the list of red flags that are known to go wrong: `{"tekst", "reden"}`."""
    sections: Iterable[dict[str, list[dict]]] = (read_yaml(path) for path in sorted(folder.glob("*.yml")))
    cases = [case for section in sections for part in section.values() for case in part]
    reasons = [(case["text"], case.get("known") or case.get("known_decision")) for case in cases]
    return [{"tekst": text, "reden": reason} for text, reason in reasons if reason]


def _by_rules_alone(text: str, place: str | None, channel: str) -> Decision:
    return by_rules_alone(text, channel)
