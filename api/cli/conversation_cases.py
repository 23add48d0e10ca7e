"""Conversation cases: the format and the judgement of `sociale-triage converse`, as the contract has them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.provider import Assistant

CHANNELS = ("bewoner", "balie")
_SHOWN_OF_INITIATIVE = (
    "naam",
    "organisatie",
    "adres",
    "plaats",
    "telefoon",
    "email",
    "website",
    "openingstijden",
)
_SHOWN_OF_NUMBER = ("naam", "telefoon", "url", "openingstijden")


class CaseFileError(ValueError):
    """A line of a case file does not follow the contract; the message names file and line."""


@dataclass(frozen=True)
class Case:
    """One conversation: what the person types, and what must have come of it."""

    id: str
    turns: tuple[str, ...]
    channel: str = "bewoner"
    outcome: str | None = None
    route: str | None = None
    place: str | None = None
    must_name: tuple[str, ...] = ()
    may_not: tuple[str, ...] = ()


@dataclass
class Played:
    """How a conversation went. `answers` holds all that was shown after each turn, as one text."""

    transcript: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    triage: dict | None = None


def read_cases(file: Path) -> list[Case]:
    """The cases of a JSON Lines file; raises CaseFileError at the first faulty line."""
    cases: list[Case] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            cases.append(_read_case(line, f"{file}:{number}"))
    return cases


async def play(case: Case, assistant: Assistant) -> Played:
    """Type every turn of the case to the assistant, in a conversation of its own that is forgotten after."""
    played = Played()
    conversation_id = f"converse-{secrets.token_hex(8)}"
    opening = await assistant.start(conversation_id, None, case.channel)
    played.transcript += [f"assistent: {shown(message)}" for message in opening.messages]
    try:
        for text in case.turns:
            turn = await assistant.say(conversation_id, text)
            answers = [shown(message) for message in turn.messages]
            played.transcript += [f"gebruiker: {text}", *(f"assistent: {answer}" for answer in answers)]
            played.answers.append("\n".join(answers))
            played.triage = turn.triage or played.triage
    finally:
        await assistant.forget(conversation_id)
    return played


def faults(case: Case, played: Played) -> list[str]:
    """What is not as the case expects, one Dutch line each; empty when the case passed.

    `moet_noemen` looks at every answer to a turn (not at the greeting before the first one),
    `mag_niet` at the last answer. The route is the first one of the last decision, or the kind of
    the first initiative shown with it.
    """
    everything = "\n".join(played.answers).casefold()
    last = (played.answers[-1] if played.answers else "").casefold()
    return [
        *_ending_faults(case, played.triage or {}),
        *(f"noemt nergens '{text}'" for text in case.must_name if text.casefold() not in everything),
        *(f"noemt '{text}' in het laatste antwoord" for text in case.may_not if text.casefold() in last),
    ]


def shown(message: dict) -> str:
    """All that a person sees of one message: its text, what stands on its cards, its buttons."""
    text = message["tekst"]
    lines = [text]
    for items, fields in (
        (message["initiatieven"], _SHOWN_OF_INITIATIVE),
        (message["bel"], _SHOWN_OF_NUMBER),
    ):
        for item in items:
            unseen = [str(item[name]) for name in fields if item.get(name) and str(item[name]) not in text]
            lines += [f"  - {', '.join(unseen)}"] if unseen else []
    if message["knoppen"]:
        lines.append("  " + " ".join(f"[{button['tekst']}]" for button in message["knoppen"]))
    return "\n".join(lines)


def _ending_faults(case: Case, triage: dict) -> list[str]:
    place = (triage.get("plaats") or {}).get("naam")
    first_routes = triage.get("routes", [])[:1]
    first_kinds = [initiative["soort"] for initiative in triage.get("initiatieven", [])[:1]]
    found = []
    if case.outcome and triage.get("uitkomst") != case.outcome:
        found.append(f"uitkomst is {triage.get('uitkomst')}, verwacht {case.outcome}")
    if case.route and case.route not in first_routes + first_kinds:
        found.append(f"route is {''.join(first_routes) or None}, verwacht {case.route}")
    if case.place and (place or "").casefold() != case.place.casefold():
        found.append(f"plaats is {place}, verwacht {case.place}")
    return found


def _read_case(line: str, where: str) -> Case:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise CaseFileError(f"{where}: no valid JSON ({error.msg}, column {error.colno})") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("id"), str):
        raise CaseFileError(f"{where}: expected one JSON object with an 'id'")
    expected = fields.get("verwacht", {})
    if not isinstance(expected, dict):
        raise CaseFileError(f"{where}: 'verwacht' must be an object")
    channel = fields.get("kanaal") or "bewoner"
    if channel not in CHANNELS:
        raise CaseFileError(f"{where}: 'kanaal' is {channel!r}; use one of {', '.join(CHANNELS)}")
    turns = _texts(fields, "beurten", where)
    if not turns:
        raise CaseFileError(f"{where}: 'beurten' is missing or empty")
    return Case(
        id=fields["id"],
        turns=turns,
        channel=channel,
        outcome=expected.get("uitkomst"),
        route=expected.get("route_soort"),
        place=expected.get("plaats"),
        must_name=_texts(expected, "moet_noemen", where),
        may_not=_texts(expected, "mag_niet", where),
    )


def _texts(fields: dict, name: str, where: str) -> tuple[str, ...]:
    texts: Sequence = fields.get(name) or []
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise CaseFileError(f"{where}: {name!r} must be a list of texts")
    return tuple(texts)
