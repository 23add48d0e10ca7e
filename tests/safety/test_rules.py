"""Every example of every rule does what it should, and every group of the red-flag list has rules."""

import pytest

from bot.triage.screen import Screen

RULES = Screen.load().rules
GROUPS = {
    "hart", "beroerte", "ademnood", "bewustzijn_letsel", "vergiftiging", "infectie", "zwangerschap",
    "brand_vermissing", "huisarts_vandaag", "suicidaliteit", "zelfbeschadiging", "geweld_dwang",
    "seksueel_geweld", "verward_psychose", "kanker", "dementie", "sociale_spoed", "anderstalig",
}  # fmt: skip


each_group = pytest.mark.parametrize("group", sorted({rule.group for rule in RULES}))


def rules_of(group):
    return [rule for rule in RULES if rule.group == group]


def fires(rule, text):
    return rule.id in {hit.rule_id for hit in Screen.load().check(text).hits}


@each_group
def test_must_fire(group):
    texts = [(rule, text) for rule in rules_of(group) for text in rule.must_fire]
    assert [(rule.id, text) for rule, text in texts if not fires(rule, text)] == []


@each_group
def test_must_not_fire(group):
    texts = [(rule, text) for rule in rules_of(group) for text in rule.must_not_fire]
    assert [(rule.id, text) for rule, text in texts if fires(rule, text)] == []


def test_every_group_of_the_list_has_rules():
    assert {rule.group for rule in RULES} == GROUPS


def is_complete(rule):
    return rule.source and len(rule.must_fire) >= 5 and len(rule.must_not_fire) >= 5


def test_every_rule_is_complete():
    assert [rule.id for rule in RULES if not is_complete(rule)] == []
