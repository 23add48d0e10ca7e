"""Keyboard mash and made-up words: nothing in them that anybody, or the corpus, knows."""

from __future__ import annotations

from collections.abc import Container

import simplemma

from bot.triage.lexicon import tokenize

MOST_WORDS = 6
"""Longer messages always hold something to go on."""

SHORTEST_TELLING_WORD = 3


def is_gibberish(text: str, known_words: Container[str]) -> bool:
    """True for a short message in Latin letters without one word that Dutch or the corpus knows.

    `known_words` are the words of the trained classifier, lower case.
    """
    words = [token.text for token in tokenize(text) if token.text.isascii() and token.text.isalpha()]
    telling = [word for word in words if len(word) >= SHORTEST_TELLING_WORD]
    if not telling or len(words) > MOST_WORDS:
        return False
    return not any(word in known_words or simplemma.is_known(word, lang="nl") for word in telling)
