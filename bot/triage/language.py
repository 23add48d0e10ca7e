"""The Dutch language model: the installed one, or tokens and looked-up lemmas without one."""

# No postponed annotations here: spaCy reads those of a factory at run time.

import importlib.util
import os
from collections.abc import Callable, Sequence
from importlib import metadata

import joblib
import spacy
from spacy import attrs
from spacy.lang.nl import Dutch
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab, create_vocab
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from bot.triage.lexicon import lemma_of

DUTCH_MODEL = "nl_core_news_sm"
UNUSED_PIPES = ("parser", "ner", "senter", "morphologizer", "tagger")
"""Lemmas need none of these, and every message would pay for them."""

USED_ATTRIBUTES = frozenset(
    {attrs.LOWER, attrs.NORM, attrs.PREFIX, attrs.SUFFIX, attrs.SHAPE, attrs.IS_SPACE, attrs.LANG}
)
"""What spaCy's models look at in a word. It works out a dozen more of each, for other tasks."""

PROCESSES = min(2, os.cpu_count() or 1)

AS_SAVED = "sociale-triage.AsSaved.v1"
"""Name of a tokenizer for spaCy's configuration."""

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
    """A spaCy pipeline with tokens and lemmas: the installed Dutch model, or the fallback.

    From now on linear algebra takes one thread in this process: on a sentence more of them only wait for
    each other.
    """
    threadpool_limits(1, user_api="blas")
    if installed_model() == FALLBACK_NAME:
        return blank_pipeline()
    config = {"nlp": {"tokenizer": {"@tokenizers": AS_SAVED}}}
    with use_ops("numpy", use_blis=False):  # on a sentence twice as fast as blis, spaCy's own
        return spacy.load(DUTCH_MODEL, exclude=UNUSED_PIPES, config=config, vocab=_light_vocabulary())


def _light_vocabulary() -> Vocab:
    vocabulary = create_vocab("nl", Dutch.Defaults)
    for attribute in vocabulary.lex_attr_getters.keys() - USED_ATTRIBUTES:
        del vocabulary.lex_attr_getters[attribute]
    return vocabulary


@registry.tokenizers(AS_SAVED)
def create_tokenizer_as_saved() -> Callable[[Language], Tokenizer]:
    """A tokenizer whose rules come with the saved model only; spaCy sets those of the language up first."""
    return lambda nlp: Tokenizer(nlp.vocab)


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
