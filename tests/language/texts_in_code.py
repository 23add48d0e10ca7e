"""Dutch sentences in Python code: what the assistant says belongs in data, so there should be none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.language.ordinary_words import words_of

ROOT = Path(__file__).parents[2]
FEWEST_WORDS = 4
FILLED_IN = "iets"
"""Stands for a value within an f-string: it is read as a word."""

DUTCH = frozenset(
    word
    for line in (
        "u uw de het een en niet geen dit dat deze die",
        "met voor van op te ook nog er naar bij kan bel",
    )
    for word in line.split()
)
"""Small words that English has not; a sentence without any is hardly Dutch."""


_CODE = re.compile(r"`[^`]*`")


def dutch_sentences(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every Dutch string of at least four words in `file`; docstrings are left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    skipped = set(_docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
        if id(node) not in skipped and is_dutch_sentence(_text(node)):
            yield node.lineno, _text(node)


def is_dutch_sentence(text: str) -> bool:
    words = words_of(_CODE.sub("", text))
    return min(len(words), len(text.split())) >= FEWEST_WORDS and not DUTCH.isdisjoint(words)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return FILLED_IN
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _docstrings(tree: ast.AST) -> Iterator[int]:
    """Ids of every string that stands alone as a statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
