from __future__ import annotations

from bot.greeting import greeted


def test_the_greeting_stands_for_the_first_sentence_and_the_rest_stays():
    messages = [
        {"tekst": "Hallo. Ik ben een computer.\n\nBel 112.", "bel": ["112"]},
        {"tekst": "Hallo. Nog iets."},
    ]
    [first, second] = greeted(messages, "Welkom bij Assen.")
    assert first == {"tekst": "Welkom bij Assen. Ik ben een computer.\n\nBel 112.", "bel": ["112"]}
    assert second == messages[1] and messages[0]["tekst"].startswith("Hallo.")


def test_an_opening_that_begins_in_another_way_is_left_alone():
    for messages in ([{"tekst": "Dit is een computer."}], [{"tekst": "Er ging iets mis. Hallo."}], []):
        assert greeted(messages, "Welkom.") == messages
    assert greeted([{"tekst": "Hallo. Dag."}], None) == [{"tekst": "Hallo. Dag."}]
