"""Referrals by a practice that is signed in at the front desk."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from api.access.sessions import SessionHere
from api.contract_referral import Aanmelding, AanmeldingVanPraktijk, NieuwePraktijkaanmelding
from api.openapi import problems
from api.rates import client_of
from api.referral.fields import Filled
from api.referral.public_json import made_json, overview_json
from api.referral_desk import Agreement, ReferralDeskHere
from api.referral_screen import ScreenedDeskRoute
from api.routes.referrals import ReferralId, RequestKey

router = APIRouter(prefix="/v1/balie/aanmeldingen", tags=["Balie"], route_class=ScreenedDeskRoute)


@router.post(
    "",
    status_code=201,
    summary="Refer somebody to a welfare coach",
    responses={201: {"model": Aanmelding}, **problems(400, 401, 403, 409, 413, 422, 429, 503)},
)
async def refer(
    request: Request,
    wish: NieuwePraktijkaanmelding,
    key: RequestKey,
    practice: SessionHere,
    desk: ReferralDeskHere,
) -> JSONResponse:
    """After the practice asked and the person said yes to the text of the consent call (`kanaal=balie`).
    Give the person the `intrekcode`."""
    filled = Filled.of(
        name=wish.naam,
        phone=wish.telefoon,
        email=wish.email,
        moment=wish.moment,
        wish=wish.wens,
        icpc=wish.icpc,
    )
    agreement = Agreement(wish.toestemming.akkoord, wish.toestemming.versie)
    client = client_of(request)
    asked = wish.gemeente or practice.municipality
    made = await desk.take(asked, filled, agreement, key, client, practice)
    return JSONResponse(made_json(made), 201)


@router.get(
    "",
    summary="What became of the referrals of this practice",
    responses={200: {"model": list[AanmeldingVanPraktijk]}, **problems(401, 429, 503)},
)
async def overview(practice: SessionHere, desk: ReferralDeskHere) -> JSONResponse:
    """Newest first, without names: all that a practice hears is whether it was picked up. What was withdrawn
    is left out."""
    return JSONResponse([overview_json(one) for one in await desk.made_by(practice)])


@router.delete(
    "/{aanmeldingId}",
    status_code=204,
    summary="Withdraw a referral for somebody",
    responses=problems(401, 403, 404, 422, 429, 503),
)
async def withdraw(aanmeldingId: ReferralId, practice: SessionHere, desk: ReferralDeskHere) -> Response:
    """When the person asks for it. The personal data are deleted at once and the receiver is told."""
    await desk.withdraw_for(practice, aanmeldingId)
    return Response(status_code=204)
