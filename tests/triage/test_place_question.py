"""The answer to the place question."""

from __future__ import annotations

import pytest
from sociale_kaart.places import Gazetteer

from bot.triage.place_question import UNKNOWN_PLACE, read_place


def read(text: str, asked: bool = True):
    return read_place(text, Gazetteer.load().find_in_text(text, expected=asked), asked=asked)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Groningen", "Groningen"),
        ("ik woon in Zeist", "Zeist"),
        ("nee sorry ik bedoel Ede hoor", "Ede"),
        ("in de buurt van zwolle", "Zwolle"),
        ("doe maar Assen aub", "Assen"),
        ("Den Bosch", "'s-Hertogenbosch"),
    ],
)
def test_little_more_than_a_place_is_an_answer(text, name):
    reading = read(text)
    assert reading.is_answer and reading.name == name


@pytest.mark.parametrize(
    "text",
    [
        "mijn man heeft dementie, we wonen in Zeist",
        "ik zoek toch liever iets voor mijn moeder in Groningen",
        "Groningen, maar dan ben ik er toch niet meer",
    ],
)
def test_more_than_a_place_is_more_than_an_answer(text):
    assert not read(text).is_answer


@pytest.mark.parametrize("text", ["weet ik niet", "dat zeg ik liever niet", "maakt niet uit hoor"])
def test_a_refusal_is_an_answer_without_a_place(text):
    assert read(text) == read_place(text, [], asked=True)
    assert read(text).name == UNKNOWN_PLACE


def test_a_short_unknown_name_is_an_answer_only_when_asked():
    assert read("Lutjeknorrebroek").is_answer
    assert not read("Lutjeknorrebroek", asked=False).is_answer


@pytest.mark.parametrize("text", ["ja", "help", "ik ben bang", "", "🙂"])
def test_small_talk_is_no_unknown_village(text):
    assert read(text).name is None
