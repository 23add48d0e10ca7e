"""Stand-ins for the assessor and the assistant, so that the command line is tested without a model."""

from __future__ import annotations

from dataclasses import dataclass

from bot.turn import Opening, Turn


def triage_of(outcome: str, routes=(), place: str | None = None, **changes) -> dict:
    """A Triage object of the contract."""
    return {
        "uitkomst": outcome,
        "zekerheid": 0.9,
        "zeker": True,
        "redenen": [],
        "routes": list(routes),
        "plaats": {"naam": place, "gemeente": place, "bron": "bericht"} if place else None,
        "initiatieven": [],
        "bel": [],
        "antwoord": "Het antwoord.",
        "versie": {"model": "1", "catalogus": "1", "regels": "1"},
        **changes,
    }


def message(text: str, **changes) -> dict:
    """A Bericht object of the contract."""
    return {"van": "assistent", "tekst": text, "knoppen": [], "initiatieven": [], "bel": [], **changes}


def initiative(name: str, kind: str = "odensehuis") -> dict:
    """An Initiatief object with what the command line shows of it."""
    return {
        "naam": name,
        "soort": kind,
        "organisatie": None,
        "adres": None,
        "plaats": "Assen",
        "telefoon": None,
        "email": None,
        "website": "https://voorbeeld.nl",
        "openingstijden": None,
        "waarom": "Dichtbij.",
    }


@dataclass
class Assessment:
    outcome: str
    routes: tuple[str, ...] = ()


class FakeAssessor:
    """Calls everything with 'adem' an emergency and everything else social."""

    def assess(self, text: str, place: str | None = None, channel: str = "bewoner") -> Assessment:
        return Assessment("spoed_112") if "adem" in text else Assessment("sociaal", ("odensehuis",))

    def triage(self, text: str, place: str | None = None, channel: str = "bewoner") -> dict:
        found = self.assess(text, place, channel)
        return triage_of(found.outcome, found.routes, place, antwoord=f"{channel}: {text}")


class FakeAssistant:
    """Answers each turn from a list, and remembers what was typed and forgotten."""

    version = {"model": "1", "catalogus": "1", "regels": "1"}

    def __init__(self, *turns: Turn) -> None:
        self.turns = list(turns)
        self.typed: list[str] = []
        self.forgotten: list[str] = []

    async def start(self, conversation_id: str, gemeente: str | None, kanaal: str) -> Opening:
        return Opening([message("Hallo. Bel 112 bij levensgevaar.")])

    async def say(self, conversation_id: str, text: str) -> Turn:
        self.typed.append(text)
        return self.turns[len(self.typed) - 1]

    async def forget(self, conversation_id: str) -> None:
        self.forgotten.append(conversation_id)
