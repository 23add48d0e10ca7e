"""The pattern language: what matches, what does not, and what is refused."""

import pytest

from bot.triage.normalise import Normaliser
from bot.triage.patterns import PatternError, PatternSet, Vocabulary
from bot.triage.safety_reading import Reading

CLASSES = {"mijn": ["mijn", "me"], "lucht": ["geen lucht", "adem|asem tekort"], "ring": ["{ring}"]}


def matches(pattern, text, exact=False, is_word=lambda word: False):
    vocabulary = Vocabulary(classes=CLASSES, fillers=frozenset({"echt", "wel"}), is_word=is_word)
    patterns = PatternSet.of([vocabulary.compile(pattern, exact)])
    reading = Reading(Normaliser(vocabulary.spelling, vocabulary.words)(text), vocabulary)
    return [" ".join(t.form for t in reading.tokens[s.start : s.end]) for s in reading.find_any(patterns)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("pijn|druk op borst", "druk op borst", ["druk op borst"]),
        ("pijn op _ borst*", "pijn op de borstkas", ["pijn op de borstkas"]),
        ("pijn op _ borst*", "pijn op mijn linker borst", ["pijn op mijn linker borst"]),
        ("pijn op _ borst*", "pijn op al die andere dagen borst", []),
        ("pijn op borst", "pijn echt wel op borst", ["pijn echt wel op borst"]),
        ("*infarct", "een herseninfarct", ["herseninfarct"]),
        ("*farc*", "een infarctje", ["infarctje"]),
        ("{mijn} man", "me man", ["me man"]),
        ("krijg {lucht}", "krijg geen lucht", ["krijg geen lucht"]),
        ("krijg {lucht}", "krijg asem tekort", ["krijg asem tekort"]),
        ("beide-benen|armen slap", "beide benen slap", ["beide benen slap"]),
        ("# koorts", "39 koorts", ["39 koorts"]),
        ("pijn borst", "pijn. Borst", []),
        ("hartaanval", "hart aanval", ["hart aanval"]),
        ("hartaanval", "hartaanfal", ["hartaanfal"]),
        ("=hartaanval", "hartaanfal", []),
        ("borst", "worst", []),
    ],
)
def test_match(pattern, text, found):
    assert matches(pattern, text) == found


def test_a_correctly_spelled_word_is_no_misspelling():
    assert matches("geschoten", "gesloten", is_word=lambda word: word == "gesloten") == []
    assert matches("geschoten", "geschooten") == ["geschooten"]


@pytest.mark.parametrize("pattern", ["", "_", "a||b", "{onbekend}", "{ring}", "a?", "*", "x#"])
def test_faulty_pattern_is_refused(pattern):
    with pytest.raises(PatternError):
        Vocabulary(classes=CLASSES).compile(pattern)
