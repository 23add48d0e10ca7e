"""What a reason points to, in words: an outcome, a route or a concept of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from sociale_kaart.kinds import load_routes

from api.desk.texts import all_texts
from bot.triage.lexicon import LEXICON_FOLDER, load_concepts
from bot.triage.types import DANGER_OUTCOMES, RULE_ACTIONS

LIGHT_CONCEPTS = {
    "medisch": ("medisch", "gemengd", "verduidelijken"),
    "sociaal": ("sociaal", "gemengd", "verduidelijken"),
}
"""The outcomes that the concepts of a file of the lexicon explain, beside danger."""

MEDICAL = "medisch"


def load_labels() -> None:
    """Read the labels now, so that nobody waits for it: the lexicon takes about a second."""
    _concepts()


def label(code: str, outcome: str, routes: Collection[str], certain: bool = True) -> str | None:
    """The Dutch label of a code where it carries `outcome` or one of `routes`; else None: nothing to mark.

    A medical concept is called medical and no more: the card names no complaint. Where danger is not
    `certain`, what the model weighed is no reason to show.
    """
    if code in RULE_ACTIONS:
        return _texts().get(code) if certain else None
    if code in _texts():
        return _texts()[code] if code == outcome else None
    if code in load_routes():
        return load_routes()[code].name if code in routes else None
    return _label_of_concept(code, outcome)


def _label_of_concept(code: str, outcome: str) -> str | None:
    file, name = _concepts().get(code, ("", ""))
    if outcome in DANGER_OUTCOMES:
        return name if file == "gevaar" else None
    if outcome not in LIGHT_CONCEPTS.get(file, ()):
        return None
    return _texts()[MEDICAL] if file == MEDICAL else name


@cache
def _texts() -> Mapping[str, str]:
    return all_texts("wijst_op")


@cache
def _concepts() -> Mapping[str, tuple[str, str]]:
    """By code: the file of the lexicon that a concept stands in, and its label."""
    concepts = load_concepts(LEXICON_FOLDER)
    return {
        code: (file.stem, concepts[code].label)
        for file in LEXICON_FOLDER.glob("*.yml")
        for code in re.findall(r"^- begrip: (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
