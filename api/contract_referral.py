"""The objects of the HTTP contract about referrals for Welzijn op Recept."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool, StrictStr

from api.contract import _Answer, _Request
from api.referral.statuses import SET_BY_RECEIVER, STATUSES

Status = Literal[STATUSES]  # type: ignore[valid-type]
NextStatus = Literal[SET_BY_RECEIVER]  # type: ignore[valid-type]

_AGREED = {"akkoord": True, "versie": "1-0f1e2d3c4b5a"}
_EXAMPLE = {
    "gemeente": "Schouwen-Duiveland",
    "naam": "A. Jansen",
    "telefoon": "06 12345678",
    "moment": "ochtend",
    "wens": "Ik wil graag weer onder de mensen komen.",
}


class Toestemming(_Request):
    """What the person agreed to. A program never fills this in by itself."""

    akkoord: StrictBool = Field(description="True when the person said yes to exactly the text shown.")
    versie: StrictStr = Field(max_length=40, description="`versie` of the text that was shown.")


class GevraagdeToestemming(Toestemming):
    """What the person agreed to when the practice asked."""

    gevraagdDoor: Literal["praktijk"] = Field(description="Who asked.")


class _Aanmelding(_Request):
    naam: StrictStr = Field("", description="Name; at most 100 characters.")
    telefoon: StrictStr | None = Field(None, description="Telephone number; this or `email` is needed.")
    email: StrictStr | None = Field(None, description="Mail address; this or `telefoon` is needed.")
    moment: StrictStr = Field("", description="Code of a preferred moment, as the consent call lists them.")
    wens: StrictStr = Field(
        "",
        description="What the person would like, in their own words; at most 500 characters. A BSN, an "
        "IBAN and a date of birth are refused. No medical data.",
    )


class NieuweAanmelding(_Aanmelding):
    """A resident applies."""

    gemeente: StrictStr = Field(max_length=100, description="Municipality of the resident.")
    toestemming: Toestemming

    class Config:
        schema_extra = {"example": {**_EXAMPLE, "toestemming": _AGREED}}


class NieuwePraktijkaanmelding(_Aanmelding):
    """A practice refers somebody."""

    gemeente: StrictStr | None = Field(
        None, max_length=100, description="Municipality of the person; left out: that of the practice."
    )
    icpc: StrictStr | None = Field(None, max_length=10, description="ICPC-1 code of chapter Z.")
    toestemming: GevraagdeToestemming

    class Config:
        schema_extra = {
            "example": {**_EXAMPLE, "icpc": "Z29", "toestemming": {**_AGREED, "gevraagdDoor": "praktijk"}}
        }


class Intrekking(_Request):
    """With what somebody withdraws."""

    intrekcode: StrictStr = Field(max_length=40, description="The code that applying gave.")

    class Config:
        schema_extra = {"example": {"intrekcode": "7KQM-2XRD-9HFA"}}


class NieuweStatus(_Request):
    """What the receiver did with a referral."""

    status: NextStatus

    class Config:
        schema_extra = {"example": {"status": "opgepakt"}}


class Icpc(_Answer):
    """A code of ICPC-1, chapter Z, in our own words."""

    code: str
    omschrijving: str


class Moment(_Answer):
    """A moment to be reached."""

    code: str
    tekst: str


class Toestemmingstekst(_Answer):
    """What to show before somebody applies."""

    open: bool = Field(description="Whether applying is possible here now.")
    gemeente: str | None = Field(..., description="As officially spelled; null where it is unknown.")
    tekst: str | None = Field(..., description="The text to agree to; null where applying is not possible.")
    versie: str | None = Field(..., description="Belongs to exactly this text.")
    hoeVraagtU: str | None = Field(
        ..., description="Where applying is not possible: how to ask for it instead, to show to a resident."
    )
    bewaardagen: int = Field(description="Days after delivery in which a referral is deleted.")
    momenten: list[Moment]
    icpc: list[Icpc] = Field(description="Codes that a practice may send along; empty for a resident.")


class Aanmelding(_Answer):
    """A referral that was kept."""

    aanmeldingId: str
    intrekcode: str | None = Field(
        ..., description="Withdraws it; null in the answer to a repeat after it was withdrawn."
    )
    status: Literal["ontvangen", "ingetrokken"]


class AanmeldingVanPraktijk(_Answer):
    """All that a practice hears of a referral."""

    aanmeldingId: str
    gemaaktOp: str = Field(format="date-time", description="ISO 8601, UTC.")
    opgepakt: bool


class VastgelegdeToestemming(_Answer):
    """The consent as it was recorded."""

    gevraagdDoor: Literal["praktijk", "inwoner"]
    gegevenOp: str = Field(format="date-time", description="ISO 8601, UTC.")
    versie: str
    tekst: str = Field(description="Word for word what the person agreed to.")


class BezorgdeAanmelding(_Answer):
    """A referral as its receiver gets it."""

    aanmeldingId: str
    status: Status
    gemeente: str
    praktijk: str | None = Field(..., description="The practice that refers; null where a resident applied.")
    gemaaktOp: str = Field(format="date-time", description="ISO 8601, UTC.")
    naam: str
    telefoon: str | None = ...
    email: str | None = ...
    moment: Moment
    wens: str
    icpc: str | None = ...
    toestemming: VastgelegdeToestemming


class AanmeldingStatus(_Answer):
    """Where a referral is now."""

    aanmeldingId: str
    status: Status
