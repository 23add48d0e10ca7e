"""Messages in another language than Dutch: which language, where that is sure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from py3langid.langid import LanguageIdentifier
from sociale_kaart.files import read_yaml

from bot.triage.lexicon import tokenize

LANGUAGES_FILE = Path(__file__).parents[2] / "data" / "languages" / "languages.yml"

_MODEL = "data/model.npz.xz"
"""The model that py3langid ships; read from its package, no network."""

_DUTCH_WORDS_NEEDED = 2
"""One word says little: "die", "was" and "over" are words of other languages too."""


@lru_cache
def load_languages(path: Path = LANGUAGES_FILE) -> Mapping[str, Any]:
    """The settings of data/languages/languages.yml."""
    return read_yaml(path)


def other_language(text: str) -> str | None:
    """The language to answer in (one of `answered`) when `text` is surely not Dutch, else None.

    Dialects, Frisian and Flemish count as Dutch, and so does a message that mixes in Dutch.
    """
    languages = load_languages()
    words = [token.text for token in tokenize(text) if token.text.isalpha()]
    if not words or (len(words) == 1 and _is_latin(words[0])) or _mixes_in_dutch(words):
        return None
    ranking = _identifier().rank(text.lower())
    foreign = [(code, float(share)) for code, share in ranking if code not in languages["counts_as_dutch"]]
    few = len(words) < languages["enough_words"] and _is_latin(words[0])
    if sum(share for _, share in foreign) < languages["sure_when_short" if few else "sure"]:
        return None
    return _to_answer_in(foreign)


def _to_answer_in(foreign: list[tuple[str, float]]) -> str:
    """The likeliest language that has an answer, unless the message is clearly in one that has none."""
    languages = load_languages()
    top = foreign[0][1]
    return next(
        (
            code
            for code, share in foreign
            if code in languages["answered"] and share * languages["much_likelier"] >= top
        ),
        languages["answered"][0],
    )


def _is_latin(word: str) -> bool:
    return "LATIN" in unicodedata.name(word[0], "")


def _mixes_in_dutch(words: list[str]) -> bool:
    dutch = sum(word in _dutch_words() for word in words)
    return dutch >= _DUTCH_WORDS_NEEDED and dutch >= load_languages()["dutch_share"] * len(words)


@lru_cache
def _dutch_words() -> frozenset[str]:
    return frozenset(load_languages()["dutch_words"].split())


@lru_cache
def _identifier() -> LanguageIdentifier:
    languages = load_languages()
    identifier = LanguageIdentifier.from_model_file(_MODEL, norm_probs=True)
    identifier.set_languages(
        [*languages["counts_as_dutch"], *languages["answered"], *languages["told_apart"]]
    )
    identifier._full_model = None  # 25 MB for going back to all languages
    return identifier
