"""Which words are ordinary: those that many different people typed themselves, and what is made of them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

import simplemma

from tests.corpus import whole_corpus

PEOPLE = 12
"""A word in so many messages of residents (data/nlu, 30,000 and more) is an ordinary word. Our own choice."""

SHORTEST_PART = 3
JOINS = ("", "s", "e", "en", "n", "-")
"""Between the parts of a compound: `werkdag`, `levensgevaar`, `zonneschijn`, `pannenkoek`."""

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NO_WORDS = re.compile(
    r"\{\w+\}|<[^<>]*>|https?://\S+|\S+@\S+|/\w+|\b\S+\.(?:nl|org|nu|eu|com)\b", re.IGNORECASE
)
"""Placeholders, addresses and paths: nobody reads them as words."""


def words_of(text: str) -> list[str]:
    """The words of `text`, lower case, without numbers, addresses and placeholders."""
    return _WORD.findall(_NO_WORDS.sub(" ", text).replace("’", "'").lower())


@cache
def is_ordinary(word: str) -> bool:
    """Whether `word` (lower case) or its lemma is common, or it is made of common words."""
    return _is_common(word) or any(_is_compound(word, join) for join in JOINS)


def _is_common(word: str) -> bool:
    by_word, by_lemma = _corpus()
    return by_word[word] >= PEOPLE or by_lemma[_lemma(word)] >= PEOPLE


def _is_compound(word: str, join: str) -> bool:
    for end in range(SHORTEST_PART, len(word) - len(join) - SHORTEST_PART + 1):
        first, rest = word[:end], word[end:]
        if rest.startswith(join) and _is_common(first) and is_ordinary(rest[len(join) :]):
            return True
    return False


@lru_cache(maxsize=1)
def _corpus() -> tuple[Counter[str], Counter[str]]:
    """How many messages of residents hold each word, and how many any form of each lemma."""
    by_word: Counter[str] = Counter()
    for example in whole_corpus():
        if example.channel == "bewoner":
            by_word.update(set(words_of(example.text)))
    by_lemma: Counter[str] = Counter()
    for word, messages in by_word.items():
        by_lemma[_lemma(word)] += messages
    return by_word, by_lemma


@cache
def _lemma(word: str) -> str:
    return simplemma.lemmatize(word, lang="nl").lower()
