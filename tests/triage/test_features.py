"""From utterances to one matrix."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from bot.triage.corpus import Example
from bot.triage.features import Features, concept_values, numberless, plain_text, word_ngrams
from bot.triage.lexicon import Concept, Lexicon, tokenize

LEXICON = Lexicon(
    [
        Concept("alleen", "alleen zijn", "alleen", ("alleen",)),
        Concept("ontkenning", "ontkenning", "niet", ("niet",)),
    ]
)
EXAMPLES = [
    Example("ik ben alleen", "sociaal", ("buddy",), lemmas="ik zijn alleen"),
    Example("ik ben niet alleen", "mens", lemmas="ik zijn niet alleen"),
    Example("wij zijn niet alleen", "mens", channel="balie", lemmas="wij zijn niet alleen"),
    Example("ik ben zo alleen", "sociaal", ("buddy",), lemmas="ik zijn zo alleen"),
    Example("niet alleen ik", "mens", lemmas="niet alleen ik"),
]


@pytest.fixture(scope="module")
def features():
    features = Features(LEXICON)
    features.fit_transform(EXAMPLES)
    return features


def test_one_row_per_example_and_blocks_side_by_side(features):
    matrix = features.transform(EXAMPLES)
    assert matrix.shape[0] == len(EXAMPLES)
    assert matrix.dtype == np.float32
    for name, column in features.concepts.items():
        expected = [name in concept_values(LEXICON.find(example.text)) for example in EXAMPLES]
        assert (matrix[:, features.offset("concepts") + column].toarray().ravel() > 0).tolist() == expected


@pytest.mark.parametrize(
    "text", [*(example.text for example in EXAMPLES), "", "xyzzy 0612345678", "Niet, niet!"]
)
@pytest.mark.parametrize("channel", ["bewoner", "balie"])
def test_one_message_gives_the_row_that_many_give(features, text, channel):
    example = Example(text, "", (), channel, "ik zijn alleen")
    one, [many] = features.transform_one(example), features.transform([example, EXAMPLES[0]])[:1]
    many.sort_indices()
    assert one.shape == many.shape and one.dtype == many.dtype
    assert one.indices.tolist() == many.indices.tolist()
    np.testing.assert_allclose(one.data, many.data, rtol=1e-6)


def test_what_the_vectorizers_left_out_is_not_kept(features):
    assert pickle.loads(pickle.dumps(features)).words.stop_words_ is None


def test_word_columns_stand_where_offset_says(features):
    column = features.offset("words") + features.words.vocabulary_["ik"]
    assert (features.transform(EXAMPLES)[:, column].toarray().ravel() > 0).tolist() == [1, 1, 0, 1, 1]


def test_works_without_lemmas():
    plain = [Example(example.text, example.intent, example.routes) for example in EXAMPLES]
    assert (
        Features(LEXICON).fit_transform(plain).shape[1] < Features(LEXICON).fit_transform(EXAMPLES).shape[1]
    )


def test_learning_gives_the_rows_that_reading_gives():
    features = Features(LEXICON)
    learned = features.fit_transform(EXAMPLES)
    assert abs(learned - features.transform(EXAMPLES)).max() < 1e-6


def test_unknown_words_and_empty_text_give_a_row(features):
    assert features.transform([Example("", ""), Example("🙏", ""), Example("qwxyz", "")]).shape[0] == 3


def test_concept_counts_and_its_context():
    values = concept_values(LEXICON.find("niet alleen maar alleen"))
    assert values["alleen"] == pytest.approx(1 + np.log(2))
    assert "alleen|ontkenning" in values


def test_distant_context_does_not_count():
    assert "alleen|ontkenning" not in concept_values(LEXICON.find("niet a b c d e f g alleen"))


def test_numbers_lose_their_value_but_emergency_numbers_do_not():
    assert numberless(tokenize("78 jaar, bel 112 of 0612")) == ["00", "jaar", "bel", "112", "of", "0000"]


def test_punctuation_and_capitals_leave_no_trace():
    assert plain_text(tokenize("Hélp! Mij?")) == plain_text(tokenize("help mij"))


def test_word_ngrams():
    assert list(word_ngrams(["a", "b", "c"])) == ["a", "b", "c", "a b", "b c", "a b c"]
