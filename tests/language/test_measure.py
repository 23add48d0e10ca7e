"""The measure itself: it must find what it is for, and leave alone what is fine."""

from __future__ import annotations

import pytest

from tests.language.measure import bubbles, sentences, too_long, words
from tests.language.ordinary_words import is_ordinary, words_of
from tests.language.rules import forbidden_phrases, hard_words, pictures, says_je
from tests.language.texts import BUILDER, FRONT_DESK, RESIDENT, Text


def text(said: str, reader: str = RESIDENT) -> Text:
    return Text("x.yml", "x", said, reader)


def test_a_blank_line_parts_bubbles_and_a_line_parts_sentences():
    assert bubbles("Een.\nTwee.\n\nDrie.\n \n") == ["Een.\nTwee.", "Drie."]
    assert sentences("Kosten: gratis\nBel 112. Dag en nacht! Kijk op 113.nl (gratis). Echt?") == [
        "Kosten: gratis",
        "Bel 112.",
        "Dag en nacht!",
        "Kijk op 113.nl (gratis).",
        "Echt?",
    ]


def test_an_address_or_a_time_does_not_end_a_sentence():
    assert len(sentences("Kijk op https://www.assen.nl/zorg. Open van 8.30 tot 17.00 uur")) == 2


def test_words_are_what_a_voice_would_say():
    assert words("Bel - als u wilt - 0800-2000 (gratis).") == [
        "Bel",
        "als",
        "u",
        "wilt",
        "0800-2000",
        "(gratis).",
    ]


def test_twenty_words_may_and_twenty_one_may_not():
    assert too_long(" ".join(["woord"] * 20) + ".") == []
    assert "21 words in a sentence" in too_long(" ".join(["woord"] * 21) + ".")[0]


def test_sixty_words_in_a_bubble_may_and_sixty_one_may_not():
    bubble = " ".join(["Een twee drie vier vijf."] * 12)
    assert too_long(f"{bubble}\n\n{bubble}") == []
    assert "61 words in a bubble" in too_long(f"{bubble} Zes.")[0]


@pytest.mark.parametrize("word", ["eenzaam", "huisarts", "wachtlijst", "werkdagen", "geldzorgen", "gelopen"])
def test_what_many_people_type_is_ordinary_and_so_is_what_is_made_of_it(word):
    assert is_ordinary(word)


@pytest.mark.parametrize(
    "word", ["psychosociaal", "zelfredzaamheid", "participatie", "anamnese", "substantieel"]
)
def test_jargon_is_not_ordinary(word):
    assert not is_ordinary(word)


def test_addresses_numbers_and_placeholders_are_no_words():
    assert words_of("Bel {telefoon} of kijk op www.thuisarts.nl, 24 uur, ’s nachts") == [
        "bel",
        "of",
        "kijk",
        "op",
        "uur",
        "s",
        "nachts",
    ]


def test_a_professional_may_read_what_a_resident_may_not():
    said = "Volg uw eigen triageprotocol, ook bij deze patiënt."
    assert hard_words(text(said)) == ["triageprotocol"] and hard_words(text(said, FRONT_DESK)) == []
    assert [one.phrase for one in forbidden_phrases(text(said))] == ["patiënt", "triage*"]
    assert forbidden_phrases(text(said, FRONT_DESK)) == []
    assert hard_words(text("Stuur een token mee.", BUILDER)) == []


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("Wij verwijzen cliënten graag.", "cliënt*"),
        ("Ik begrijp hoe u zich voelt.", "ik begrijp hoe u zich voelt"),
        ("Misschien is het zo: u bent eenzaam.", "u bent eenzaam"),
        ("Ik bel u terug.", "ik bel u"),
        ("Neem gerust paracetamolletjes.", "paracetamol*"),
        ("Dat valt wel mee, geen zorgen.", "valt wel mee"),
    ],
)
def test_forbidden_phrases_are_found(said, phrase):
    assert phrase in [one.phrase for one in forbidden_phrases(text(said))]


def test_a_name_in_a_text_of_a_municipality_needs_no_explanation():
    said = "Vraag een gesprek aan bij SMWO in Schouwen-Duiveland. Kaatsheuvelaars komen ook."
    assert hard_words(Text("data/gemeenten/x/gemeente.yml", "aanmelden", said)) == ["kaatsheuvelaars"]
    assert "smwo" in hard_words(text(said))


def test_a_part_of_another_word_is_not_forbidden():
    assert forbidden_phrases(text("Dit is de patiëntenvereniging. Mensen komen vaak.")) == []


def test_je_is_found_and_the_quoted_question_is_not():
    assert says_je(text("Wil je dat?")) and says_je(text("Dit is jouw plek."))
    assert not says_je(text("Vraag gerust: denk je aan zelfmoord? Bel In je bol."))


def test_a_picture_is_found():
    assert pictures(text("Bel 112 \N{TELEPHONE RECEIVER}")) and not pictures(text("Bel 112 – nu…"))
