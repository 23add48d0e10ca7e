"""Dutch texts in Python and in scripts: what somebody reads belongs in data, so there should be none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.language.ordinary_words import words_of

ROOT = Path(__file__).parents[2]
FEWEST_WORDS = 2
FILLED_IN = "iets"
"""Stands for a value within an f-string: it is read as a word."""

DUTCH = frozenset(
    word
    for line in (
        "u uw de het een en niet geen dit dat deze die",
        "met voor van op te ook nog er naar bij kan bel gemeente",
    )
    for word in line.split()
)
"""Words that English has not; a text of some length without any is hardly Dutch."""


_CODE = re.compile(r'`[^`]*`|\b[\w-]+="[^"]*"')
"""Names between backticks, and attributes of HTML."""
_COMMENT_OR_STRING = re.compile(
    r"""//[^\n]*|/\*.*?\*/"""
    r"""|(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)""",
    re.DOTALL,
)
_FILLED_IN = re.compile(r"\$\{[^{}]*\}")
_PUT_ON_SCREEN = re.compile(
    r"""(?:textContent|innerText|title|placeholder|ariaLabel)\s*=\s*\Z|["']aria-label["'],\s*\Z"""
)


def dutch_sentences(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every Dutch string of at least two words in `file`; docstrings are left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    skipped = set(_docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
        if id(node) not in skipped and is_dutch_sentence(_text(node)):
            yield node.lineno, _text(node)


def is_dutch_sentence(text: str) -> bool:
    """Whether `text` has at least two words, and one of them is a small Dutch word."""
    words = words_of(_CODE.sub("", text))
    return min(len(words), len(text.split())) >= FEWEST_WORDS and not DUTCH.isdisjoint(words)


def dutch_texts_in_script(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string in a JavaScript or TypeScript file that is Dutch or put on screen."""
    script = file.read_text(encoding="utf-8")
    for found in _COMMENT_OR_STRING.finditer(script):
        text = _FILLED_IN.sub(FILLED_IN, (found["string"] or "")[1:-1])
        shown = _PUT_ON_SCREEN.search(script[: found.start()]) and words_of(text.replace(FILLED_IN, ""))
        if shown or is_dutch_sentence(text):
            yield script.count("\n", 0, found.start()) + 1, text


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
