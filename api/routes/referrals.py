"""Referrals for Welzijn op Recept: for residents who apply themselves, and for those who receive them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Path, Query, Request, Response
from starlette.responses import JSONResponse

from api.access.receiver_token import ReceiverHere
from api.contract_referral import (
    Aanmelding,
    AanmeldingStatus,
    BezorgdeAanmelding,
    Intrekking,
    NieuweAanmelding,
    NieuweStatus,
    Toestemmingstekst,
)
from api.openapi import problems
from api.rates import client_of
from api.referral import fhir
from api.referral.fields import Filled
from api.referral.public_json import consent_json, made_json, referral_json
from api.referral.texts import how_to_ask
from api.referral_desk import Agreement, ReferralDeskHere
from api.referral_screen import ScreenedRoute

router = APIRouter(prefix="/v1/aanmeldingen", tags=["Aanmeldingen"], route_class=ScreenedRoute)

ReferralId = Annotated[
    str, Path(max_length=40, description="The `aanmeldingId` that applying gave.", example="aan_7kqm2xrd9hfa")
]
RequestKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=16,
        max_length=64,
        regex=r"^[A-Za-z0-9_-]+$",
        description="Random, such as a UUID. Sent again with the same content, it gives the same answer "
        "and never a second referral.",
        example="3f0c6f1e-2b7a-4a57-9d0e-5f6f0b8f7a11",
    ),
]


@router.get(
    "/toestemming",
    summary="What to agree to before applying",
    responses={200: {"model": Toestemmingstekst}, **problems(422, 429, 503)},
)
async def consent(
    desk: ReferralDeskHere,
    gemeente: Annotated[str, Query(max_length=100, description="Municipality of the resident.")] = "",
    kanaal: Annotated[
        Literal["bewoner", "balie"], Query(description="Who asks: a resident, or a practice for somebody.")
    ] = "bewoner",
) -> JSONResponse:
    """`open` is true where a resident can apply (for `balie`: where a practice can refer) now: somebody
    receives referrals there, and for residents the municipality opened it."""
    name, practice = desk.municipality(gemeente), kanaal == "balie"
    text = await desk.consent(name, practice)
    here = desk.how_to_apply(name) if name else None
    return JSONResponse(consent_json(name, text, here or how_to_ask(), desk.retention, practice))


@router.post(
    "",
    status_code=201,
    summary="Apply for a welfare coach",
    responses={201: {"model": Aanmelding}, **problems(400, 409, 413, 422, 429, 503)},
)
async def apply(
    request: Request, wish: NieuweAanmelding, key: RequestKey, desk: ReferralDeskHere
) -> JSONResponse:
    """Welzijn op Recept, for residents, where the municipality opened it. Danger in the text is answered
    first and nothing is kept. `toestemming.akkoord` must be the person's own yes to the text of the consent
    call."""
    filled = Filled.of(
        name=wish.naam, phone=wish.telefoon, email=wish.email, moment=wish.moment, wish=wish.wens
    )
    agreement = Agreement(wish.toestemming.akkoord, wish.toestemming.versie)
    made = await desk.take(wish.gemeente, filled, agreement, key, client_of(request))
    return JSONResponse(made_json(made), 201)


@router.post(
    "/{aanmeldingId}/intrekking",
    status_code=204,
    summary="Withdraw by code",
    responses=problems(400, 404, 413, 422, 429, 503),
)
async def withdraw(
    request: Request, aanmeldingId: ReferralId, wish: Intrekking, desk: ReferralDeskHere
) -> Response:
    """The personal data are deleted at once and the receiver is told. Doing it again changes nothing."""
    await desk.withdraw(wish.intrekcode, client_of(request), aanmeldingId)
    return Response(status_code=204)


@router.get(
    "/{aanmeldingId}",
    summary="Fetch a referral",
    responses={
        200: {
            "model": BezorgdeAanmelding,
            "content": {fhir.MEDIA_TYPE: {"schema": {"type": "object", "description": "FHIR R4 Bundle"}}},
        },
        **problems(401, 404, 410, 422, 429, 503),
    },
)
async def fetch(
    request: Request, aanmeldingId: ReferralId, receiver: ReceiverHere, desk: ReferralDeskHere
) -> JSONResponse:
    """For receivers, of their own municipality. Fetching makes it `bezorgd` and starts the retention period.
    With `Accept: application/fhir+json` it comes as a FHIR R4 Bundle."""
    referral = await desk.hand_over(aanmeldingId, receiver)
    if fhir.MEDIA_TYPE in request.headers.get("accept", ""):
        return JSONResponse(fhir.bundle(referral), media_type=fhir.MEDIA_TYPE, headers={"Vary": "Accept"})
    return JSONResponse(referral_json(referral), headers={"Vary": "Accept"})


@router.post(
    "/{aanmeldingId}/statussen",
    summary="Say what became of a referral",
    responses={200: {"model": AanmeldingStatus}, **problems(400, 401, 404, 409, 410, 413, 422, 429, 503)},
)
async def move_on(
    aanmeldingId: ReferralId, wish: NieuweStatus, receiver: ReceiverHere, desk: ReferralDeskHere
) -> JSONResponse:
    """For receivers: first `opgepakt`, later `afgerond`. The practice hears only whether it was picked up."""
    await desk.move_on(aanmeldingId, receiver, wish.status)
    return JSONResponse({"aanmeldingId": aanmeldingId, "status": wish.status})
