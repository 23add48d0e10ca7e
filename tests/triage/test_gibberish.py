"""Keyboard mash asks for other words; anything with one known word does not."""

from __future__ import annotations

import pytest

from bot.triage.gibberish import is_gibberish

CORPUS_WORDS = {"hellup", "grunnen"}


@pytest.mark.parametrize("text", ["qsdf jklm", "zxcv", "qqqqq zzz", "blorp", "asdfgh asdfgh!!"])
def test_nothing_known(text):
    assert is_gibberish(text, CORPUS_WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "hellup",
        "zwnager moeder",
        "?",
        "",
        "🙂",
        "112",
        "не можу дихати",
        "لا أستطيع التنفس",
        "een qsdf wxcv azer qsdf wxcv azer qsdf",
    ],
)
def test_something_to_go_on(text):
    assert not is_gibberish(text, CORPUS_WORDS)
