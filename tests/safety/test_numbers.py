"""Whatever the program ships names only checked telephone numbers; a forbidden one fails the build."""

from __future__ import annotations

from pathlib import Path

import pytest
from sociale_kaart.phones import digits, numbers_in

from actions.context import build_context
from api.fallback import _CALLS, _TEXT

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(
    [
        *(ROOT / "data" / "answers").glob("*.yml"),
        *(ROOT / "api" / "pages").rglob("*.*"),
        *(ROOT / "bot" / "domain").glob("*.yml"),
        *(ROOT / "docs").glob("*.md"),
        ROOT / "README.md",
        ROOT / "api" / "fallback.py",
        ROOT / "api" / "problems.py",
    ]
)
TEXTS = [path for path in SHIPPED if path.suffix in (".yml", ".html", ".js", ".css", ".md", ".py")]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_shipped_texts_name_only_checked_numbers(path):
    allowed = build_context().numbers.front_desk
    assert [number for number in numbers_in(path.read_text(encoding="utf-8")) if number not in allowed] == []


def test_the_last_net_names_only_checked_numbers():
    allowed = build_context().numbers.resident
    assert set(numbers_in(_TEXT)) | {digits(line["telefoon"]) for line in _CALLS} <= allowed
