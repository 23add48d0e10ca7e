"""Every text that somebody can read is B1 Dutch with "u": short, ordinary words, nothing forbidden."""

from __future__ import annotations

import pytest

from tests.language.measure import sentences, too_long
from tests.language.ordinary_words import words_of
from tests.language.rules import (
    exceptions_for_je,
    forbidden_phrases,
    hard_words,
    pictures,
    says_je,
)
from tests.language.texts import Text, all_texts

TEXTS = all_texts()
DUTCH = [text for text in TEXTS if text.dutch]


def complaints(problems: list[tuple[Text, str]]) -> str:
    return "\n".join(f"{text}: {problem}" for text, problem in problems)


def test_sentences_and_bubbles_are_short():
    problems = [(text, problem) for text in TEXTS for problem in too_long(text.text)]
    assert not problems, complaints(problems)


def test_words_are_ordinary_or_explained():
    problems = [
        (text, f"{word!r} in: {_sentence_with(word, text)} (an easier word, or woorden.yml with a reason)")
        for text in DUTCH
        for word in hard_words(text)
    ]
    assert not problems, complaints(problems)


def test_nothing_forbidden_is_said():
    problems = [
        (text, f"{one.phrase!r} ({one.source}); say: {one.better}")
        for text in DUTCH
        for one in forbidden_phrases(text)
    ]
    assert not problems, complaints(problems)


def test_everybody_is_addressed_as_u():
    problems = [(text, text.text) for text in DUTCH if says_je(text)]
    assert not problems, complaints(problems)


def test_no_picture_stands_for_a_word():
    problems = [(text, found) for text in TEXTS for found in pictures(text)]
    assert not problems, complaints(problems)


@pytest.mark.parametrize(
    "folder",
    ["data/answers", "data/balie", "data/decision", "data/widget", "catalogue/data", "api/pages"],
)
def test_texts_of_every_folder_are_measured(folder):
    assert any(text.file.startswith(folder) for text in TEXTS)


def test_no_exception_for_je_has_gone_out_of_use():
    said = "\n".join(text.text for text in DUTCH).lower()
    assert [phrase for phrase in exceptions_for_je() if phrase.lower() not in said] == []


def _sentence_with(word: str, text: Text) -> str:
    return next((one for one in sentences(text.text) if word in words_of(one)), text.text)
