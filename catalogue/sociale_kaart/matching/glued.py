"""Words typed without a space between them: `odensehuisgroningen`, `inloophuiskanker`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sociale_kaart.matching.weights import SHORTEST_GLUED_PART


def parted(words: Sequence[str], known: Callable[[str], bool], is_place: Callable[[str], bool]) -> list[str]:
    """The words, with each unknown one cut in two where a known word and a place or known word meet.

    `known` says whether a word names a route, kind or organisation; `is_place` whether it is a place's name.
    """
    found: list[str] = []
    for word in words:
        found += [word] if known(word) or is_place(word) else _cut(word, known, is_place)
    return found


def _cut(word: str, known: Callable[[str], bool], is_place: Callable[[str], bool]) -> list[str]:
    for at in range(len(word) - SHORTEST_GLUED_PART, SHORTEST_GLUED_PART - 1, -1):
        left, right = word[:at], word[at:]
        if known(left) and (is_place(right) or known(right)):
            return [left, right]
    return [word]
