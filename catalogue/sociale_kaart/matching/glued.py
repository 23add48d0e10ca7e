"""Words typed without a space between them, `odensehuisgroningen`, or with one too many, `heeren veen`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sociale_kaart.matching.weights import SHORTEST_GLUED_PART, SHORTEST_JOINED_PLACE


@dataclass(frozen=True)
class Words:
    """What is known of single words, spelled right.

    `known`: names a route, kind or organisation; `begins`: begins with such a word; `is_place`:
    the name of a place.
    """

    known: Callable[[str], bool]
    begins: Callable[[str], bool]
    is_place: Callable[[str], bool]


def mended(words: Sequence[str], about: Words) -> list[str]:
    """The words, the halves of a place's name joined, each unknown word cut where two known ones meet."""
    found: list[str] = []
    for word in _joined(words, about):
        found += [word] if about.known(word) or about.is_place(word) else _cut(word, about)
    return found


def _joined(words: Sequence[str], about: Words) -> list[str]:
    found: list[str] = []
    for word in words:
        whole = found[-1] + word if found else ""
        if len(whole) >= SHORTEST_JOINED_PLACE and not about.known(found[-1]) and about.is_place(whole):
            found[-1] = whole
        else:
            found.append(word)
    return found


def _cut(word: str, about: Words) -> list[str]:
    for at in range(SHORTEST_GLUED_PART, len(word) - SHORTEST_GLUED_PART + 1):
        left, right = word[:at], word[at:]
        if (about.begins(left) and about.is_place(right)) or (about.known(left) and about.known(right)):
            return [left, right]
    return [word]
