"""What the clients say: conversations of eight messages, the same for both sides in every run of one seed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.triage.corpus import Example

SEED = 2026

TALK = (
    "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?",
    "Groningen",
    "heeft u nog iets anders",
    "ik ben sinds de dood van mijn vrouw erg alleen",
    "ik heb al weken hoofdpijn",
    "ik krijg ineens geen lucht en heb druk op mijn borst",
    "wanneer wordt het vuilnis opgehaald",
    "dank u wel",
)
"""One round of turns: a social question with its place, another option, and every kind of answer."""

PATTERN: tuple[tuple[str, ...], ...] = (
    ("sociaal", "gemengd"),
    ("noem_plaats",),
    ("andere_optie",),
    ("sociaal", "gemengd", "medisch"),
    ("medisch", "verduidelijken", "buiten_bereik"),
    ("spoed_112", "crisis_113", "onveilig", "huisarts_vandaag", "sociaal", "mens"),
    ("noem_plaats", "iets_anders", "sociaal"),
    ("bedanken", "afscheid"),
)
"""The labels from which each message of a conversation is drawn: need, place, another option, and so on."""

ONE_IN = 4
"""One conversation in so many is TALK itself, word for word."""

LONG_TURNS = 200
"""Length of the conversation in which the cost of a turn is measured."""

Conversation = tuple[str, ...]


def conversations(examples: Sequence[Example], name: str, seed: int = SEED) -> Iterator[Conversation]:
    """Conversations without end; equal `name` and `seed` give equal ones, also in another process."""
    draw = random.Random(f"{seed}/{name}")
    by_label: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        if example.channel == "bewoner":
            by_label[example.intent].append(example.text)
    while True:
        if draw.randrange(ONE_IN) == 0:
            yield TALK
        else:
            yield tuple(draw.choice(by_label[draw.choice(labels)]) for labels in PATTERN)


def long_conversation(turns: int = LONG_TURNS) -> Conversation:
    """TALK over and over: the same eight messages at the end as at the beginning."""
    return tuple(TALK[number % len(TALK)] for number in range(turns))
