"""Every example of every rule, and every sentence quoted in the red-flag list, does what it should."""

from pathlib import Path

import pytest
import yaml

from bot.triage.screen import Screen

CASES = yaml.safe_load((Path(__file__).parent / "quoted_sentences.yml").read_text(encoding="utf-8"))
RULES = Screen.load().rules
MEDICAL = {
    "hart", "beroerte", "ademnood", "bewustzijn_letsel", "vergiftiging", "infectie", "zwangerschap",
    "brand_vermissing", "huisarts_vandaag", "kanker", "dementie", "anderstalig",
}  # fmt: skip


def examples(kind):
    return [
        pytest.param(rule.id, text, id=f"{rule.id}: {text}") for rule in RULES for text in getattr(rule, kind)
    ]


def fired(text):
    return {hit.rule_id for hit in Screen.load().check(text).hits}


@pytest.mark.parametrize(("rule_id", "text"), examples("must_fire"))
def test_must_fire(rule_id, text):
    assert rule_id in fired(text)


@pytest.mark.parametrize(("rule_id", "text"), examples("must_not_fire"))
def test_must_not_fire(rule_id, text):
    assert rule_id not in fired(text)


def test_all_medical_groups_are_there():
    assert {rule.group for rule in RULES} >= MEDICAL


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_complete(rule):
    assert rule.source
    assert len(rule.must_fire) >= 5
    assert len(rule.must_not_fire) >= 5


def quoted():
    for case in CASES["cases"]:
        marks = [pytest.mark.xfail(reason=case["known"])] if "known" in case else []
        yield pytest.param(case["text"], case["outcomes"], marks=marks, id=case["text"])


@pytest.mark.parametrize(("text", "outcomes"), quoted())
def test_quoted_sentence(text, outcomes):
    """`outcomes` are the allowed actions of the first hit; "geen" stands for no flag at all."""
    hits = Screen.load().check(text).hits
    assert (hits[0].action if hits else "geen") in outcomes
