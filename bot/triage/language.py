"""The Dutch language model: the installed one, or tokens and looked-up lemmas without one."""

# No postponed annotations here: spaCy reads those of a factory at run time.

import importlib.util
import os
from collections.abc import Sequence
from importlib import metadata

import joblib
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bot.triage.lexicon import lemma_of

DUTCH_MODEL = "nl_core_news_sm"
UNUSED_PIPES = ("parser", "ner", "senter", "morphologizer", "tagger")
"""Lemmas need none of these, and every message would pay for them."""

PROCESSES = min(2, os.cpu_count() or 1)

FALLBACK_NAME = "spacy.blank(nl)+simplemma"


class LemmaLookup:
    """Pipe that fills `token.lemma_` from simplemma's Dutch dictionary."""

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.lemma_ = lemma_of(token.text)
        return doc


@Language.factory("simplemma_nl")
def create_lemma_lookup(nlp: Language, name: str) -> LemmaLookup:
    """The pipe as a spaCy factory."""
    return LemmaLookup()


def installed_model() -> str:
    """Name and version of the Dutch model in use, as recorded beside the trained model."""
    if importlib.util.find_spec(DUTCH_MODEL) is None:
        return FALLBACK_NAME
    return f"{DUTCH_MODEL} {metadata.version(DUTCH_MODEL)}"


def load_language() -> Language:
    """A spaCy pipeline with tokens and lemmas: the installed Dutch model, or the fallback."""
    if installed_model() == FALLBACK_NAME:
        return blank_pipeline()
    return spacy.load(DUTCH_MODEL, exclude=UNUSED_PIPES)


def blank_pipeline() -> Language:
    """`spacy.blank("nl")` with lemmas from a lookup; needs no download."""
    nlp = spacy.blank("nl")
    nlp.add_pipe("simplemma_nl")
    return nlp


def lemmas_of(text: str, nlp: Language) -> str:
    """The lemmas of `text`, lower case, joined by spaces. `nlp` remembers no word of it."""
    with nlp.memory_zone():
        return _joined(nlp(text.lower()))


def lemmas_of_all(texts: Sequence[str]) -> list[str]:
    """The lemmas of each text with the pipeline of `load_language`, in as many processes as pay."""
    halves = [texts[start::PROCESSES] for start in range(PROCESSES)]
    read = joblib.Parallel(n_jobs=PROCESSES)(joblib.delayed(_read_part)(part) for part in halves)
    lemmas = [""] * len(texts)
    for start, part in enumerate(read):
        lemmas[start::PROCESSES] = part
    return lemmas


def _read_part(texts: Sequence[str]) -> list[str]:
    docs = load_language().pipe((text.lower() for text in texts), batch_size=256)
    return [_joined(doc) for doc in docs]


def _joined(doc: Doc) -> str:
    return " ".join(token.lemma_ for token in doc if token.text.strip())
