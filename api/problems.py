"""Errors as problem+json (RFC 9457), in plain Dutch, never with what was typed."""

from __future__ import annotations

import math
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sociale_kaart.sentences import Sentences
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Match

from actions.responses import ANSWERS
from api import logs, request_ids

TEXTS = ANSWERS / "problemen.yml"
"""Title and text of every problem, by its code."""

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A refusal with a fixed Dutch text.

    `code` names the kind of problem for programs; `extra` holds further members of
    the problem object (numbers, field names and fixed answers only); `headers` go with the answer.
    """

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str,
        extra: dict | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.headers = headers
        self.body = {
            "type": f"urn:sociale-triage:probleem:{code}",
            "title": title,
            "status": status,
            "detail": detail,
            **(extra or {}),
        }

    def response(self) -> JSONResponse:
        """The problem as an HTTP answer (application/problem+json); `instance` is the request."""
        request = request_ids.as_urn()
        body = {**self.body, "instance": request} if request else self.body
        return JSONResponse(body, self.status, headers=self.headers, media_type=MEDIA_TYPE)


def unreadable_address() -> Problem:
    """400: what stands in the path or the query is no text."""
    return _problem(400, "adres-onleesbaar")


def unreadable_body() -> Problem:
    """400: the body is no JSON."""
    return _problem(400, "onleesbaar")


def site_not_allowed() -> Problem:
    """403: a page of a site that is not on the allow-list asks, or asks for something that is not allowed."""
    return _problem(403, "site-niet-toegelaten")


def unknown_conversation() -> Problem:
    """404: there is no such conversation, or no longer."""
    return _problem(404, "gesprek-onbekend")


def unknown_choice() -> Problem:
    """422: this button was not offered."""
    return _problem(422, "keuze-onbekend")


def empty_text() -> Problem:
    """422: there is no text to read."""
    return _problem(422, "tekst-leeg")


def text_too_long(length: int, maximum: int, warning: dict | None = None) -> Problem:
    """`warning` is the fixed danger answer that the rules ask for: a refused message is read as well."""
    return _warned(422, "tekst-te-lang", warning, {"lengte": length, "maximum": maximum})


def note_too_long(length: int, maximum: int, warning: dict | None) -> Problem:
    """For the note of a report; `warning` as in `text_too_long`."""
    return _warned(422, "toelichting-te-lang", warning, {"lengte": length, "maximum": maximum})


def unknown_initiative(warning: dict | None) -> Problem:
    """For a report; `warning` as in `text_too_long`."""
    return _warned(404, "initiatief-onbekend", warning)


def no_pointer() -> Problem:
    """404: the initiative has no address or website to point to."""
    return _problem(404, "geen-qr-code")


def report_not_kept(warning: dict | None) -> Problem:
    """For a report; `warning` as in `text_too_long`."""
    return _warned(503, "melding-niet-bewaard", warning, headers={"Retry-After": "10"})


def text_or_choice() -> Problem:
    """422: a message holds both a text and a choice, or neither."""
    return _problem(422, "tekst-of-keuze", code="invoer")


def body_too_large(maximum: int) -> Problem:
    """413: the request is larger than `maximum` bytes."""
    return _problem(413, "te-groot", {"maximum": maximum})


def too_many_requests(seconds: int) -> Problem:
    """429: `seconds` is how long to wait."""
    return _problem(429, "te-veel", headers={"Retry-After": str(seconds)}, seconden=seconds)


def no_widget() -> Problem:
    """404: the built script of the chat is not there."""
    return _problem(404, "widget-ontbreekt")


def token_needed() -> Problem:
    """401: a token is missing or wrong."""
    return _problem(401, "geen-toegang", headers={"WWW-Authenticate": "Bearer"})


def sign_in_needed() -> Problem:
    """401: nobody is signed in at the front desk, or no longer."""
    return _problem(401, "niet-ingelogd", headers={"WWW-Authenticate": 'Cookie realm="balie"'})


def sign_in_failed() -> Problem:
    """401: this does not sign anybody in; why stays out."""
    return _problem(401, "inloggen-mislukt", headers={"WWW-Authenticate": 'Cookie realm="balie"'})


def too_many_attempts(seconds: int) -> Problem:
    """429: too many wrong tokens came from this address; `seconds` is how long to wait."""
    waits = {"Retry-After": str(seconds)}
    return _problem(429, "te-vaak-fout", headers=waits, minuten=math.ceil(seconds / 60))


def another_site() -> Problem:
    """403: the page of another site asked for a change at the front desk."""
    return _problem(403, "andere-site")


def referral_faulty(faults: list[dict], to_practice: bool = False) -> Problem:
    """422: `faults` says of each field what to change: `{"veld", "code", "melding"}`."""
    code = "aanmelding-klopt-niet"
    return _problem(422, _for_reader(code, to_practice), {"fouten": faults}, code=code)


def referral_danger(warning: dict, to_practice: bool = False) -> Problem:
    """422: danger was typed; the fixed answer to it goes first, and nothing was kept."""
    code = "aanmelding-gevaar"
    return _warned(422, code, warning, name=_for_reader(code, to_practice))


def self_referral_closed() -> Problem:
    """409: residents of this municipality cannot apply here; how to ask the GP instead."""
    return _problem(409, "aanmelden-via-huisarts")


def referral_without_receiver() -> Problem:
    """409: for a practice; nobody receives referrals for this municipality here."""
    return _problem(409, "aanmelden-geen-ontvanger")


def key_reused() -> Problem:
    """422: the Idempotency-Key belongs to a referral with another content."""
    return _problem(422, "herhaling-anders")


def unknown_referral() -> Problem:
    """404: there is no such referral for whoever asks, or the code does not fit."""
    return _problem(404, "aanmelding-onbekend")


def referral_gone() -> Problem:
    """410: the referral was withdrawn; its data are deleted."""
    return _problem(410, "aanmelding-ingetrokken")


def status_not_allowed() -> Problem:
    """409: the referral cannot become this status now."""
    return _problem(409, "status-kan-niet")


def disturbance(warning: dict | None = None) -> Problem:
    """503: the assistant failed or took too long; try again soon. `warning` as in `text_too_long`."""
    return _warned(503, "storing", warning, headers={"Retry-After": "10"})


def not_ready(parts: dict[str, bool]) -> Problem:
    """503: `parts` says which parts of the program are loaded."""
    return _problem(503, "niet-gereed", {"onderdelen": parts}, {"Retry-After": "5"})


def field_error(field: str | None, meaning: str) -> dict:
    """One item for `invalid_fields`; `meaning` is a key of `velden` in the texts."""
    return {"veld": field, "melding": Sentences.load(TEXTS).say(f"velden.{meaning}")}


def invalid_fields(errors: list[dict]) -> Problem:
    """422: which fields are wrong and why, as `{"veld", "melding"}`; `veld` is null where it is not ours."""
    return _problem(422, "invoer", {"fouten": errors})


def other_problem(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """A refusal that has no text of its own."""
    return _problem(status, "lukt-niet", headers=headers, code="fout")


def server_error() -> Problem:
    """500: something raised that nobody foresaw."""
    return _problem(500, "fout")


def _problem(
    status: int,
    name: str,
    extra: dict | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    code: str | None = None,
    **values: object,
) -> Problem:
    """The problem whose texts are called `name`, filled in from `extra` and `values`."""
    title, detail = _texts(name, {**(extra or {}), **values})
    return Problem(status, code or name, title, detail, extra, headers)


def _warned(
    status: int,
    code: str,
    warning: dict | None,
    extra: dict | None = None,
    headers: dict[str, str] | None = None,
    *,
    name: str | None = None,
) -> Problem:
    """A refusal of a text; the fixed danger answer goes first where the rules ask for one."""
    say = Sentences.load(TEXTS).say
    title, detail = _texts(name or code, extra or {})
    if not warning:
        return Problem(status, code, title, say("met_hulp", tekst=detail, hulp=say("hulp")), extra, headers)
    said = say("met_waarschuwing", waarschuwing=warning["antwoord"], tekst=detail)
    return Problem(status, code, title, said, {**(extra or {}), "waarschuwing": warning}, headers)


def _for_reader(code: str, to_practice: bool) -> str:
    """The name of the texts of a problem that a practice reads otherwise than a resident."""
    return f"{code}-praktijk" if to_practice else code


def _texts(name: str, values: Mapping[str, object]) -> tuple[str, str]:
    say = Sentences.load(TEXTS).say
    return (
        say(f"problemen.{name}.titel"),
        say(f"problemen.{name}.tekst", hulp=say("hulp"), **values),
    )


_BY_STATUS = {400: "onleesbaar", 404: "niet-gevonden", 405: "methode"}

_MEANINGS = {
    "value_error.missing": "verplicht",
    "value_error.extra": "onbekend",
    "value_error.any_str.max_length": "te_lang",
    "type_error.integer": "geen_heel_getal",
    "value_error.number.not_ge": "te_klein",
    "value_error.number.not_le": "te_groot",
    "type_error.str": "geen_tekst",
}


def _field_errors(errors: list[dict]) -> list[dict]:
    """Which declared field is wrong and why; a name that the caller made up is left out."""
    found = []
    for error in errors:
        known = error["type"] != "value_error.extra" and len(error["loc"]) > 1
        kind_missing = error.get("ctx", {}).get("discriminator_key")
        field = kind_missing or (str(error["loc"][-1]) if known else None)
        found.append(field_error(field, _MEANINGS.get(error["type"], "waarde")))
    return found


async def _on_problem(request: Request, problem: Problem) -> JSONResponse:
    return problem.response()


async def _on_store_error(request: Request, error: SQLAlchemyError) -> JSONResponse:
    logs.failure("store_failed", error, status=503)
    return disturbance().response()


async def _on_http_error(request: Request, error: HTTPException) -> JSONResponse:
    known = _BY_STATUS.get(error.status_code)
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    problem = (
        _problem(error.status_code, known, headers=headers)
        if known
        else other_problem(error.status_code, headers)
    )
    return problem.response()


def _allowed(request: Request) -> str:
    """The methods of every route at this path; Starlette names those of the first one alone."""
    here = (route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE)
    methods = {method for route in here for method in getattr(route, "methods", None) or ()}
    return ", ".join(sorted(methods or ("GET", "HEAD")))  # a file is at no route


async def _on_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    errors = error.errors()
    if any(item["type"] == "json_invalid" for item in errors):
        return unreadable_body().response()
    return invalid_fields(_field_errors(errors)).response()


def install(app: FastAPI) -> None:
    """Let every error of `app` be answered as problem+json; raises now where the texts cannot be read."""
    Sentences.load(TEXTS)
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(SQLAlchemyError, _on_store_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
