"""What the tests read from Markdown: code blocks, code spans, links and headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.S | re.M)
SHELLS = ("sh", "bash", "shell", "console")


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """The text without its code blocks."""
        return _FENCE.sub("", self.text)

    @cached_property
    def code_spans(self) -> list[str]:
        return re.findall(r"`([^`\n]+)`", self.prose)

    @cached_property
    def commands(self) -> list[str]:
        """Lines to type from shell blocks: after `$ ` where a block shows output too, else every line."""
        found = []
        for language, block in _FENCE.findall(self.text):
            if language in SHELLS:
                lines = block.replace("\\\n", " ").splitlines()
                shows_output = any(line.startswith("$ ") for line in lines)
                found += [
                    line.removeprefix("$ ").strip()
                    for line in lines
                    if line.startswith("$ ") or (line.strip() and not shows_output and language != "console")
                ]
        return [line for line in found if not line.startswith("#")]

    @cached_property
    def links(self) -> list[str]:
        """Targets of links and images that are no address on another site."""
        targets = re.findall(r"\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)", re.sub(r"`[^`\n]*`", "", self.prose))
        return [target for target in targets if not re.match(r"[a-z]+:", target)]

    @cached_property
    def anchors(self) -> set[str]:
        """The anchors of its headings, as GitHub and GitLab make them."""
        headings = re.findall(r"^#+ (.+)$", self.prose, re.M)
        return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def pages() -> list[Page]:
    """Every page that people read: at the top, in docs/ and beside the data."""
    folders = ("docs", "data", "catalogue")
    found = [*ROOT.glob("*.md"), *(path for name in folders for path in ROOT.glob(f"{name}/**/*.md"))]
    return [Page(path) for path in sorted(found)]
