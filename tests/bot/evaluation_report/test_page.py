"""The page shows what was measured, and says what was not."""

from __future__ import annotations

from bot.evaluation_report.build import exam_figures, published_variants
from bot.evaluation_report.page import NOT_MEASURED, page
from bot.triage.evaluation import Answer, Case

ROW = {
    "variant": "half",
    "uitingen": 1500,
    "goedAandeel": 0.8,
    "verbodenAandeel": 0.05,
    "gevaarRecall": 0.9,
    "valsAlarm": 0.04,
    "routeTop1": None,
    "trainingSeconden": 40,
}


def report(**changes) -> dict:
    answers = [
        Answer(Case("a", "tekst", "sociaal", routes=("rouw",)), "sociaal", ("rouw",), 9.6),
        Answer(Case("b", "tekst", "crisis_113"), "medisch", (), 9.6),
    ]
    target = {
        "doel": "right",
        "bestanden": "algemeen*",
        "grens": 0.86,
        "hoogstens": False,
        "cijfer": 0.5,
        "bereikt": False,
    }
    error = {
        "id": "b",
        "soort": "missed danger",
        "verwacht": "crisis_113",
        "gegeven": "medisch",
        "zekerheid": 0.7,
        "tekst": "een | *tekst* [met](tekens) <b>",
    }
    return {
        "datum": "2026-11-22",
        "versie": {"model": "m1", "regels": "r1", "taalmodel": "t1"},
        "uitingen": 28000,
        **exam_figures({"algemeen": answers}),
        "gesprekken": {"gesprekken": {"n": 2, "geslaagd": 1, "gezakt": [{"id": "g2", "waarom": "x"}]}},
        "doelen": [target],
        "fouten": [error],
        "varianten": None,
        **changes,
    }


def test_the_page_shows_every_part():
    text = page(report())
    for line in (
        "| right | `algemeen*` | at least 86.0 % | 50.0 % | **not reached** |",
        "| `algemeen` | 2 | 50.0 % | 0.0 % | 0.0 % | 0.0 % | 100.0 % | 10 |",
        "| `sociaal` | 1 | 100.0 % | 100.0 % |",
        "| `crisis_113` | · | **0** | · | · | 1 | · | · | · | · | · |",
        "| `gesprekken` | 2 | 1 | `g2` |",
        "1 of 1 are not reached",
        "1 of the 1 danger texts",
        "28,000 training utterances",
    ):
        assert line in text


def test_a_text_cannot_break_the_table():
    assert r"| een \| \*tekst\* \[met\](tekens) \<b\> |" in page(report())


def test_what_was_not_measured_is_said():
    assert page(report()).count(NOT_MEASURED) == 2


def test_variants_are_shown_with_when_and_on_what_they_were_measured():
    variants = {"datum": "2026-11-01", "uitingen": 3000, "leercurve": [ROW], "weggelaten": [ROW]}
    text = page(report(varianten=variants))
    assert NOT_MEASURED not in text
    assert "Measured on 2026-11-01 with 3,000 utterances." in text
    assert text.count("| half | 1,500 | 80.0 % | 5.0 % | 90.0 % | 4.0 % | – | 40 |") == 2


def test_the_published_variants_are_kept(tmp_path):
    file = tmp_path / "evaluation.json"
    assert published_variants(file) is None
    file.write_text('{"varianten": {"uitingen": 1}}', encoding="utf-8")
    assert published_variants(file) == {"uitingen": 1}
