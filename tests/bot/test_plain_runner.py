"""What Rasa is spared: the rest of the runner is held by every conversation of the tests."""

from __future__ import annotations

import re
from pathlib import Path

from rasa.core import processor
from rasa.core.policies import rule_policy

from bot.plain_runner import copy_nothing_for_the_log


def test_rasa_copies_nothing_for_a_log_that_nobody_reads(monkeypatch):
    for module in (processor, rule_policy):
        monkeypatch.setattr(module, "copy", module.copy)  # put back afterwards
    copy_nothing_for_the_log()
    value = {"a": [1]}
    assert processor.copy.deepcopy(value) is value and rule_policy.copy.deepcopy(value) is value


def test_it_copies_for_its_log_only():
    """A new version of Rasa that copies for another reason fails here."""
    for module, lines in ((processor, 6), (rule_policy, 1)):
        source = Path(module.__file__).read_text(encoding="utf-8")
        assert re.findall(r"\bcopy\.\w+\(", source) == ["copy.deepcopy("] * lines
