"""What a reason points to, in words: an outcome, a route or a concept of the lexicon."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sociale_kaart.kinds import load_routes

from api.desk.texts import all_texts
from bot.triage.classifier import LEXICON_FOLDER
from bot.triage.lexicon import load_lexicon


def label(code: str) -> str:
    """The Dutch label of a code; the code itself where nobody wrote one."""
    return _labels().get(code, code)


@cache
def _labels() -> Mapping[str, str]:
    """Every label by its code. Reading the lexicon takes about a second, so it is done once."""
    concepts = {code: concept.label for code, concept in load_lexicon(LEXICON_FOLDER).concepts.items()}
    routes = {code: route.name for code, route in load_routes().items()}
    return {**concepts, **routes, **all_texts("wijst_op")}
