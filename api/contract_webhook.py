"""The objects of Rasa's REST channel, as Rasa's clients send and read them."""

from __future__ import annotations

from pydantic import BaseModel, Field, StrictStr, validator

from api.contract import Initiatief, Outcome, Telefoon, Triage, _Answer

LONGEST_ID = 255
"""Characters of the id by which a client knows a conversation."""


class WebhookBericht(BaseModel):
    """What a client of Rasa's REST channel sends. `metadata` and `input_channel` are read past."""

    sender: StrictStr = Field(
        "default",
        max_length=LONGEST_ID,
        description="The client's own id of the conversation; it comes back as it is.",
    )
    message: StrictStr = Field("", description="A text, or the payload of an offered button.")

    class Config:
        @staticmethod
        def schema_extra(schema: dict, model: type[BaseModel]) -> None:
            schema["properties"]["sender"]["type"] = ["string", "integer", "null"]
            schema["properties"]["message"]["type"] = ["string", "null"]
            schema["example"] = {"sender": "kiosk-1", "message": "Hallo"}

    @validator("sender", pre=True)
    def _as_rasa_reads_it(cls, given: object) -> object:
        if given is None:
            return "default"
        return str(given) if type(given) is int else given

    @validator("message", pre=True)
    def _nothing_is_empty(cls, given: object) -> object:
        return "" if given is None else given


class RodeVlag(_Answer):
    """What a danger answer rests on and says."""

    groep: str = Field(description="Group of the safety rule, such as `suicidaliteit`, or `model`.")
    actie: Outcome = Field(description="The danger outcome.")
    tekst: str = Field(description="The fixed text, whole; the messages are parts of it.")
    bel: list[Telefoon]


class WebhookExtra(_Answer):
    """What the text alone cannot show."""

    initiatieven: list[Initiatief] = []
    bel: list[Telefoon] = []
    rode_vlag: RodeVlag | None = Field(None, description="On the first message of a danger answer only.")
    triage: Triage | None = Field(None, description="On the last message.")


class WebhookKnop(_Answer):
    """A choice: send `payload` back as `message`."""

    title: str
    payload: str


class WebhookAntwoord(_Answer):
    """One message as Rasa's REST channel gives it."""

    recipient_id: str
    text: str
    buttons: list[WebhookKnop] = []
    custom: WebhookExtra = WebhookExtra()
