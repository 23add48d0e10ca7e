"""Slips of the pen, to measure with: a name as somebody in a hurry, or by ear, would type it."""

from __future__ import annotations

import random

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""The rows of a Dutch keyboard: a finger slips to the key beside the right one."""

BY_EAR = tuple(
    pair
    for one, other in (
        ("ij", "ei"),
        ("ou", "au"),
        ("ch", "g"),
        ("c", "k"),
        ("z", "s"),
        ("v", "f"),
        ("d", "t"),
    )
    for pair in ((one, other), (other, one))
)
"""Spellings that sound alike in Dutch, both ways."""

SHORTER = (
    ("uy", "ui"),
    ("ee", "e"),
    ("oo", "o"),
    ("aa", "a"),
    ("ll", "l"),
    ("nn", "n"),
    ("x", "ks"),
    ("th", "t"),
)
"""Spellings that people make simpler, one way."""


def misspelled(text: str, chance: random.Random, slips: int) -> str:
    """`text` in lower case with `slips` mistakes, none in a word of fewer than four letters."""
    words = text.lower().split()
    for _ in range(slips):
        long_ones = [index for index, word in enumerate(words) if len(word) >= 4]
        if not long_ones:
            break
        index = chance.choice(long_ones)
        words[index] = _slip(words[index], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    heard = [(one, other) for one, other in BY_EAR + SHORTER if one in word]
    if heard and chance.random() < 0.4:
        return word.replace(*chance.choice(heard), 1)
    at = chance.randrange(1, len(word))
    kind = chance.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at - 1] + word[at:]
    if kind == 2 and at < len(word) - 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 3 and len(word) >= 8:
        return word[:at] + " " + word[at:]
    return word[:at] + _key_beside(word[at], chance) + word[at + 1 :]


def _key_beside(letter: str, chance: random.Random) -> str:
    row = next((row for row in KEYBOARD if letter in row), "e")
    at = row.find(letter)
    return chance.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2] or row)
