"""The Dutch language model: the installed one and the fallback do the same job."""

from __future__ import annotations

import pytest
import spacy
from threadpoolctl import threadpool_info

from bot.triage import language
from bot.triage.language import (
    DUTCH_MODEL,
    FALLBACK_NAME,
    blank_pipeline,
    installed_model,
    lemmas_of,
    lemmas_of_all,
    load_language,
)
from tests.corpus import whole_corpus

PIPELINES = ["fallback"] + (["installed"] if installed_model() != FALLBACK_NAME else [])


@pytest.fixture(params=PIPELINES, scope="module")
def nlp(request):
    return blank_pipeline() if request.param == "fallback" else load_language()


def test_lemmas_of_everyday_words(nlp):
    doc = nlp("mijn kinderen hebben gisteren de rekeningen betaald")
    lemmas = [token.lemma_ for token in doc]
    assert lemmas[1:3] == ["kind", "hebben"] and "rekening" in lemmas and "betalen" in lemmas


def test_every_token_has_a_lemma(nlp):
    assert all(token.lemma_ for token in nlp("Héél 2 r@re tokens 🙂 qsdf d'r 's avonds"))


def test_many_texts_are_read_as_one_is():
    texts = ["Zij zochten lotgenoten", "", "mijn kinderen   betaalden de rekeningen"]
    assert lemmas_of_all(texts) == [lemmas_of(text, load_language()) for text in texts]


@pytest.mark.skipif(installed_model() == FALLBACK_NAME, reason="no Dutch language model is installed")
def test_what_is_left_out_of_the_model_changes_no_lemma():
    texts = [example.text.lower() for example in whole_corpus()[::100]]
    whole, ours = spacy.load(DUTCH_MODEL), load_language()
    for one, other in zip(whole.pipe(texts), ours.pipe(texts), strict=True):
        assert [token.lemma_ for token in one] == [token.lemma_ for token in other]


def test_linear_algebra_takes_one_thread():
    load_language()
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} <= {1}


def test_without_an_installed_model_the_fallback_is_used(monkeypatch):
    monkeypatch.setattr(language, "DUTCH_MODEL", "nl_core_news_not_there")
    assert installed_model() == FALLBACK_NAME
    assert load_language().pipe_names == ["simplemma_nl"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?", "sociaal"),
        ("ik krijg ineens geen lucht en heb druk op mijn borst", "spoed_112"),
        ("ik wil niet meer leven", "crisis_113"),
        ("wanneer wordt het oud papier opgehaald", "buiten_bereik"),
    ],
)
def test_the_decision_does_not_hang_on_the_language_model(nlp, text, outcome, assessor, monkeypatch):
    monkeypatch.setattr(assessor, "_language", nlp)
    assert assessor.assess(text).outcome == outcome
