"""The objects of the HTTP contract. Requests are checked against them; answers are described by them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Extra, Field, StrictStr
from sociale_kaart.reports import REASONS

from bot.triage.types import OUTCOMES, ROUTES

Channel = Literal["bewoner", "balie"]
ReportReason = Literal[tuple(REASONS)]  # type: ignore[valid-type]
Outcome = Literal[OUTCOMES]  # type: ignore[valid-type]
Route = Literal[ROUTES]  # type: ignore[valid-type]


class _Request(BaseModel):
    class Config:
        extra = Extra.forbid


class _Answer(BaseModel):
    """`X | None` without a default is always present and may be null; OpenAPI 3.0 must be told."""

    class Config:
        @staticmethod
        def schema_extra(schema: dict, model: type[BaseModel]) -> None:
            for name, field in model.__fields__.items():
                if field.allow_none:
                    known = schema["properties"][name]
                    reference = known.pop("$ref", None)
                    known.update({"allOf": [{"$ref": reference}]} if reference else {}, nullable=True)


class TriageVraag(_Request):
    """One message to judge, without a conversation."""

    tekst: StrictStr = Field(description="The message, in the words of the person; at most 2,000 characters.")
    plaats: StrictStr | None = Field(None, max_length=100, description="Place or municipality.")
    kanaal: Channel = Field("bewoner", description="Who asks: a resident or a GP front desk.")

    class Config:
        schema_extra = {
            "example": {
                "tekst": "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?",
                "plaats": "Groningen",
                "kanaal": "bewoner",
            }
        }


class NieuwGesprek(_Request):
    """How to open a conversation."""

    gemeente: StrictStr | None = Field(None, max_length=100, description="Municipality of the site.")
    kanaal: Channel = Field("bewoner", description="Who asks: a resident or a GP front desk.")

    class Config:
        schema_extra = {"example": {"kanaal": "bewoner"}}


class NieuwBericht(_Request):
    """What somebody says: a text or a choice, never both."""

    tekst: StrictStr | None = Field(None, description="Typed text; at most 2,000 characters.")
    keuze: StrictStr | None = Field(None, max_length=200, description="The id of an offered button.")

    class Config:
        schema_extra = {"example": {"tekst": "Ik voel me vaak alleen."}}


class NieuwOordeel(_Request):
    """A thumb up or down under the last answer."""

    oordeel: Literal["goed", "niet_goed"] = Field(description="Whether the last answer was of use.")

    class Config:
        schema_extra = {"example": {"oordeel": "goed"}}


class NieuweMelding(_Request):
    """What a reader found wrong in an initiative."""

    wat: ReportReason = Field(description="What is wrong.")
    toelichting: StrictStr | None = Field(
        None,
        description="In a few words, at most 300 characters; numbers and mail addresses are taken out.",
    )
    kanaal: Channel = Field("bewoner", description="Who reports: a resident or a GP front desk.")

    class Config:
        schema_extra = {"example": {"wat": "gesloten", "toelichting": "Er hangt een briefje op de deur."}}


class Reden(_Answer):
    """Words of the message and the outcome that they point to."""

    fragment: str
    wijstOp: str


class Plaats(_Answer):
    """The place that was understood."""

    naam: str
    gemeente: str | None = ...
    bron: str


class Telefoon(_Answer):
    """Somebody to call."""

    naam: str
    telefoon: str | None = ...
    url: str | None = ...
    openingstijden: str | None = ...
    wanneer: str | None = ...


class Initiatief(_Answer):
    """A place to go to, with its source and date; null where nobody knows."""

    id: str
    naam: str
    soort: str
    organisatie: str | None = ...
    adres: str | None = ...
    plaats: str | None = ...
    gemeente: str | None = ...
    afstandKm: float | None = ...
    telefoon: str | None = ...
    email: str | None = ...
    website: str | None = ...
    openingstijden: str | None = ...
    kosten: str | None = ...
    verwijzingNodig: bool | None = ...
    bron: str
    gecontroleerdOp: str | None = Field(..., format="date")
    actueel: bool
    waarom: str
    websiteLandelijk: str | None = None
    hoeVraagtU: str | None = None
    soortNaam: str | None = None
    watIsHet: str | None = Field(None, description="One plain sentence on what this kind of place is.")
    letOp: str | None = Field(None, description="What someone must know before going there.")
    doelgroep: str | None = None
    leeftijdVan: int | None = None
    leeftijdTot: int | None = None
    talen: list[str] = Field([], description="ISO 639-1; empty where nobody knows.")
    toegankelijkheid: str | None = None


class GevondenInitiatief(Initiatief):
    """An initiative with how well it fits the search, 0 to 100."""

    score: float = Field(ge=0, le=100)


class Versie(_Answer):
    """What the answer was made with."""

    model: str
    catalogus: str
    regels: str


class Triage(_Answer):
    """What one message is, and where it leads."""

    uitkomst: Outcome
    zekerheid: float = Field(ge=0, le=1)
    zeker: bool = Field(description="False where the model saw danger and no rule did.")
    redenen: list[Reden]
    routes: list[Route]
    plaats: Plaats | None = ...
    initiatieven: list[Initiatief]
    bel: list[Telefoon]
    antwoord: str
    versie: Versie


class Knop(_Answer):
    """A choice that can be sent back by its id."""

    id: str
    tekst: str


class Link(_Answer):
    """A page; `url` is a path on this server where `PUBLIEK_ADRES` is not set."""

    tekst: str
    url: str


class Bericht(_Answer):
    """One bubble of the assistant."""

    van: Literal["assistent"]
    tekst: str
    knoppen: list[Knop]
    initiatieven: list[Initiatief]
    bel: list[Telefoon]
    kort: str | None = Field(None, description="The text without the list, for pages with cards.")
    taal: str | None = Field(None, description="ISO 639-1 code of a text that is not Dutch.")
    links: list[Link] = Field([], description="Pages to go on to, such as applying for a welfare coach.")


class Gemeente(_Answer):
    """What is known of the municipality, to show around the conversation."""

    naam: str | None = ...
    logotekst: str | None = Field(..., description="Plain text for beside or above the conversation.")
    telefoon: str | None = ...
    website: str | None = ...
    openingstijden: str | None = ...
    kleuren: dict[str, str] = Field(
        description="NL Design System token (a CSS custom property) to its colour, always #rrggbb. "
        "For a page that does not set that token itself; empty where the municipality chose none."
    )


class Gesprek(_Answer):
    """A conversation that was just opened."""

    gesprekId: str
    berichten: list[Bericht]
    gemeente: Gemeente | None = Field(..., description="Null when nothing is known of the municipality.")
    suggesties: list[str] = Field(
        description="What a resident can start with: plain text to send as `tekst`. Empty for a front desk."
    )


class Beurt(_Answer):
    """The answer to a message."""

    berichten: list[Bericht]
    triage: Triage | None = ...


class Begrepen(_Answer):
    """How a search was read."""

    route: Route | None = ...
    plaats: str | None = ...
    gemeente: str | None = ...
    organisatie: str | None = ...


class Landelijk(_Answer):
    """What the whole country has for a route."""

    naam: str
    website: str | None = ...
    bel: list[Telefoon]


class Waarschuwing(_Answer):
    """The fixed answer to danger that the safety rules saw where no conversation is going on."""

    uitkomst: Outcome
    antwoord: str
    bel: list[Telefoon]


class Zoekresultaat(_Answer):
    """What a search found, best first."""

    begrepen: Begrepen
    initiatieven: list[GevondenInitiatief]
    plaatsKeuzes: list[str] = Field([], description="Places that share the name that was typed: ask which.")
    landelijk: Landelijk | None = Field(None, description="Not null where a route was understood.")
    waarschuwing: Waarschuwing | None = Field(
        ..., description="Not null when danger was typed in the search box: show this first."
    )


class Melding(_Answer):
    """A report that was kept."""

    meldingId: str
    waarschuwing: Waarschuwing | None = Field(
        None, description="Only there when danger was typed: show this first. The text is not kept."
    )


class Onderdelen(_Answer):
    """The parts of the program: whether each is loaded."""

    model: bool
    catalogus: bool
    opslag: bool


class Gereed(_Answer):
    """The server can answer messages."""

    status: Literal["gereed"]
    onderdelen: Onderdelen


class Levend(_Answer):
    """The process is alive."""

    status: Literal["ok"]


class Probleem(BaseModel):
    """RFC 9457; a problem may have further members, such as `lengte` and `maximum`."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = Field(
        None, description="The request as `urn:uuid:…`, as in the header `X-Request-ID` and in the log."
    )

    class Config:
        schema_extra = {
            "example": {
                "type": "urn:sociale-triage:probleem:tekst-te-lang",
                "title": "Uw bericht is te lang",
                "status": 422,
                "detail": "Uw bericht heeft 2345 tekens. Het mag 2000 tekens hebben. "
                "Maak het korter en stuur het opnieuw.",
                "instance": "urn:uuid:0b5c2a4e-6f0d-4c1b-9a57-2f6f6f1f0c11",
                "lengte": 2345,
                "maximum": 2000,
            }
        }
