"""How long sentences and bubbles are: what a reader has to take in at once."""

from __future__ import annotations

import re

MAX_WORDS_IN_A_SENTENCE = 20
MAX_WORDS_IN_A_BUBBLE = 60
"""Both from issue E, promise 7; B1 asks for short sentences (taal.md, section 1)."""

_BLANK_LINE = re.compile(r"\n\s*\n")
_END = re.compile(r"(?<=[.!?])[)'\"”’]*\s+|\n")
_SPOKEN = re.compile(r"\w")


def bubbles(text: str) -> list[str]:
    """The bubbles that `text` comes in: a blank line starts a new one (bot/bubbles.py)."""
    return [bubble.strip() for bubble in _BLANK_LINE.split(text) if bubble.strip()]


def sentences(text: str) -> list[str]:
    """The sentences of `text`: they end with a full stop, question or exclamation mark, or the line.

    A colon ends none, so `Bel de politie: 0900-8844` is one.
    """
    return [part.strip() for part in _END.split(text) if _SPOKEN.search(part)]


def words(text: str) -> list[str]:
    """What stands between white space, as far as a voice would say it; a number in parts counts in parts."""
    return [word for word in text.split() if _SPOKEN.search(word)]


def too_long(text: str) -> list[str]:
    """What is wrong with the length of `text`, in words for whoever must mend it; empty when nothing is."""
    found = [
        f"{len(words(sentence))} words in a sentence: {sentence}"
        for sentence in sentences(text)
        if len(words(sentence)) > MAX_WORDS_IN_A_SENTENCE
    ]
    return found + [
        f"{len(words(bubble))} words in a bubble: {bubble}"
        for bubble in bubbles(text)
        if len(words(bubble)) > MAX_WORDS_IN_A_BUBBLE
    ]
