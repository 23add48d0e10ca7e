"""The pages of applying for Welzijn op Recept: forms that work without JavaScript."""

from __future__ import annotations

import uuid
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.access.other_sites import is_from_another_site
from api.problems import Problem
from api.rates import client_of
from api.referral.fields import Filled
from api.referral_desk import Agreement, ReferralDesk, ReferralDeskHere
from api.referral_pages import (
    FIELDS,
    Shown,
    ask_your_gp_page,
    done_page,
    form_page,
    say,
    withdraw_page,
    withdrawn_page,
)

APPLY, WITHDRAW, WITHDRAWN = "/aanmelden", "/aanmelden/intrekken", "/aanmelden/ingetrokken"

_MOST_FIELDS = 30
_LONGEST_NAME = 100

router = APIRouter(include_in_schema=False)


@router.api_route(APPLY, methods=["GET", "HEAD"])
async def application_form(request: Request, desk: ReferralDeskHere, gemeente: str = "") -> HTMLResponse:
    """The form where residents can apply, else how to ask the GP."""
    return await _form(desk, gemeente[:_LONGEST_NAME], Shown())


@router.post(APPLY)
async def apply(request: Request, desk: ReferralDeskHere) -> HTMLResponse:
    """Take the form in; the page says what became of it.

    Answered with the page itself: after a redirect the code would have to be in an address or a cookie, which
    stay behind on a computer that others use. Sending the form again gives the same code.
    """
    typed = await _typed(request)
    asked = typed.get("gemeente", "")[:_LONGEST_NAME]
    if is_from_another_site(request):
        return await _form(desk, asked, Shown(notice=say("andere_site")), 403)
    filled = Filled.of(
        name=typed.get("naam"),
        phone=typed.get("telefoon"),
        email=typed.get("email"),
        moment=typed.get("moment"),
        wish=typed.get("wens"),
    )
    agreement = Agreement(typed.get("akkoord") == "ja", typed.get("versie", ""))
    try:
        made = await desk.take(asked, filled, agreement, _key(typed), client_of(request))
    except Problem as problem:
        answer = await _form(desk, asked, _shown(problem, typed), problem.status)
        answer.headers.update(problem.headers or {})
        return answer
    if made.code is None:
        return HTMLResponse(withdraw_page(Shown(notice=say("ingetrokken_eerder"))))
    here = request.app.state.settings.public_address or str(request.base_url).rstrip("/")
    return HTMLResponse(done_page(desk.municipality(asked) or "", made, here + WITHDRAW), 201)


@router.api_route(WITHDRAW, methods=["GET", "HEAD"])
async def withdrawal_form(request: Request) -> HTMLResponse:
    """The form to withdraw with the code of the page after applying."""
    return HTMLResponse(withdraw_page(Shown()))


@router.post(WITHDRAW)
async def withdraw(request: Request, desk: ReferralDeskHere) -> Response:
    """Withdraw what belongs to the code."""
    typed = await _typed(request)
    if is_from_another_site(request):
        return HTMLResponse(withdraw_page(Shown(notice=say("andere_site"))), 403)
    code = typed.get("intrekcode", "").strip()
    if not code:
        return HTMLResponse(withdraw_page(Shown(faults={"intrekcode": say("code_leeg")})), 422)
    try:
        await desk.withdraw(code, client_of(request))
    except Problem as problem:
        detail = problem.body["detail"]
        wrong = {"faults": {"intrekcode": detail}} if problem.status == 404 else {"notice": detail}
        page = withdraw_page(Shown(typed=typed, **wrong))
        return HTMLResponse(page, problem.status, problem.headers)
    return RedirectResponse(WITHDRAWN, 303)


@router.api_route(WITHDRAWN, methods=["GET", "HEAD"])
async def withdrawn() -> HTMLResponse:
    """What withdrawing did; nothing on this page is about anybody."""
    return HTMLResponse(withdrawn_page())


async def _form(desk: ReferralDesk, asked: str, shown: Shown, status: int = 200) -> HTMLResponse:
    """The form with what was typed and what is wrong with it; how to ask the GP where there is no form."""
    municipality = desk.municipality(asked)
    consent = await desk.consent(municipality)
    if municipality and consent:
        key = shown.typed.get("sleutel") or str(uuid.uuid4())
        return HTMLResponse(form_page(municipality, consent, key, shown), status)
    if asked and not municipality:
        shown = Shown(warning=shown.warning, notice=say("gemeente_onbekend"))
    how_here = desk.how_to_apply(municipality) if municipality else None
    return HTMLResponse(ask_your_gp_page(municipality, how_here, shown), status)


def _shown(problem: Problem, typed: dict[str, str]) -> Shown:
    """What the form says of a refusal."""
    if problem.code == "herhaling-anders":
        return Shown(typed=typed, notice=say("al_verstuurd"))
    if "waarschuwing" in problem.body:
        return Shown(typed=typed, warning=problem.body["waarschuwing"])
    faults = {one["veld"]: one["melding"] for one in problem.body.get("fouten", ())}
    by_field = {name: faults[name] for name in FIELDS if name in faults}
    return Shown(typed=typed, faults=by_field, notice=problem.body["detail"])


async def _typed(request: Request) -> dict[str, str]:
    """The fields of a form as browsers send them; what cannot be read is left out."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError:
        return {}
    return dict(pairs)


def _key(typed: dict[str, str]) -> str:
    """The key that came with the form, or one that nothing was kept under."""
    key = typed.get("sleutel", "")
    return key if 16 <= len(key) <= 64 and key.isascii() else str(uuid.uuid4())
