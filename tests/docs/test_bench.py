"""The page about speed shows the figures of one run, which stand beside it."""

from __future__ import annotations

import json

from api.cli.bench.page import contents
from tests.docs.markdown import ROOT

DOCS = ROOT / "docs"


def test_the_page_and_its_pictures_are_those_of_the_published_run():
    report = json.loads((DOCS / "bench.json").read_text(encoding="utf-8"))
    for path, content in contents(report).items():
        published = (DOCS / path).read_text(encoding="utf-8")
        assert published == content, f"docs/{path}: run `sociale-triage bench --publish docs/bench.json`"
