"""The objects of the livechat webhook."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StrictBool, StrictStr

from api.contract import Bericht, Channel, Triage, _Answer, _Request
from api.contract_webhook import LONGEST_ID

Reason = Literal["mens_gevraagd", "gevaar", "niet_begrepen"]


class _Livechat(_Request):
    gesprek: StrictStr = Field(
        min_length=1, max_length=LONGEST_ID, description="The platform's own id of the conversation."
    )
    berichtId: StrictStr | None = Field(
        None,
        min_length=1,
        max_length=LONGEST_ID,
        description="The platform's own id of this message. The same message under the same id gets the same "
        "answer again, without a second turn.",
    )


class LivechatOpenen(_Livechat):
    """Begin a conversation; an earlier one with this id is gone."""

    soort: Literal["openen"]
    gemeente: StrictStr | None = Field(None, max_length=100, description="Municipality of the site.")
    kanaal: Channel = Field("bewoner", description="Who asks: a resident or a GP front desk.")

    class Config:
        schema_extra = {"example": {"soort": "openen", "gesprek": "chat-4711", "gemeente": "Terneuzen"}}


class LivechatBericht(_Livechat):
    """What somebody says: a text or a choice, never both."""

    soort: Literal["bericht"]
    tekst: StrictStr | None = Field(None, description="Typed text; at most 2,000 characters.")
    keuze: StrictStr | None = Field(None, max_length=200, description="The id of an offered button.")

    class Config:
        schema_extra = {
            "example": {"soort": "bericht", "gesprek": "chat-4711", "tekst": "Ik ben veel alleen."}
        }


class LivechatToestemming(_Request):
    """What the person answered. A program never fills this in by itself."""

    akkoord: StrictBool = Field(description="True when the person said yes.")
    tekst: StrictStr = Field(max_length=2000, description="`toestemmingstekst` exactly as it was shown.")


class LivechatOverdracht(_Livechat):
    """Ask for what was said, for a human who takes over."""

    soort: Literal["overdracht"]
    toestemming: LivechatToestemming | None = None

    class Config:
        schema_extra = {
            "example": {
                "soort": "overdracht",
                "gesprek": "chat-4711",
                "toestemming": {"akkoord": True, "tekst": "…"},
            }
        }


class LivechatSluiten(_Livechat):
    """Forget the conversation."""

    soort: Literal["sluiten"]

    class Config:
        schema_extra = {"example": {"soort": "sluiten", "gesprek": "chat-4711"}}


class LivechatVraag(BaseModel):
    """One of the four things that a platform can ask."""

    __root__: Annotated[
        LivechatOpenen | LivechatBericht | LivechatOverdracht | LivechatSluiten, Field(discriminator="soort")
    ]


class Overdracht(_Answer):
    """A human can take over: why, and what the person must agree to before anybody reads along."""

    reden: Reason
    toestemmingstekst: str


class LivechatGeopend(_Answer):
    """The first messages."""

    berichten: list[Bericht]
    overdracht: Overdracht | None = ...


class LivechatBeurt(_Answer):
    """The answer to a message."""

    berichten: list[Bericht]
    triage: Triage | None = ...
    overdracht: Overdracht | None = Field(..., description="Not null when a human is offered.")


class Verslagregel(_Answer):
    """One message of the transcript, as it was typed or shown."""

    van: Literal["assistent", "bewoner", "balie"]
    tekst: str
    tijd: str = Field(description="Moment in UTC, ISO 8601.")


class LivechatVerslag(_Answer):
    """What was said; null without consent, or when no human was offered."""

    verslag: list[Verslagregel] | None = ...


class LivechatGesloten(_Answer):
    """Nothing of the conversation remains."""

    berichten: list[Bericht]
