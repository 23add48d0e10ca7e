"""An assistant without language understanding, for tests of the HTTP layer."""

from __future__ import annotations

import asyncio

from api.fallback import fixed_answer
from bot.turn import Opening, Turn, UnknownChoice, UnknownConversation

VERSION = {"model": "nep-1", "catalogus": "2026-11-01", "regels": "nep-1"}

CALL_112 = {
    "naam": "Alarmnummer 112",
    "telefoon": "112",
    "url": None,
    "openingstijden": "24 uur per dag",
    "wanneer": "Direct gevaar",
}

INITIATIVE = {
    "id": "odensehuis-nepstad",
    "naam": "Odensehuis Nepstad",
    "soort": "odensehuis",
    "organisatie": None,
    "adres": None,
    "plaats": "Nepstad",
    "gemeente": "Nepstad",
    "afstandKm": 1.2,
    "telefoon": None,
    "email": None,
    "website": "https://example.nl/odensehuis",
    "openingstijden": None,
    "kosten": None,
    "verwijzingNodig": False,
    "bron": "https://example.nl/bron",
    "gecontroleerdOp": "2024-01-31",
    "actueel": False,
    "waarom": "Dichtbij.",
    "websiteLandelijk": None,
    "hoeVraagtU": None,
    "soortNaam": "Odensehuis",
    "watIsHet": "Een huis waar u zo kunt binnenlopen.",
    "letOp": None,
    "doelgroep": None,
    "leeftijdVan": None,
    "leeftijdTot": None,
    "talen": [],
    "toegankelijkheid": None,
}


MUNICIPALITY = {
    "naam": "Nepstad",
    "logotekst": "Gemeente Nepstad",
    "telefoon": None,
    "website": "https://example.nl",
    "openingstijden": None,
    "kleuren": {"--nl-link-color": "#154273"},
}


def message(text: str, **parts: list) -> dict:
    return {"van": "assistent", "tekst": text, "knoppen": [], "initiatieven": [], "bel": [], **parts}


def triage_of(text: str) -> dict:
    danger = "druk op mijn borst" in text
    reasons = [{"fragment": text, "wijstOp": "spoed_112"}] if danger else []
    return {
        "uitkomst": "spoed_112" if danger else "sociaal",
        "zekerheid": 1.0,
        "zeker": True,
        "redenen": reasons,
        "routes": [] if danger else ["odensehuis"],
        "plaats": None,
        "initiatieven": [] if danger else [INITIATIVE],
        "bel": [CALL_112] if danger else [],
        "antwoord": "Bel 112." if danger else "Kijk eens hier.",
        "versie": VERSION,
    }


DANGER_WORD = "stikt"
WARNING = {"uitkomst": "spoed_112", "antwoord": "Bel nu 112.", "bel": []}
FRONT_DESK_WARNING = {**WARNING, "antwoord": "Volg het eigen triageprotocol."}


class FakeAssistant:
    """Remembers what it was told in `heard`; `break_with` makes every turn raise, `hang` never end."""

    version = VERSION

    def __init__(self) -> None:
        self.open: set[str] = set()
        self.heard: list[str] = []
        self.started: list[tuple[str | None, str]] = []
        self.break_with: Exception | None = None
        self.hang = False
        self.silent = False
        self.rules_broken = False
        self.parts = {"model": True, "catalogus": True, "opslag": True}

    async def start(self, conversation_id: str, gemeente: str | None, kanaal: str) -> Opening:
        await self._trouble()
        self.open.add(conversation_id)
        self.started.append((gemeente, kanaal))
        messages = [message("Hallo. Ik ben een computer.", knoppen=[{"id": "mens", "tekst": "Een mens"}])]
        return Opening(messages, MUNICIPALITY if gemeente else None, ["Ik voel me alleen"])

    async def say(self, conversation_id: str, text: str) -> Turn:
        self._known(conversation_id)
        self.heard.append(text)
        await self._trouble()
        triage = triage_of(text)
        parts = {"bel": triage["bel"], "initiatieven": triage["initiatieven"]}
        said = [] if self.silent else [message(triage["antwoord"], **parts)]
        return Turn(said, triage, "bewoner", human="gevaar" if triage["bel"] else None)

    async def choose(self, conversation_id: str, choice_id: str) -> Turn:
        self._known(conversation_id)
        await self._trouble()
        if choice_id != "mens":
            raise UnknownChoice(choice_id)
        return Turn([message("Bel de gemeente.")], None, "bewoner", ("action_mens",), human="mens_gevraagd")

    async def exists(self, conversation_id: str) -> bool:
        return conversation_id in self.open

    async def last_outcome(self, conversation_id: str) -> str | None:
        self._known(conversation_id)
        await self._trouble()
        return "sociaal" if self.heard else None

    async def tidy(self) -> None:
        self.tidied = True

    async def forget(self, conversation_id: str) -> None:
        self.open.discard(conversation_id)

    async def triage(self, text: str, place: str | None, channel: str) -> dict:
        self.heard.append(text)
        await self._trouble()
        return triage_of(text)

    async def transcript(self, conversation_id: str) -> list[dict]:
        self._known(conversation_id)
        await self._trouble()
        moment = "2026-11-22T10:00:00Z"
        return [{"van": "bewoner", "tekst": text, "tijd": moment} for text in self.heard]

    async def rest(self, conversation_id: str, message: str, sender: str) -> list[dict]:
        self.heard.append(message)
        self.open.add(conversation_id)
        await self._trouble()
        if self.silent:
            return []
        return [{"recipient_id": sender, "text": "Hallo.", "custom": {"triage": triage_of(message)}}]

    def search(self, query: str, place: str | None, kind: str | None, limit: int) -> dict:
        if self.break_with:
            raise self.break_with
        understood = {"route": "odensehuis", "plaats": place, "gemeente": place, "organisatie": None}
        found = [{**INITIATIVE, "score": 80.0}][:limit]
        return {"begrepen": understood, "initiatieven": found, "waarschuwing": None}

    def warn(self, text: str, channel: str = "bewoner") -> dict | None:
        if self.break_with:
            raise self.break_with
        if DANGER_WORD not in text:
            return None
        return FRONT_DESK_WARNING if channel == "balie" else WARNING

    def knows(self, initiative_id: str) -> bool:
        return initiative_id == INITIATIVE["id"]

    def initiative(self, initiative_id: str) -> dict | None:
        if self.break_with:
            raise self.break_with
        return INITIATIVE if self.knows(initiative_id) else None

    def fixed(self, text: str, channel: str) -> Turn:
        if self.rules_broken:
            raise RuntimeError("stuk")
        warning = WARNING if DANGER_WORD in text else None
        if warning is None:
            return Turn(fixed_answer().messages())
        return Turn([message(warning["antwoord"])], {**triage_of(text), **warning}, human="gevaar")

    async def ready(self) -> dict[str, bool]:
        return self.parts

    def open_conversations(self) -> int | None:
        return len(self.open)

    def catalogue_freshness(self) -> dict[str, int]:
        return {"current": 3, "outdated": 1}

    def _known(self, conversation_id: str) -> None:
        if conversation_id not in self.open:
            raise UnknownConversation(conversation_id)

    async def _trouble(self) -> None:
        if self.hang:
            await asyncio.Event().wait()
        if self.break_with:
            raise self.break_with
