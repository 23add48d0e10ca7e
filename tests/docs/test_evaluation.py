"""The published evaluation says what the program does, and the program does not get worse unnoticed."""

from __future__ import annotations

import json

import pytest

from bot.evaluation_report.build import JSON_FILE, PAGE_FILE, exam_figures
from bot.evaluation_report.page import page
from bot.exam import measured_version

MOST_LOST = 0.01
FEWEST_CASES = 100
"""Files with fewer cases move more than MOST_LOST by one case."""

HIGHER_IS_BETTER = ("goedAandeel", "gevaarRecall", "routeTop1")
LOWER_IS_BETTER = ("verbodenAandeel", "valsAlarm")
AGAIN = "run `make evaluation-report`"


@pytest.fixture(scope="module")
def published() -> dict:
    return json.loads(JSON_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def fresh(published, model, exam_answers) -> dict:
    version = measured_version(model)
    if published["versie"]["taalmodel"] != version["taalmodel"]:
        pytest.skip("the published figures were measured with another Dutch language model")
    return {"versie": version, **exam_figures(exam_answers)}


def test_the_page_shows_the_published_figures(published):
    assert PAGE_FILE.read_text(encoding="utf-8") == page(published), AGAIN


@pytest.mark.model
def test_the_published_figures_are_of_this_model_these_rules_and_this_exam(published, fresh):
    assert published["versie"] == fresh["versie"], AGAIN
    assert _cases(published) == _cases(fresh), AGAIN


@pytest.mark.model
@pytest.mark.parametrize("figure", [*HIGHER_IS_BETTER, *LOWER_IS_BETTER])
def test_no_figure_over_the_whole_exam_got_worse(figure, published, fresh):
    lost = _lost(figure, published["alles"], fresh["alles"])
    assert lost <= MOST_LOST, f"{figure}: {published['alles'][figure]} -> {fresh['alles'][figure]}"


@pytest.mark.model
def test_no_larger_file_got_worse(published, fresh):
    lost = {
        name: (row["goedAandeel"], fresh["bestanden"][name]["goedAandeel"])
        for name, row in published["bestanden"].items()
        if row["n"] >= FEWEST_CASES and _lost("goedAandeel", row, fresh["bestanden"][name]) > MOST_LOST
    }
    assert lost == {}


def _lost(figure: str, before: dict, now: dict) -> float:
    """How much worse the share is than it was; rounded, as the shares are."""
    difference = before[figure] - now[figure]
    return round(difference if figure in HIGHER_IS_BETTER else -difference, 4)


def _cases(report: dict) -> dict[str, int]:
    return {name: row["n"] for name, row in report["bestanden"].items()}
