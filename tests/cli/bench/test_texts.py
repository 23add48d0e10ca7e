"""The same seed gives the same conversations; every kind of message occurs."""

from __future__ import annotations

from itertools import islice

from api.cli.bench.texts import TALK, conversations, long_conversation
from bot.triage.corpus import Example
from tests.cli.bench.fake_sides import EXAMPLES


def drawn(name: str, seed: int = 1, number: int = 40) -> list:
    return list(islice(conversations(EXAMPLES, name, seed), number))


def test_equal_seeds_give_equal_conversations_and_other_ones_do_not():
    assert drawn("a") == drawn("a")
    assert drawn("a") != drawn("b")
    assert drawn("a") != drawn("a", seed=2)


def test_the_fixed_talk_and_every_label_occur_and_all_are_equally_long():
    talks = drawn("a", number=200)
    assert TALK in talks and {len(talk) for talk in talks} == {len(TALK)}
    said = {text for talk in talks for text in talk}
    assert {example.text for example in EXAMPLES} <= said


def test_notes_of_a_front_desk_are_no_messages_of_a_resident():
    desk = Example("mw 82 jr", "sociaal", channel="balie")
    assert not any("mw 82 jr" in talk for talk in islice(conversations([*EXAMPLES, desk], "a"), 200))


def test_the_long_conversation_says_the_same_at_its_end_as_at_its_beginning():
    talk = long_conversation(200)
    assert len(talk) == 200 and talk[:8] == talk[-8:] == TALK
