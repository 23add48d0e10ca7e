"""The published safety report says what the program does: the rules to the letter, the exam in figures."""

from __future__ import annotations

import json

import pytest

from bot.safety_report.build import JSON_FILE, PAGE_FILE, build_report
from bot.safety_report.page import page

MOST_DIFFERENCE = 0.01
"""Another processor may turn a case or two; a model with another Dutch language model is not compared."""


@pytest.fixture(scope="module")
def published() -> dict:
    return json.loads(JSON_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def fresh(exam_answers) -> dict:
    return build_report(exam_answers)


def test_the_page_shows_the_published_figures(published):
    assert PAGE_FILE.read_text(encoding="utf-8") == page(published)


def test_the_page_says_what_the_program_is_for_and_who_looked(published):
    text = PAGE_FILE.read_text(encoding="utf-8")
    for promise in ("geen diagnose", "geen urgentie", "wegwijzer", "Het mist gevaar", "Bekende fouten"):
        assert promise in text
    if not any(rule["nagekekenDoor"] for rule in published["regels"]):
        assert "**Niemand.**" in text


@pytest.mark.model
def test_the_published_rules_are_the_rules(published, fresh):
    for part in ("regels", "bekendeFouten", "alleenRegels"):
        assert published[part] == fresh[part], "run `make safety-report`"
    assert published["versie"]["regels"] == fresh["versie"]["regels"]


@pytest.mark.model
def test_the_published_figures_are_those_of_this_model(published, fresh):
    if published["versie"]["taalmodel"] != fresh["versie"]["taalmodel"]:
        pytest.skip("the published figures were measured with another Dutch language model")
    assert published["versie"] == fresh["versie"], "run `make safety-report`"
    for name, share in published["examen"]["totaal"].items():
        now = fresh["examen"]["totaal"][name]
        assert now["van"] == share["van"]
        assert now["aandeel"] == pytest.approx(share["aandeel"], abs=MOST_DIFFERENCE), name
