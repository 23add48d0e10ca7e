"""Names of sentences in the code and in the data: each one that is asked for exists, none is left over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sociale_kaart.model import Place
from sociale_kaart.sentences import Sentences

from actions.sentences import SENTENCES, say, say_near

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "catalogue" / "data" / "zinnen.yml"
FILES = {SENTENCES: ("actions", "api/cli"), CATALOGUE: ("catalogue/sociale_kaart",)}
BY_CODE = {SENTENCES: ("uitkomst.",), CATALOGUE: ("regel.", "maanden.")}
"""Names whose last part the code fills in."""


def _asked(folders: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "say_near"):
                    near = node.func.id == "say_near"
                    for name in _constants(node.args[0]):
                        yield from (name, f"{name}_bij") if near else (name,)


def _constants(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_constants(node.body), *_constants(node.orelse))
    elif isinstance(node, ast.Constant):
        yield node.value


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_every_sentence_that_is_asked_for_exists_and_none_is_left_over(file):
    known, asked = set(Sentences.load(file).all()), set(_asked(FILES[file]))
    assert asked - known == set()
    assert {name for name in known - asked if not name.startswith(BY_CODE[file])} == set()


def test_a_known_place_is_named_and_an_unknown_one_is_not():
    ede = Place("Ede", "Ede", "Gelderland", 52.0, 5.6, 100_000, "test")
    assert say_near("inleiding.gevonden", ede) == "Dit vond ik in de buurt van Ede:"
    assert say_near("inleiding.gevonden", None) == "Dit vond ik:"


def test_an_unknown_sentence_is_an_error():
    with pytest.raises(KeyError):
        say("gemeente.bestaat_niet")
