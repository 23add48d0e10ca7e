"""Typed words become comparable words, each with its place in the original text."""

import pytest

from bot.triage.normalise import fold, skeleton
from bot.triage.screen import Screen


@pytest.fixture(scope="module")
def normalise():
    return Screen.load()._normalise


def words(tokens):
    return [t.form for t in tokens]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ik WIL Dood", "ik wil dood"),
        ("niiiet meeeer", "niet meer"),
        ("ik w\u200bil d\u200dood", "ik wil dood"),
        ("z3lfm00rd", "zelfmoord"),
        ("z e l f m o o r d", "zelfmoord"),
        ("p i j n o p d e b o r s t", "pijn op de borst"),
        ("ikwildood", "ik wil dood"),
        ("ikwilnietmeerleven", "ik wil niet meer leven"),
        ("suïcidaal", "suicidaal"),
        ("m'n man z’n arm", "mijn man zijn arm"),
        ("'t gaat nie", "het gaat niet"),
        ("kheb pcm", "ik heb paracetamol"),
        ("pt gn POB", "patient geen pijn op de borst"),
        ("38,5 koors", "38.5 koorts"),
        ("☠️", "doodshoofd"),
        ("🔪 en 😂", "mes en haha"),
        ("ｄｏｏｄ", "dood"),
        ("dооd", "dood"),
    ],
)
def test_reads_what_was_meant(normalise, typed, read):
    assert " ".join(words(normalise(typed))) == read


def test_offsets_point_into_the_original_text(normalise):
    text = "Hallo, z e l f m o o r d en POB"
    tokens = normalise(text)
    assert text[tokens[1].start : tokens[1].end] == "z e l f m o o r d"
    assert [text[t.start : t.end] for t in tokens if t.form == "borst"] == ["POB"]


def test_sentences_and_clauses(normalise):
    tokens = normalise("Geen koorts, wel benauwd. Sinds vanm. thuis")
    assert [t.sentence for t in tokens] == [0, 0, 0, 0, 1, 1, 1]
    assert tokens[1].clause != tokens[2].clause


@pytest.mark.parametrize(
    ("typed", "meant"), [("benaauwt", "benauwd"), ("zelfmort", "zelfmoord"), ("suiside", "suicide")]
)
def test_same_sound(typed, meant):
    assert skeleton(fold(typed)) == skeleton(meant)


@pytest.mark.parametrize("text", ["", " ", "\x00\x01", "🙂", "\u202e", "a" * 5000, "\ud800"])
def test_any_text_is_accepted(normalise, text):
    assert isinstance(normalise(text), list)
