"""No code of urgency anywhere that an answer could come from: the software is a signpost, no triage."""

from __future__ import annotations

import re

import pytest

from tests.docs.markdown import ROOT

URGENCY = re.compile(
    r"\bU[0-5]\b(?!\w)|urgentie(?:code|niveau|graad|score)|triage(?:code|niveau|score)"
    r"|\bNTS\b|Nederlandse Triage ?[Ss]tandaard|\bESI[- ][1-5]\b|Manchester Triage"
)
"""Codes of the Nederlandse Triage Standaard (U0 to U5) and of other standards of triage."""

OUTPUT = {
    "api": ("**/*.py", "**/*.html", "widget/src/**/*.ts"),
    "bot": ("**/*.py", "**/*.yml"),
    "actions": ("**/*.py",),
    "catalogue": ("sociale_kaart/**/*.py",),
    "data": ("answers/*.yml", "balie/**/*.yml", "widget/**/*.yml", "aanmelding/**/*.yml", "livechat/*.yml"),
}
"""Where answers, fields and codes come from. What people may type (data/nlu, data/safety) is no output."""


@pytest.mark.parametrize("folder", OUTPUT)
def test_no_urgency_code_in_anything_that_leaves(folder):
    found = []
    for pattern in OUTPUT[folder]:
        for path in sorted((ROOT / folder).glob(pattern)):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if match := URGENCY.search(line):
                    found.append(f"{path.relative_to(ROOT)}:{number} {match[0]}")
    assert found == []


def test_no_field_of_the_api_is_about_urgency_or_diagnosis():
    from api.app import create_app
    from tests.own_settings import own_settings

    names: set[str] = set()

    def walk(value: object) -> None:
        for key, inner in value.items() if isinstance(value, dict) else ():
            if key == "properties":
                names.update(inner)
            walk(inner)
        for inner in value if isinstance(value, list) else ():
            walk(inner)

    walk(create_app(own_settings()).openapi())
    assert names and not [name for name in names if re.search(r"urgen|diagnos|triagecode|spoedscore", name)]
