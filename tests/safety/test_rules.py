"""Every example of every rule does what it should, and every group of the red-flag list has rules."""

import pytest

from bot.triage.screen import Screen

RULES = Screen.load().rules
GROUPS = {
    "hart", "beroerte", "ademnood", "bewustzijn_letsel", "vergiftiging", "infectie", "zwangerschap",
    "brand_vermissing", "huisarts_vandaag", "suicidaliteit", "zelfbeschadiging", "geweld_dwang",
    "seksueel_geweld", "verward_psychose", "kanker", "dementie", "sociale_spoed", "anderstalig",
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


def test_every_group_of_the_list_has_rules():
    assert {rule.group for rule in RULES} == GROUPS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_complete(rule):
    assert rule.source
    assert len(rule.must_fire) >= 5
    assert len(rule.must_not_fire) >= 5
