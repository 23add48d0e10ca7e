"""Other languages are recognised; dialects, Frisian, Flemish, shorthand and mixed messages stay Dutch."""

from __future__ import annotations

import pytest

from actions.responses import Responses
from bot.triage.other_language import load_languages, other_language

LANGUAGES = load_languages()
RESPONSES = Responses.load()


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in LANGUAGES["must_find"].items() for text in texts]
)
def test_a_language_is_recognised(code, text):
    assert other_language(text) == code


@pytest.mark.parametrize("text", LANGUAGES["must_find_elsewhere"])
def test_any_further_language_is_answered_in_the_first(text):
    assert other_language(text) == LANGUAGES["answered"][0]


@pytest.mark.parametrize("text", LANGUAGES["must_leave"])
def test_what_counts_as_dutch_is_left_alone(text):
    assert other_language(text) is None


@pytest.mark.xfail(reason="known failures of data/languages/languages.yml", strict=True)
@pytest.mark.parametrize("text", LANGUAGES["known"])
def test_known_failures(text):
    assert other_language(text) is None


@pytest.mark.parametrize("text", ["", "   ", "???", "112", "🙂🙂", "oké", "\u200b"])
def test_a_text_without_words_is_no_other_language(text):
    assert other_language(text) is None


@pytest.mark.parametrize("code", LANGUAGES["answered"])
def test_every_language_has_its_answer_with_the_numbers(code):
    assert all(number in RESPONSES.text(f"utter_nummers_{code}") for number in ("112", "113", "0800-2000"))
    assert all(word in RESPONSES.text(f"utter_taal_{code}") for word in ("gemeente", "huisarts"))


def test_the_examples_cover_exactly_the_languages_that_are_answered():
    assert set(LANGUAGES["must_find"]) == set(LANGUAGES["answered"])
