"""Terms, wildcards and gaps of the concept lexicon, and where the hits stand."""

from __future__ import annotations

import pickle

import pytest

from bot.triage.lexicon import LEXICON_FOLDER, Concept, Lexicon, LexiconError, load_lexicon, tokenize


def lexicon(**terms):
    return Lexicon(Concept(code, code, code, tuple(listed)) for code, listed in terms.items())


def found(lexicon, text):
    return [(hit.concept, hit.fragment) for hit in lexicon.find(text)]


@pytest.mark.parametrize(
    ("term", "text", "fragment"),
    [
        ("eenzaam", "Ik ben EENZAAM.", "EENZAAM"),
        ("eenzaam*", "die eenzaamheid", "eenzaamheid"),
        ("eenzaam*", "eenzaam", "eenzaam"),
        ("*kanker", "mijn borstkanker", "borstkanker"),
        ("*kanker", "kanker", "kanker"),
        ("*kanker gehad", "darmkanker gehad", "darmkanker gehad"),
        ("mn man", "M'n man", "M'n man"),
        ("mn man", "m’n man", "m’n man"),
        ("suïcid*", "suicidaal", "suicidaal"),
        ("suicid*", "suïcidaal", "suïcidaal"),
        ("heb niemand", "heb, niemand", "heb, niemand"),
        ("voel me _ alleen", "voel me alleen", "voel me alleen"),
        ("voel me _ alleen", "voel me toch best alleen", "voel me toch best alleen"),
        ("voel me _ _ alleen", "voel me a b c d alleen", "voel me a b c d alleen"),
        ("man _ _ overled*", "man is vorig jaar overleden", "man is vorig jaar overleden"),
        ("e-mail", "een e-mail", "e-mail"),
        ("ik huil", "ik huilde", "ik huilde"),
        ("mijn kind", "mijn kinderen", "mijn kinderen"),
    ],
)
def test_term_is_found(term, text, fragment):
    assert found(lexicon(begrip=[term]), text) == [("begrip", fragment)]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("eenzaam", "eenzaamheid"),
        ("*kanker", "kankercentrum"),
        ("heb niemand", "heb toch niemand"),
        ("voel me _ alleen", "voel me a b c alleen"),
        ("eenzaam*", ""),
        ("voel me _ alleen", "voel me"),
    ],
)
def test_term_is_not_found(term, text):
    assert found(lexicon(begrip=[term]), text) == []


def test_offsets_point_into_the_original_text():
    text = "Nou… M'n buurvrouw 😀 is zó alleen"
    for hit in lexicon(buur=["buurvrouw"], alleen=["zo alleen"]).find(text):
        assert text[hit.start : hit.end] == hit.fragment


def test_longest_of_overlapping_hits_and_all_concepts():
    both = lexicon(alleen=["alleen", "helemaal alleen", "alleen thuis"], thuis=["thuis"])
    assert found(both, "helemaal alleen thuis, alleen") == [
        ("alleen", "helemaal alleen"),
        ("thuis", "thuis"),
        ("alleen", "alleen"),
    ]


def test_pickles_as_its_concepts():
    copy = pickle.loads(pickle.dumps(lexicon(alleen=["voel me _ alleen"])))
    assert found(copy, "voel me zo alleen") == [("alleen", "voel me zo alleen")]


def test_gap_at_an_end_is_an_error():
    with pytest.raises(LexiconError, match="begins or ends"):
        lexicon(alleen=["alleen _"])


def test_missing_field_names_file_and_concept(tmp_path):
    (tmp_path / "x.yml").write_text("begrippen:\n- begrip: rouw\n  omschrijving: verlies\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"x\.yml, begrip 1 \(rouw\): termen ontbreekt"):
        load_lexicon(tmp_path)


def test_tokens_are_folded_and_keep_their_place():
    assert [(t.text, t.start, t.end) for t in tokenize("Zó'n: 2x!")] == [("zon", 0, 4), ("2x", 6, 8)]


@pytest.fixture(scope="module")
def shipped():
    return load_lexicon(LEXICON_FOLDER)


def test_shipped_lexicon_has_a_short_label_for_every_concept(shipped):
    assert len(shipped.concepts) >= 223
    for code in shipped.concepts:
        assert 2 < len(shipped.label(code)) <= 60, code


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("ik voel me zo alleen", "eenzaam_alleen"),
        ("ineens geen lucht meer", "ademnood"),
        ("ik wil niet meer leven", "doodswens_direct"),
        ("mijn man is vorig jaar overleden", "weduwe_partner_overleden"),
        ("herhaalrecept graag", "herhaalrecept"),
    ],
)
def test_shipped_lexicon_knows(shipped, text, concept):
    assert concept in {hit.concept for hit in shipped.find(text)}
