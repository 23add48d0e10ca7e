"""The Dutch language model: the installed one, or tokens and looked-up lemmas without one."""

# No postponed annotations here: spaCy reads those of a factory at run time.

import importlib.util
from importlib import metadata
from pathlib import Path

import simplemma
import spacy
from spacy.language import Language
from spacy.tokens import Doc

DUTCH_MODEL = "nl_core_news_sm"
UNUSED_PIPES = ("parser", "ner", "senter", "morphologizer", "tagger")
"""Lemmas need none of these, and every message would pay for them."""

FALLBACK_NAME = "spacy.blank(nl)+simplemma"


class LemmaLookup:
    """Pipe that fills `token.lemma_` from simplemma's Dutch dictionary."""

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.lemma_ = simplemma.lemmatize(token.text, lang="nl").lower()
        return doc


@Language.factory("simplemma_nl")
def create_lemma_lookup(nlp: Language, name: str) -> LemmaLookup:
    """Registered as a spaCy factory in pyproject.toml, so that a saved pipeline finds it."""
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


def save_pipeline(folder: Path) -> Path:
    """Write the pipeline of `load_language` to `folder`, where Rasa's SpacyNLP can load it by path."""
    nlp = load_language()
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    return folder
