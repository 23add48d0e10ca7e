"""The texts of data/aanmelding: consent, moments, and what is said about a field."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sociale_kaart.files import read_yaml
from sociale_kaart.sentences import Sentences

from bot.triage.icpc import load_codes

DATA = Path(__file__).parents[2] / "data" / "aanmelding"
FORM = DATA / "formulier.yml"
CONSENT = DATA / "toestemming.yml"
ASKING_THE_GP = DATA / "huisarts.yml"


def moments() -> Mapping[str, str]:
    """The moments to be reached that somebody can choose: text by code."""
    texts = Sentences.load(FORM).all()
    return {name.partition(".")[2]: text for name, text in texts.items() if name.startswith("momenten.")}


def program_name() -> str:
    """What people apply for."""
    return Sentences.load(FORM).say("naam")


def icpc_codes() -> Mapping[str, str]:
    """The ICPC-1 codes that a practice may send along, with our own wording (data/balie/icpc.yml)."""
    return {code: entry["omschrijving"] for code, entry in load_codes().items()}


def gp_texts() -> Mapping[str, Any]:
    """What somebody can take to the GP where nobody can apply alone."""
    return read_yaml(ASKING_THE_GP)


def how_to_ask() -> str:
    """How to ask the GP, in two sentences."""
    return gp_texts()["hoe"]


def about_fault(field: str, code: str, to_practice: bool, **lengths: int) -> str:
    """What to say about a fault in a field, to the practice that filled it in or to the person."""
    texts = Sentences.load(FORM)
    own = f"fouten_praktijk.{field}.{code}"
    name = own if to_practice and own in texts.all() else f"fouten.{field}.{code}"
    return texts.say(name, **lengths)
