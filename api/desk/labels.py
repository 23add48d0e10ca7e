"""What a reason points to, in words: an outcome, a route or a concept of the lexicon."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sociale_kaart.kinds import load_routes

from api.desk.texts import all_texts
from bot.triage.classifier import LEXICON_FOLDER
from bot.triage.lexicon import load_lexicon


def load_labels() -> None:
    """Read the labels now, so that nobody waits for it: the lexicon takes about a second."""
    _labels()


def label(code: str) -> str:
    """The Dutch label of a code; the code itself where nobody wrote one."""
    return _labels().get(code, code)


@cache
def _labels() -> Mapping[str, str]:
    """Every label by its code."""
    concepts = {code: concept.label for code, concept in load_lexicon(LEXICON_FOLDER).concepts.items()}
    routes = {code: route.name for code, route in load_routes().items()}
    return {**concepts, **routes, **all_texts("wijst_op")}
