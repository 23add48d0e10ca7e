"""Slips are read as the corpus spells the word; known words, short words and dictionary words stay."""

from __future__ import annotations

import pickle

import pytest

from bot.triage.lexicon import tokenize
from bot.triage.spelling import KNOWN_FROM, Spelling

TEXTS = ["mantelzorg eenzaam dementie benauwd gewoon", "lotgenoten eenzaam zwanger", "eenzaam gewoon gezoend"]


@pytest.fixture(scope="module")
def spelling():
    return Spelling([tokenize(text) for text in TEXTS * KNOWN_FROM])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("eenzam", "eenzaam"),
        ("benaud", "benauwd"),
        ("dementei", "dementie"),
        ("mantelzrg", "mantelzorg"),
        ("lotgenotn", "lotgenoten"),
        ("eenzaam", "eenzaam"),
        ("fiets", "fiets"),
        ("gewoond", "gewoond"),
        ("xyzzyx", "xyzzyx"),
        ("zwan", "zwan"),
        ("2024", "2024"),
    ],
)
def test_a_word_is_read_as_the_corpus_spells_it(spelling, typed, read):
    assert spelling.read(typed) == read


def test_every_word_keeps_its_place(spelling):
    text = "ik ben eenzam,  en benaud"
    tokens = spelling.normalise(tokenize(text))
    assert [token.text for token in tokens] == ["ik", "ben", "eenzaam", "en", "benauwd"]
    assert [text[token.start : token.end] for token in tokens] == ["ik", "ben", "eenzam", "en", "benaud"]


def test_a_rare_word_of_the_corpus_is_not_known():
    assert not Spelling([tokenize("kletskop")]).is_known("kletskop")


def test_it_survives_a_pickle(spelling):
    assert pickle.loads(pickle.dumps(spelling)).read("eenzam") == "eenzaam"
