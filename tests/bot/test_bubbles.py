"""One text with blank lines becomes several messages, and nothing of it gets lost."""

from __future__ import annotations

from bot.bubbles import in_bubbles


def message(text: str, **more) -> dict:
    return {"van": "assistent", "tekst": text, "knoppen": [], "initiatieven": [], "bel": [], **more}


def test_a_blank_line_starts_a_new_bubble():
    assert [m["tekst"] for m in in_bubbles([message("Een.\nTwee.\n\nDrie."), message("Vier.")])] == [
        "Een.\nTwee.",
        "Drie.",
        "Vier.",
    ]


def test_numbers_are_in_sight_at_once_and_buttons_come_last():
    call, button = {"naam": "112"}, {"id": "mens", "tekst": "Ik wil een mens spreken"}
    first, middle, last = in_bubbles([message("Een.\n\nTwee.\n \nDrie.", bel=[call], knoppen=[button])])
    assert (first["bel"], middle["bel"], last["bel"]) == ([call], [], [])
    assert (first["knoppen"], middle["knoppen"], last["knoppen"]) == ([], [], [button])


def test_every_bubble_keeps_its_language():
    assert [m["taal"] for m in in_bubbles([message("One.\n\nTwo.", taal="en")])] == ["en", "en"]


def test_a_list_of_places_stays_whole():
    with_cards = message("Dit vond ik:\n\nHuis\n\nHof", kort="Dit vond ik:", initiatieven=[{"id": "huis"}])
    assert in_bubbles([with_cards]) == [with_cards]


def test_blank_lines_around_a_text_are_no_bubbles():
    assert [m["tekst"] for m in in_bubbles([message("\n\nEen.\n\n\n\nTwee.\n\n")])] == ["Een.", "Twee."]
