"""The quoted sentences of the red-flag list on suicidality, violence and confusion get their outcome."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.triage.screen import Screen

CASES = yaml.safe_load((Path(__file__).parent / "quoted_sections_3_4_5.yml").read_text(encoding="utf-8"))
DANGER = ("spoed_112", "crisis_113", "onveilig", "huisarts_vandaag")


@pytest.mark.parametrize(("outcome", "text"), [(code, text) for code in DANGER for text in CASES[code]])
def test_fires_in_full(outcome: str, text: str) -> None:
    screening = Screen.load().check(text)
    assert (screening.outcome, screening.soft) == (outcome, False)


@pytest.mark.parametrize("text", CASES["geen"])
def test_nothing_fires_in_full(text: str) -> None:
    screening = Screen.load().check(text)
    assert screening.outcome is None or screening.soft


@pytest.mark.parametrize("text", CASES["zacht"])
def test_joke_grief_or_denial_is_never_more_than_the_line_itself(text: str) -> None:
    assert Screen.load().check(text).outcome in (None, "crisis_113")


def known_misses():
    for case in CASES["bekend_gemist"]:
        yield pytest.param(case["tekst"], marks=pytest.mark.xfail(reason=case["reden"], strict=True))


@pytest.mark.parametrize("text", known_misses())
def test_known_misses(text: str) -> None:
    assert Screen.load().check(text).outcome is not None
