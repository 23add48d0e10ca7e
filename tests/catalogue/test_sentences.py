"""Texts by name, filled in; a slip in a name or a value is found at once."""

from __future__ import annotations

import pytest
from sociale_kaart.sentences import Sentences, say

TEXTS = Sentences({"waar": {"in": "in {plaats}", "ver": "ver weg"}, 1: "januari"})


def test_a_text_is_found_by_its_path_and_filled_in():
    assert TEXTS.say("waar.in", plaats="Ede") == "in Ede"
    assert TEXTS.say("1") == "januari"
    assert set(TEXTS.all()) == {"waar.in", "waar.ver", "1"}


def test_braces_in_a_value_are_left_alone():
    assert TEXTS.say("waar.in", plaats="{naam}") == "in {naam}"


@pytest.mark.parametrize(("name", "values"), [("waar.uit", {}), ("waar.in", {})])
def test_an_unknown_name_or_a_missing_value_is_an_error(name, values):
    with pytest.raises(KeyError):
        TEXTS.say(name, **values)


def test_the_catalogue_has_its_own_sentences():
    assert say("waar.in", plaats="Ede") == "in Ede"
