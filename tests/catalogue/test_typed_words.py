"""Caches on typed words: one answer within a question, and empty when told so."""

from __future__ import annotations

import gc
from functools import _lru_cache_wrapper

import pytest
from sociale_kaart.matching.vocabulary import load_vocabulary
from sociale_kaart.matching.words import similarity
from sociale_kaart.typed_words import cached_by_word, forget_typed_words


def test_a_word_is_looked_up_once_until_it_is_forgotten():
    asked = []
    length = cached_by_word(10)(lambda word: asked.append(word) or len(word))
    assert [length("zus"), length("zus")] == [3, 3] and asked == ["zus"]
    forget_typed_words()
    assert length("zus") == 3 and asked == ["zus", "zus"]


def test_a_cache_goes_with_what_it_belongs_to():
    class Reader:
        def __init__(self) -> None:
            self.read = cached_by_word(10)(self._read)

        def _read(self, word: str) -> str:
            return word

    reader = Reader()
    reader.read("zus")
    del reader
    gc.collect()
    forget_typed_words()


@pytest.fixture
def every_object():
    """The collector tells of what was imported, too (tests/conftest.py)."""
    gc.unfreeze()
    yield
    gc.freeze()


@pytest.mark.usefixtures("every_object")
def test_the_caches_of_the_search_are_emptied():
    load_vocabulary().route_weights(["koffieochtendd"])
    similarity("koffieochtendd", "koffieochtend")
    forget_typed_words()
    caches = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    assert caches
    for cache in caches:
        held = str(gc.get_referents(cache)).count("koffieochtendd")
        assert not held, cache
