"""The pages on access and the audit name every code there is, and no other."""

from __future__ import annotations

import re

from api.access.audit import ACTIONS
from api.access.oidc_faults import REASONS
from tests.docs.markdown import ROOT


def table(page: str, heading: str) -> list[tuple[str, str]]:
    """The rows of the table whose first column is called `heading`, codes without their ticks."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    rows = re.search(rf"^\| {heading} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.M)[1]
    return re.findall(r"^\| `([^`]+)` \| (.*) \|$", rows, re.M)


def test_the_audit_page_is_equal_to_the_code():
    assert table("audit.md", "action") == list(ACTIONS)


def test_the_reasons_of_a_failed_sign_in_are_those_of_the_code():
    assert [code for code, _ in table("access.md", "code")] == list(REASONS)
