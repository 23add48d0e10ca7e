"""Text as the search compares it: plain lower case words, alike by spelling or by sound."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from sociale_kaart.matching.sounds import sound_of
from sociale_kaart.matching.weights import (
    LONG_WORD_LIKENESS,
    SAME_SOUND,
    SHORT_WORD_LIKENESS,
    SHORTEST_WITH_SLIP,
)
from sociale_kaart.typed_words import cached_by_word

LENGTH_SLACK = 3
"""Letters that look-alikes may differ in length: one of ten letters and one of thirteen are 87 alike."""

LONGEST_WORD = 40

_LEADING_S = re.compile(r"(?<!\w)['’`]?s[-‐ ](?=gra|her)", re.IGNORECASE)
_LEADING_T = re.compile(r"(?<!\w)['’`]t(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")


def normalise(text: str) -> str:
    """Lower case, no accents, `'s-Hertogenbosch` as one word, `&` as `en`."""
    text = _LEADING_T.sub(" ", _LEADING_S.sub("s", text)).replace("&", " en ")
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()


def tokens(text: str) -> list[str]:
    """The words of a text, normalised, in order."""
    return _WORD.findall(normalise(text).replace("'", "").replace("’", ""))


@cached_by_word(100_000)
def similarity(left: str, right: str) -> float:
    """How much two normalised words look or sound alike, 0..1; short words must be the same."""
    if left == right:
        return 1.0
    shortest = min(len(left), len(right))
    if shortest <= SHORTEST_WITH_SLIP:
        return 0.0
    left_sound, right_sound = sound_of(left), sound_of(right)
    if left_sound == right_sound:
        return SAME_SOUND
    floor = SHORT_WORD_LIKENESS if shortest <= 5 else LONG_WORD_LIKENESS
    spelled = fuzz.ratio(left, right, score_cutoff=floor)
    heard = (
        fuzz.ratio(left_sound, right_sound, score_cutoff=floor)
        if min(len(left_sound), len(right_sound)) > 4
        else 0
    )
    return max(spelled, SAME_SOUND * heard) / 100


class KnownWords:
    """A list of words to find look-alikes in; those of a likely length only are compared."""

    def __init__(self, words: Iterable[str]):
        self.words = tuple(dict.fromkeys(words))
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in self.words:
            by_length[len(word)].append(word)
        self._near: dict[int, tuple[list[str], list[str]]] = {}
        for length in range(SHORTEST_WITH_SLIP + 1, LONGEST_WORD + 1):
            likely = [
                word
                for other in range(length - LENGTH_SLACK, length + LENGTH_SLACK + 1)
                for word in by_length.get(other, ())
            ]
            self._near[length] = (likely, [sound_of(word) for word in likely])

    def alike(self, word: str, least: float) -> list[str]:
        """The words that look or sound like `word` by at least `least` (0..1); short ones must be equal."""
        if len(word) <= SHORTEST_WITH_SLIP:
            return [word] if word in self.words else []
        likely, sounds = self._near.get(len(word), ((), ()))
        cutoff = 100 * least
        spelled = process.extract(word, likely, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
        heard = process.extract(sound_of(word), sounds, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
        found = dict.fromkeys([*(index for _, _, index in spelled), *(index for _, _, index in heard)])
        return [likely[index] for index in found if similarity(word, likely[index]) >= least]
