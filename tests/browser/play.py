"""The HTTP contract, played: a test sets what the server answers and reads what it was asked."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field, replace

from playwright.sync_api import BrowserContext, Page, Route

from api import contract

CALL_112 = {
    "naam": "112",
    "telefoon": "112",
    "url": "https://www.rijksoverheid.nl/onderwerpen/alarmnummer-112",
    "openingstijden": "24 uur per dag, 7 dagen per week",
    "wanneer": "Bij levensgevaar of als elke minuut telt.",
}
CALL_113 = {
    "naam": "113 Zelfmoordpreventie",
    "telefoon": "113",
    "url": "https://www.113.nl",
    "openingstijden": "24 uur per dag, 7 dagen per week, gratis en anoniem",
    "wanneer": "Als u aan zelfmoord denkt.",
}
CALL_SAFE_AT_HOME = {
    "naam": "Veilig Thuis",
    "telefoon": "0800-2000",
    "url": "https://veiligthuis.nl",
    "openingstijden": "24 uur per dag, 7 dagen per week, gratis",
    "wanneer": "Bij geweld of mishandeling thuis of in de familie.",
}
CALL_DOCTOR = {
    "naam": "Uw eigen huisarts",
    "telefoon": None,
    "url": "https://www.thuisarts.nl",
    "openingstijden": "op werkdagen, meestal van 8 tot 17 uur",
    "wanneer": "Bij een medische vraag die vandaag iemand moet zien.",
}
CALL_LISTENING = {
    "naam": "De Luisterlijn",
    "telefoon": "088 0767 000",
    "url": "https://www.deluisterlijn.nl",
    "openingstijden": "24 uur per dag, 7 dagen per week",
    "wanneer": "Als u uw verhaal kwijt wilt.",
}

FULL_PLACE = {
    "id": "odensehuis-proefstad",
    "naam": "Odensehuis Proefstad",
    "soort": "odensehuis",
    "organisatie": "Stichting Odensehuis Proefstad",
    "adres": "Dorpsstraat 1, Proefstad",
    "plaats": "Proefstad",
    "gemeente": "Proefstad",
    "afstandKm": 3.2,
    "telefoon": "050 123 45 67",
    "email": "info@example.org",
    "website": "https://odensehuis.example.org/",
    "openingstijden": "maandag en donderdag 10-15 uur",
    "kosten": "Binnenlopen is gratis.",
    "verwijzingNodig": False,
    "bron": "https://krant.example.org/odensehuis",
    "gecontroleerdOp": "2026-01-08",
    "actueel": True,
    "waarom": "Odensehuis in Proefstad. U hebt geen verwijzing nodig.",
    "websiteLandelijk": "https://odensehuizen.example.org",
    "hoeVraagtU": "Aanmelden hoeft niet.",
    "soortNaam": "Odensehuis",
    "letOp": "Bel eerst of het open is.",
    "doelgroep": "mensen met geheugenproblemen en hun naasten",
    "leeftijdVan": None,
    "leeftijdTot": None,
    "talen": [],
    "toegankelijkheid": None,
    "watIsHet": "Een huis waar mensen met dementie zo binnenlopen.",
}
"""An invented place of which everything is known."""

BARE_PLACE = {
    **FULL_PLACE,
    "id": "praatgroep-proefstad",
    "naam": "Praatgroep Proefstad",
    **dict.fromkeys(
        ("organisatie", "adres", "afstandKm", "telefoon", "email", "website", "openingstijden", "kosten")
    ),
    **dict.fromkeys(("verwijzingNodig", "gecontroleerdOp", "websiteLandelijk", "hoeVraagtU", "watIsHet")),
    **dict.fromkeys(("letOp", "doelgroep", "soortNaam")),
    "actueel": False,
}
"""An invented place of which hardly anything is known."""


def message(text: str, **parts: object) -> dict:
    return {"van": "assistent", "tekst": text, "knoppen": [], "initiatieven": [], "bel": [], **parts}


def choice(choice_id: str, text: str) -> dict:
    return {"id": choice_id, "tekst": text}


GREETING = message(
    "Hallo. Ik ben een computer, geen mens.\nIk zoek contact of hulp in uw buurt. Ik ben geen dokter.\n"
    "\nIs er nu gevaar? Bel 112.\nDenkt u aan zelfmoord? Bel gratis 113 of chat op 113.nl.",
    knoppen=[choice("kies_route:rouw", "Steun bij verlies"), choice("kies_route:mantelzorg", "Mantelzorg")],
    bel=[CALL_112, CALL_113],
)
ASK_PLACE = message("In welke plaats of gemeente woont u? U hoeft geen adres te geven.")
FOUND = message(
    "Dit vond ik:\n\nOdensehuis Proefstad\nDorpsstraat 1, Proefstad",
    kort="Een Odensehuis is een huis waar u zo kunt binnenlopen. Dit vond ik:",
    initiatieven=[FULL_PLACE, BARE_PLACE],
    bel=[CALL_LISTENING],
    knoppen=[choice("andere_optie", "Nog een andere plek"), choice("iets_anders", "Ik zoek iets anders")],
)
DANGER_112 = message("Dit kan spoed zijn. Bel nu 112.\nLaat iemand bij u blijven.", bel=[CALL_112])
DANGER_113 = message(
    "Wat u schrijft klinkt zwaar. Bel 113 of chat op 113.nl. Is er nu gevaar? Bel 112.",
    bel=[CALL_113, CALL_112],
)
DANGER_HOME = message(
    "Is er nu gevaar? Bel 112.\nBel Veilig Thuis: 0800-2000.\nLeest er iemand mee? Wis later de "
    "geschiedenis van uw browser.",
    bel=[CALL_112, CALL_SAFE_AT_HOME],
)
DANGER_DOCTOR = message("Bel vandaag uw huisarts. Wacht niet tot morgen.", bel=[CALL_DOCTOR, CALL_112])
TURKISH = message("Ben bir bilgisayarım.", taal="tr", bel=[CALL_112])
ARABIC = message("أنا حاسوب وصُنعت للغة الهولندية.", taal="ar", bel=[CALL_112])


def triage(outcome: str, *messages: dict) -> dict:
    last = messages[-1]
    return {
        "uitkomst": outcome,
        "zekerheid": 0.9,
        "zeker": True,
        "redenen": [],
        "routes": [],
        "plaats": None,
        "initiatieven": last["initiatieven"],
        "bel": last["bel"],
        "antwoord": last["tekst"],
        "versie": {"model": "proef", "catalogus": "proef", "regels": "proef"},
    }


def turn(*messages: dict, outcome: str = "sociaal") -> dict:
    """The answer to one message, as the contract says it."""
    return {"berichten": list(messages), "triage": triage(outcome, *messages) if messages else None}


@dataclass
class Reply:
    """What goes over the line; `lost` breaks it, `held` keeps the line open until `Play.release`.

    `times`: how often in a row. The chat tries once again by itself where a line broke or a proxy answered.
    """

    status: int = 200
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False
    held: bool = False
    times: int = 1


LOST_ONCE = Reply(lost=True)
LOST = replace(LOST_ONCE, times=2)
BAD_GATEWAY_ONCE = Reply(502, "<html>Bad gateway</html>", {"content-type": "text/html"})
BAD_GATEWAY = replace(BAD_GATEWAY_ONCE, times=2)


def held(body: dict) -> Reply:
    return Reply(body=body, held=True)


def problem(status: int, code: str, title: str, detail: str, **headers: str) -> Reply:
    said = {"type": f"urn:sociale-triage:probleem:{code}", "title": title, "status": status, "detail": detail}
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, said, {"content-type": "application/problem+json", **names})


GONE = problem(404, "gesprek-onbekend", "Dit gesprek bestaat niet meer", "Begin een nieuw gesprek.")


@dataclass
class Asked:
    method: str
    path: str
    body: dict | None
    key: str | None


class Play:
    """Answers everything under `/v1` of `origin`, in the order in which `answer` was told."""

    def __init__(self, where: Page | BrowserContext, origin: str) -> None:
        self.asked: list[Asked] = []
        self.municipality: dict | None = None
        self.suggested: list[str] = []
        self.greeting = [GREETING]
        self.opening: deque[Reply] = deque()
        self.judgement = Reply(204)
        self.report = Reply(201, {"meldingId": "0123456789"})
        self._said: deque[Reply] = deque()
        self._held: list[tuple[Route, Reply]] = []
        self._opened = 0
        where.route(f"{origin}/v1/**", self._answer)

    def answer(self, *replies: Reply | dict) -> Play:
        """What the server says to the next messages; a dict is the body of a turn."""
        for reply in replies:
            if isinstance(reply, dict):
                contract.Beurt.parse_obj(reply)
            self._said.append(reply if isinstance(reply, Reply) else Reply(body=reply))
        return self

    def opens_with(self, *replies: Reply) -> Play:
        """What the server says the next times a conversation is opened; afterwards the greeting again."""
        self.opening.extend(replies)
        return self

    def release(self) -> None:
        """Lets the answers go that were held."""
        waiting, self._held = self._held, []
        for route, reply in waiting:
            self._send(route, reply)

    def requests(self, method: str, ending: str = "") -> list[Asked]:
        return [one for one in self.asked if one.method == method and one.path.endswith(ending)]

    @property
    def keys(self) -> list[str | None]:
        """The Idempotency-Key of the messages, in order."""
        return [one.key for one in self.requests("POST", "/berichten")]

    @property
    def said(self) -> list[dict | None]:
        """The bodies of the messages, in order."""
        return [one.body for one in self.requests("POST", "/berichten")]

    def _answer(self, route: Route) -> None:
        request = route.request
        path = request.url.split("/v1", 1)[1]
        if request.method != "OPTIONS":
            key = request.headers.get("idempotency-key")
            self.asked.append(Asked(request.method, path, _json(request.post_data), key))
        reply = self._reply(request.method, path)
        if reply.held:
            self._held.append((route, reply))
        else:
            self._send(route, reply)

    def _reply(self, method: str, path: str) -> Reply:
        if method == "DELETE":
            return Reply(204)
        if path == "/gesprekken":
            return _next(self.opening) if self.opening else self._opened_now()
        if path.endswith("/oordelen"):
            return self.judgement
        if path.endswith("/meldingen"):
            return self.report
        return _next(self._said) if self._said else Reply(body=turn(message("Vertel gerust meer.")))

    def _opened_now(self) -> Reply:
        self._opened += 1
        body = {
            "gesprekId": f"{self._opened:032d}",
            "berichten": self.greeting,
            "gemeente": self.municipality,
            "suggesties": self.suggested,
        }
        contract.Gesprek.parse_obj(body)
        return Reply(201, body)

    @staticmethod
    def _send(route: Route, reply: Reply) -> None:
        if reply.lost:
            route.abort("connectionrefused")
            return
        text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body or {})
        headers = {"content-type": "application/json", **reply.headers}
        route.fulfill(status=reply.status, body="" if reply.status == 204 else text, headers=headers)


def _next(replies: deque[Reply]) -> Reply:
    reply = replies.popleft()
    if reply.times > 1:
        replies.appendleft(replace(reply, times=reply.times - 1))
    return reply


def _json(text: str | None) -> dict | None:
    return json.loads(text) if text else None
