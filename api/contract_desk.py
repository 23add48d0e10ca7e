"""The objects of the front desk in the HTTP contract."""

from __future__ import annotations

from pydantic import Field, StrictStr

from api.contract import Initiatief, Outcome, Plaats, Telefoon, Triage, _Answer, _Request
from api.contract_referral import Icpc


class NieuweBalievraag(_Request):
    """What an assistant typed: free text or the shorthand of the practice."""

    tekst: StrictStr = Field(description="At most 2,000 characters. Not kept.")
    plaats: StrictStr | None = Field(
        None, max_length=100, description="Place or municipality; a place in the text goes before it."
    )

    class Config:
        schema_extra = {
            "example": {
                "tekst": "mw 82 jr, pt†, slaapt slecht, gn lich klachten, vr om praatje",
                "plaats": "Zeist",
            }
        }


class Tekstdeel(_Answer):
    """A part of the typed text. `wijstOp` and `betekenis` are null for words that gave nothing."""

    tekst: str
    wijstOp: str | None = ...
    betekenis: str | None = Field(..., description="What the words point to, in Dutch.")


class Website(_Answer):
    """A name with its website."""

    naam: str
    website: str | None = ...


class AndereTaal(_Answer):
    """A line in another language than Dutch; `taal` is its code, for `lang`."""

    taal: str
    tekst: str


class Balievraag(_Answer):
    """The card of the front desk."""

    uitkomst: Outcome
    kop: str
    isGevaar: bool
    zeker: bool = Field(description="False where the model saw danger and no rule did: ask further.")
    gelezen: list[Tekstdeel] = Field(description="Together the typed text.")
    plaats: Plaats | None = ...
    zeg: list[str] = Field(description="Two sentences to say aloud to the patient; empty in danger.")
    doen: list[str] = Field(description="What to do next; in danger at most four lines of the fixed answer.")
    andereTalen: list[AndereTaal] = Field(description="The emergency numbers in the language of the text.")
    initiatieven: list[Initiatief] = Field(description="At most three.")
    bel: list[Telefoon]
    landelijk: Website | None = Field(..., description="What the whole country has for the first route.")
    icpc: list[Icpc] = Field(description="At most two; empty in danger.")
    hisTekst: str = Field(description="Plain text for the HIS, without a word of what was typed.")
    triage: Triage
