"""Errors as problem+json (RFC 9457), in plain Dutch, never with what was typed."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

HELP = "Is er nu gevaar? Bel 112. Denkt u aan zelfmoord? Bel gratis 113."
"""Added to every problem that can stand between a person and an answer."""

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
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code)
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
        return JSONResponse(self.body, self.status, headers=self.headers, media_type=MEDIA_TYPE)


def unknown_conversation() -> Problem:
    return Problem(
        404,
        "gesprek-onbekend",
        "Dit gesprek bestaat niet meer",
        "Dit gesprek bestaat niet of is gestopt. "
        f"Begin een nieuw gesprek en stuur uw bericht opnieuw. {HELP}",
    )


def unknown_choice() -> Problem:
    return Problem(
        422,
        "keuze-onbekend",
        "Deze keuze kan nu niet",
        "Deze knop hoort niet meer bij dit gesprek. "
        f"Kies een knop uit het laatste bericht of typ uw vraag. {HELP}",
    )


def empty_text() -> Problem:
    return Problem(
        422, "tekst-leeg", "Uw bericht is leeg", f"Typ uw vraag en stuur het bericht opnieuw. {HELP}"
    )


def text_too_long(length: int, maximum: int, warning: dict | None = None) -> Problem:
    """`warning` is the fixed danger answer that the rules ask for: a refused message is read as well."""
    shorter = (
        f"Uw bericht heeft {length} tekens. Het mag {maximum} tekens hebben. "
        "Maak het korter en stuur het opnieuw."
    )
    lengths = {"lengte": length, "maximum": maximum}
    return _warned(422, "tekst-te-lang", "Uw bericht is te lang", shorter, warning, lengths)


def note_too_long(length: int, maximum: int, warning: dict | None) -> Problem:
    """For the note of a report; `warning` as in `text_too_long`."""
    shorter = f"Uw tekst heeft {length} tekens. Maak er hooguit {maximum} tekens van en stuur het opnieuw."
    lengths = {"lengte": length, "maximum": maximum}
    return _warned(422, "toelichting-te-lang", "Uw tekst is te lang", shorter, warning, lengths)


def unknown_initiative(warning: dict | None) -> Problem:
    """For a report; `warning` as in `text_too_long`."""
    detail = "Deze plek staat niet meer op onze lijst. U hoeft niets meer te doen."
    return _warned(404, "initiatief-onbekend", "Deze plek kennen wij niet", detail, warning)


def report_not_kept(warning: dict | None) -> Problem:
    """For a report; `warning` as in `text_too_long`."""
    detail = "Wij kunnen uw melding nu niet bewaren. Probeer het straks nog een keer."
    headers = {"Retry-After": "10"}
    return _warned(503, "melding-niet-bewaard", "Er gaat iets mis", detail, warning, headers=headers)


def _warned(
    status: int,
    code: str,
    title: str,
    detail: str,
    warning: dict | None,
    extra: dict | None = None,
    headers: dict[str, str] | None = None,
) -> Problem:
    """A refusal of a text; the fixed danger answer goes first where the rules ask for one."""
    said = f"{warning['antwoord']}\n{detail}" if warning else f"{detail} {HELP}"
    beside = {"waarschuwing": warning} if warning else {}
    return Problem(status, code, title, said, (extra or {}) | beside, headers)


def body_too_large(maximum: int) -> Problem:
    return Problem(
        413,
        "te-groot",
        "Wat u stuurt is te groot",
        f"U mag hooguit {maximum} bytes sturen. Maak uw bericht korter en stuur het opnieuw. {HELP}",
        {"maximum": maximum},
    )


def too_many_requests(seconds: int) -> Problem:
    return Problem(
        429,
        "te-veel",
        "U stuurt te veel berichten",
        f"Wacht {seconds} seconden en stuur uw bericht dan opnieuw. {HELP}",
        headers={"Retry-After": str(seconds)},
    )


def token_needed() -> Problem:
    return Problem(
        401,
        "geen-toegang",
        "Geen toegang",
        "Stuur een geldig token mee: Authorization: Bearer <token>. Vraag het aan de beheerder.",
        headers={"WWW-Authenticate": "Bearer"},
    )


def disturbance() -> Problem:
    return Problem(
        503,
        "storing",
        "Er gaat iets mis",
        "Ik kan nu geen antwoord geven. Probeer het straks nog een keer. "
        f"Hebt u een dokter nodig? Bel uw huisarts. {HELP}",
        headers={"Retry-After": "10"},
    )


def not_ready(parts: dict[str, bool]) -> Problem:
    return Problem(
        503,
        "niet-gereed",
        "Nog niet klaar",
        f"Het programma kan nog geen antwoord geven. Probeer het straks nog een keer. {HELP}",
        {"onderdelen": parts},
        {"Retry-After": "5"},
    )


def server_error() -> Problem:
    return Problem(
        500,
        "fout",
        "Er gaat iets mis",
        f"Er ging bij ons iets mis. Probeer het straks nog een keer. {HELP}",
    )


_BY_STATUS = {
    400: ("onleesbaar", "Niet te lezen", "De JSON klopt niet. Controleer de haakjes en aanhalingstekens."),
    404: ("niet-gevonden", "Niet gevonden", "Deze pagina of dit adres bestaat niet. Controleer het adres."),
    405: ("methode", "Dit kan hier niet", "Dit adres kent deze methode niet. Kijk op /docs wat wel kan."),
}

_MEANINGS = {
    "value_error.missing": "Dit veld is verplicht.",
    "value_error.extra": "Een veld is niet bekend.",
    "type_error.enum": "Deze waarde kan niet.",
    "value_error.const": "Deze waarde kan niet.",
    "value_error.any_str.max_length": "Deze waarde is te lang.",
    "type_error.integer": "Dit moet een heel getal zijn.",
    "value_error.number.not_ge": "Dit getal is te klein.",
    "value_error.number.not_le": "Dit getal is te groot.",
    "type_error.str": "Dit moet tekst zijn.",
}


def _field_errors(errors: list[dict]) -> list[dict]:
    """Which declared field is wrong and why; a name that the caller made up is left out."""
    found = []
    for error in errors:
        known = error["type"] != "value_error.extra" and len(error["loc"]) > 1
        field = str(error["loc"][1]) if known else None
        found.append({"veld": field, "melding": _MEANINGS.get(error["type"], "Deze waarde kan niet.")})
    return found


async def _on_problem(request: Request, problem: Problem) -> JSONResponse:
    return problem.response()


async def _on_http_error(request: Request, error: HTTPException) -> JSONResponse:
    code, title, detail = _BY_STATUS.get(
        error.status_code, ("fout", "Dit lukt niet", "Dit verzoek kan niet worden uitgevoerd. Kijk op /docs.")
    )
    return Problem(error.status_code, code, title, detail, headers=error.headers).response()


async def _on_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    errors = error.errors()
    if any(item["type"] == "json_invalid" for item in errors):
        return Problem(400, *_BY_STATUS[400]).response()
    return Problem(
        422,
        "invoer",
        "De invoer klopt niet",
        f"Een of meer velden kloppen niet. Kijk op /docs welke velden er zijn. {HELP}",
        {"fouten": _field_errors(errors)},
    ).response()


def install(app: FastAPI) -> None:
    """Let every error of `app` be answered as problem+json."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
