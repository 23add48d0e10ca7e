"""The objects of the HTTP contract about signing in at the front desk."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictStr

from api.contract import _Answer, _Request


class NieuweSessie(_Request):
    """With what a practice signs in."""

    token: StrictStr = Field(max_length=200, description="The token of the practice.")

    class Config:
        schema_extra = {"example": {"token": "st_0f1e2d3c4b5a_GEHEIM"}}


class Praktijk(_Answer):
    """Who is signed in."""

    naam: str
    gemeente: str | None = ...


class Sessie(_Answer):
    """A session of the front desk."""

    praktijk: Praktijk | None = Field(..., description="Null at an open desk: nobody needs to sign in.")
    verlooptOp: str | None = Field(
        ...,
        format="date-time",
        description="When it ends if nothing more is asked, ISO 8601 in UTC; null at an open desk.",
    )


class NieuweHandeling(_Request):
    """What was done in the browser, for the audit."""

    handeling: Literal["his_gekopieerd", "meegegeven"]

    class Config:
        schema_extra = {"example": {"handeling": "his_gekopieerd"}}
