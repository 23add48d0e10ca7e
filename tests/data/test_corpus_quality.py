"""The corpus of data/nlu, checked as a whole: labels, duplicates, and what must not give a label away."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from bot.triage.corpus import INTENTS
from bot.triage.types import CHANNELS, DIALOGUE_ACTS, OUTCOMES, ROUTES
from tests.corpus import whole_corpus

ROOT = Path(__file__).resolve().parents[2]
CORPUS = whole_corpus()

NEAR_DUPLICATE = 80
"""rapidfuzz ratio of normalised texts above which two examples with one label count as one.

Texts with different labels may be close: "ik denk het wel" and "ik denk het niet" teach a difference.
"""

COMPARABLE_LENGTH = 15
"""Characters from which a near-duplicate says something; "nee hoor" and "nee joh" may both stay."""

QUESTION_MARKS = (0.10, 0.70)
TOWNS = (0.05, 0.45)
"""Allowed share of the examples of one outcome or route with a question mark, or a town's name.

The classifier never sees punctuation (features.plain_text). The bounds keep a town's name, and the
tone that goes with a question mark, from standing for a label. Dialogue acts are mostly two to
four words and are held to upper bounds only.
"""


def normalise(text):
    return " ".join(re.findall(r"\w+", text.lower())) or text


@lru_cache
def town_pattern():
    with (ROOT / "catalogue" / "data" / "plaatsen.csv").open(encoding="utf-8") as file:
        names = {row["naam"] for row in csv.DictReader(file) if len(row["naam"]) >= 4}
    any_name = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    first = "".join(sorted({name[0] for name in names}))  # looked at before all names are tried
    return re.compile(rf"(?<!\w)(?=[{first}])(?:{any_name})(?!\w)")


@cache
def names_a_town(text):
    return town_pattern().search(text) is not None


def near_duplicates(texts):
    """Pairs of texts with a ratio above NEAR_DUPLICATE; only texts of like length can reach it."""
    texts = sorted({text for text in texts if len(text) >= COMPARABLE_LENGTH}, key=len)
    lengths = np.array([len(text) for text in texts])
    pairs = []
    for start in range(0, len(texts), 400):
        rows = texts[start : start + 400]
        end = np.searchsorted(lengths, len(rows[-1]) * 1.5, side="right")
        scores = process.cdist(
            rows, texts[start:end], score_cutoff=NEAR_DUPLICATE, scorer=fuzz.ratio, dtype=np.uint8, workers=-1
        )
        for row, column in zip(*np.nonzero(scores > NEAR_DUPLICATE), strict=True):
            if row < column:
                pairs.append((rows[row], texts[start + column]))
    return pairs


def share(texts, found):
    return sum(bool(found(text)) for text in texts) / len(texts)


def texts_of(code):
    return [e.text for e in CORPUS if e.intent == code or code in e.routes[:1]]


def test_every_label_and_channel_is_covered():
    intents = Counter(example.intent for example in CORPUS)
    assert set(intents) == set(INTENTS)
    assert all(intents[act] >= 60 for act in DIALOGUE_ACTS), intents
    assert {route for example in CORPUS for route in example.routes} == set(ROUTES)
    assert {example.channel for example in CORPUS} == set(CHANNELS)


def test_the_corpus_is_large_and_spread():
    intents = Counter(example.intent for example in CORPUS)
    routes = Counter(route for example in CORPUS for route in example.routes)
    words = [len(example.text.split()) for example in CORPUS]
    assert len({example.text for example in CORPUS}) >= 20_000
    assert {code: intents[code] for code in OUTCOMES if intents[code] < 1_200} == {}
    assert {code: routes[code] for code in ROUTES if routes[code] < 350} == {}
    assert sum(example.channel == "balie" for example in CORPUS) >= 0.2 * len(CORPUS)
    assert sum(40 <= count <= 120 for count in words) >= 0.1 * len(CORPUS)


def test_no_duplicates():
    counts = Counter(normalise(example.text) for example in CORPUS)
    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("label", INTENTS)
def test_no_near_duplicates(label):
    pairs = near_duplicates([normalise(example.text) for example in CORPUS if example.intent == label])
    assert pairs == [], "rewrite or drop one of each pair:\n" + "\n".join(" | ".join(pair) for pair in pairs)


def test_no_text_can_be_read_as_rasa_markup():
    assert [example.text for example in CORPUS if re.search(r"\[[^\]]+\][({\[]", example.text)] == []


def test_no_contact_data_of_people():
    pattern = re.compile(r"\b0[1-9](?:[ -]?\d){8}\b|\b\w[\w.]*@\w+\.\w+\b|\b\d{9}\b")
    assert [example.text for example in CORPUS if pattern.search(example.text)] == []


@pytest.mark.parametrize("code", OUTCOMES + ROUTES)
def test_question_marks_do_not_give_a_label_away(code):
    low, high = QUESTION_MARKS
    assert low <= share(texts_of(code), lambda text: "?" in text) <= high


def test_towns_do_not_give_a_label_away():
    low, high = TOWNS
    shares = {code: share(texts_of(code), names_a_town) for code in OUTCOMES + ROUTES}
    assert {code: round(value, 2) for code, value in shares.items() if not low <= value <= high} == {}


@pytest.mark.parametrize("act", [act for act in DIALOGUE_ACTS if act != "noem_plaats"])
def test_dialogue_acts_stay_free_of_towns_and_rich_in_statements(act):
    assert share(texts_of(act), lambda text: "?" in text) <= 0.5
    assert share(texts_of(act), names_a_town) <= 0.1
