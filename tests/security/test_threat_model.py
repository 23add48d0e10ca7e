"""The threat model stays one page, and each protection names a test that is there."""

from __future__ import annotations

import re

from bot.training import ROOT

PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("| ")][1:]


def test_every_threat_names_a_test_that_is_there():
    assert len(ROWS) > 10
    for threat, stopped, proof, _ in ROWS:
        named = re.findall(r"`([^`]+)`", proof)
        assert named and stopped.strip(), threat
        for path in named:
            assert (ROOT / "tests" / path).exists(), path


def test_it_stays_one_page():
    text = "\n".join(line for line in PAGE.splitlines() if not line.startswith("|"))
    assert len(text.split()) < 500 and len(PAGE.split()) < 900
