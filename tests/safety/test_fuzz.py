"""Nothing that can be typed crashes the screen, and nothing typed around or inside it hides danger."""

from __future__ import annotations

import random
import unicodedata

import pytest

from bot.triage.screen import Screen

RANDOM_STRINGS = 10_000
HIDDEN_DANGERS = 1_000
MEGABYTE = 1_000_000
DANGERS = {
    "ik krijg geen lucht": "spoed_112",
    "ik wil niet meer leven": "crisis_113",
    "mijn man slaat me": "onveilig",
    "mijn vader is sinds gisteren ineens heel verward": "huisarts_vandaag",
}
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u202e\u2066\u2069\x00\x07\x1b"
"""Joiners, soft hyphen, marks of direction, control characters: they have no shape and hide in words."""


def random_text(source: random.Random, longest: int) -> str:
    """Characters of any plane, lone surrogates and unassigned ones included."""
    return "".join(chr(source.randrange(0x110000)) for _ in range(source.randrange(longest)))


def symbols(source: random.Random) -> str:
    """Characters that are no letters, digits or marks: they cannot become part of a word."""
    found = [chr(source.randrange(0x20, 0x3000)) for _ in range(source.randrange(1, 30))]
    return "".join(c if unicodedata.category(c)[0] in "PSZ" else " " for c in found)


def test_random_strings_never_crash_it() -> None:
    source, screen = random.Random(20261122), Screen.load()
    for _ in range(RANDOM_STRINGS):
        screen.check(random_text(source, 80))


@pytest.mark.parametrize(("danger", "outcome"), DANGERS.items())
def test_random_strings_around_it_do_not_silence_it(danger: str, outcome: str) -> None:
    source, screen = random.Random(113), Screen.load()
    for _ in range(HIDDEN_DANGERS):
        text = f"{random_text(source, 40)}.\n{danger}\n.{random_text(source, 40)}"
        assert screen.check(text).outcome == outcome, ascii(text)


@pytest.mark.parametrize(("danger", "outcome"), DANGERS.items())
def test_unseen_characters_inside_words_do_not_silence_it(danger: str, outcome: str) -> None:
    source, screen = random.Random(112), Screen.load()
    for _ in range(HIDDEN_DANGERS):
        letters = list(danger)
        for _ in range(source.randrange(1, 6)):
            letters.insert(source.randrange(len(letters)), source.choice(UNSEEN))
        text = "".join(letters)
        assert screen.check(text).outcome == outcome, ascii(text)


@pytest.mark.parametrize(("danger", "outcome"), DANGERS.items())
def test_symbols_between_words_do_not_crash_it(danger: str, outcome: str) -> None:
    source, screen = random.Random(7), Screen.load()
    for _ in range(HIDDEN_DANGERS // 4):
        screen.check(symbols(source).join(danger.split()))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "a" * 100_000,
        "ik " * 20_000,
        "niet " * 20_000,
        "😀" * 5_000,
        "\u0301" * 5_000,
        "." * 50_000,
        "1" * 50_000,
        "ﷺ" * 2_000,
        "ik\u202e" * 5_000,
    ],
    ids=lambda text: f"{text[:3]!a} x {len(text)}",
)
def test_extremes_do_not_crash_it(text: str) -> None:
    Screen.load().check(text)


def test_a_megabyte_does_not_silence_it() -> None:
    filler = "Wij wonen hier al jaren met veel plezier, en de buurt is fijn. "
    half = filler * (MEGABYTE // 2 // len(filler))
    assert Screen.load().check(half + "Mijn man krijgt geen lucht. " + half).outcome == "spoed_112"
