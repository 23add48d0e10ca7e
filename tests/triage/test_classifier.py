"""Training on a slice of the corpus, predicting, explaining, saving."""

from __future__ import annotations

import pytest

from bot.triage.classifier import NotTrainedError, TwoHeadClassifier
from bot.triage.corpus import INTENTS
from bot.triage.lexicon import LEXICON_FOLDER, load_lexicon
from bot.triage.types import ROUTES
from tests.corpus import whole_corpus

CORPUS = whole_corpus()
SLICE = CORPUS[::12]
SMALL_SLICE = CORPUS[::60]
LEXICON = load_lexicon(LEXICON_FOLDER)


@pytest.fixture(scope="module")
def classifier():
    return TwoHeadClassifier(LEXICON).train(SLICE)


def likeliest(probabilities):
    return max(probabilities, key=probabilities.get)


def test_probabilities_cover_every_code(classifier):
    prediction = classifier.predict("mijn man heeft dementie, waar kunnen we samen heen")
    assert set(prediction.intents) == set(INTENTS)
    assert set(prediction.routes) == set(ROUTES)
    assert sum(prediction.intents.values()) == pytest.approx(1)
    assert all(0 <= p <= 1 for p in [*prediction.intents.values(), *prediction.routes.values()])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("mijn man ligt bewusteloos op de grond en ademt niet", "spoed_112"),
        ("ik wil niet meer leven", "crisis_113"),
        ("mijn man slaat mij", "onveilig"),
        ("mijn man heeft alzheimer, is er een inloophuis waar we samen heen kunnen", "sociaal"),
        ("paspoort verlengen", "buiten_bereik"),
    ],
)
def test_plain_messages_are_understood(classifier, text, intent):
    assert likeliest(classifier.predict(text).intents) == intent


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("ik heb borstkanker gehad en zoek een inloophuis om te praten", "ipso_inloophuis"),
        ("mijn man heeft dementie, waar kunnen we overdag samen binnenlopen", "odensehuis"),
    ],
)
def test_plain_routes_are_understood(classifier, text, route):
    assert likeliest(classifier.predict(text).routes) == route


@pytest.mark.parametrize("text", ["", " ", "🙏", "???", "x" * 2000, "a " * 1000])
def test_any_text_gets_an_answer(classifier, text):
    assert sum(classifier.predict(text).intents.values()) == pytest.approx(1)
    assert isinstance(classifier.explain(text), list)


def test_reasons_stand_in_the_text_as_typed(classifier):
    text = "M'n man heeft Alzheimer en ik ben zó MOE van het zorgen, wie neemt het even over?"
    reasons = classifier.explain(text)
    assert 1 <= len(reasons) <= 3
    assert all(reason.fragment in text and reason.points_to for reason in reasons)


def test_same_seed_same_model():
    one, other = (TwoHeadClassifier(LEXICON).train(SMALL_SLICE) for _ in range(2))
    text = "mijn dochter wordt gepest op school"
    assert one.predict(text) == other.predict(text)


def test_saved_model_predicts_the_same(classifier, tmp_path):
    classifier.save(tmp_path / "model")
    loaded = TwoHeadClassifier.load(tmp_path / "model")
    text = "ik ken hier niemand en zoek een maatje"
    assert loaded.predict(text) == classifier.predict(text)
    assert loaded.explain(text) == classifier.explain(text)


def test_untrained_classifier_says_so():
    with pytest.raises(NotTrainedError, match="train"):
        TwoHeadClassifier(LEXICON).predict("hallo")
