"""Every example of every rule does what it should, and every group of the red-flag list has rules."""

import pytest

from bot.triage.screen import Screen

RULES = Screen.load().rules
GROUPS = {
    "hart", "beroerte", "ademnood", "bewustzijn_letsel", "vergiftiging", "infectie", "zwangerschap",
    "brand_vermissing", "huisarts_vandaag", "suicidaliteit", "zelfbeschadiging", "geweld_dwang",
    "seksueel_geweld", "verward_psychose", "kanker", "dementie", "sociale_spoed", "anderstalig",
}  # fmt: skip


each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def fired(text):
    return {hit.rule_id for hit in Screen.load().check(text).hits}


@each_rule
def test_must_fire(rule):
    assert [text for text in rule.must_fire if rule.id not in fired(text)] == []


@each_rule
def test_must_not_fire(rule):
    assert [text for text in rule.must_not_fire if rule.id in fired(text)] == []


def test_every_group_of_the_list_has_rules():
    assert {rule.group for rule in RULES} == GROUPS


@each_rule
def test_rule_is_complete(rule):
    assert rule.source
    assert len(rule.must_fire) >= 5
    assert len(rule.must_not_fire) >= 5
