"""Print the part of requirements.lock that a server needs: without the packages of the tests.

Usage: python runtime_lock.py requirements.lock [NAME...] > runtime.lock   (with names: only those packages)
A package is needed when the project itself or its group `cpu` asks for it, or another package that is needed;
the lock says who asks in its `# via` lines. Versions and hashes stay as they are.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from pathlib import Path

PROJECT = "sociale-triage (pyproject.toml)"
ASKED_FOR_BY = frozenset({PROJECT, "sociale-triage (pyproject.toml:cpu)"})

_ENTRY = re.compile(r"^(?=\S)(?!#)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_COMMENT = re.compile(r"^[ \t]*#[ \t]*(?:via[ \t]*)?", re.MULTILINE)


def runtime_part(lock: str, only: Collection[str] = ()) -> str:
    """The entries of `lock` that are needed, as they are written; of those `only` the names that are given.

    Raises ValueError when there are none.
    """
    entries = entries_of(lock)
    needed: set[str] = set()
    while more := {name for name, text in entries if _askers(text) & (ASKED_FOR_BY | needed)} - needed:
        needed |= more
    if not needed:
        raise ValueError(f"nothing in the lock file is asked for by {PROJECT}")
    return "".join(text for name, text in entries if name in needed and (not only or name in only))


def entries_of(lock: str) -> list[tuple[str, str]]:
    """Every entry as the name of its package and its text, with hashes and comments.

    A package that has another version on another Python or machine stands there more than once.
    """
    return [(_NAME.match(text)[0], text) for text in _ENTRY.split(lock) if text.strip()]


def _askers(text: str) -> set[str]:
    comments = "\n".join(line for line in text.splitlines() if line.lstrip().startswith("#"))
    return {line.strip() for line in _COMMENT.sub("", comments).splitlines() if line.strip()}


if __name__ == "__main__":
    print(runtime_part(Path(sys.argv[1]).read_text(encoding="utf-8"), sys.argv[2:]), end="")
