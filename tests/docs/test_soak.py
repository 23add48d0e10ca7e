"""The page about half an hour of use shows the figures of one run, which stand beside it."""

from __future__ import annotations

import json

from api.cli.soak.page import page
from api.cli.soak.traffic import DANGER
from bot.fallback import by_rules_alone
from tests.docs.markdown import ROOT

DOCS = ROOT / "docs"


def test_the_page_is_that_of_the_published_run():
    report = json.loads((DOCS / "soak.json").read_text(encoding="utf-8"))
    assert (DOCS / "soak.md").read_text(encoding="utf-8") == page(report)


def test_the_rules_alone_see_the_danger_that_a_soak_speaks_of():
    assert all(by_rules_alone(text).is_danger for text in DANGER)
