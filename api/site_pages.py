"""The HTML pages of api/pages/: templates with `{{name}}` where a part comes in."""

from __future__ import annotations

import re
from pathlib import Path

PAGES = Path(__file__).parent / "pages"

_GAP = re.compile(r"\{\{(\w+)\}\}")


def page(name: str, **parts: str) -> str:
    """The page `name` with `parts` in its gaps; the parts are HTML, escaped by their makers.

    A gap that no part fills is filled by the file of that name in `delen/`, which pages share. Raises
    FileNotFoundError where there is none. What comes in is not searched for gaps again.
    """
    template = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    return _GAP.sub(lambda gap: parts[gap[1]] if gap[1] in parts else _shared(gap[1]), template)


def _shared(name: str) -> str:
    return (PAGES / "delen" / f"{name}.html").read_text(encoding="utf-8").rstrip("\n")
