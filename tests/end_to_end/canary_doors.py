"""Every door at which something of a person can come in, as a table: a new door is one more line.

A door whose path the application does not have is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from tests.canaries import BSN, MAIL, NAME, PHONE, SENTENCE, TOKEN

MUNICIPALITY = "Schouwen-Duiveland"
ALL = f"{SENTENCE}. Ik heet {NAME}, bel {PHONE} of mail {MAIL}."
IN_A_PATH = NAME.replace(" ", "-")
BROKEN_JSON = f'{{"tekst": "{SENTENCE}", "naam": "{NAME}'
IN_HEADERS = {
    "X-Request-ID": NAME.replace(" ", "-"),
    "traceparent": f"00-{IN_A_PATH}-{PHONE}-01",
    "tracestate": f"wie={MAIL}",
    "User-Agent": f"{NAME}/1.0",
    "Referer": f"https://voorbeeld.example/?wie={MAIL}",
    "Cookie": f"balie={TOKEN}; __Host-balie={TOKEN}; wie={MAIL}",
    "Authorization": f"Bearer {TOKEN}",
    "Origin": f"https://{IN_A_PATH}.example",
    "X-Forwarded-For": f"{IN_A_PATH}, {PHONE}",
    "Accept": f"text/{IN_A_PATH}",
    "Accept-Language": IN_A_PATH,
    "Idempotency-Key": IN_A_PATH,
}


@dataclass(frozen=True)
class Keys:
    """What opens the doors; `conversation` is open, `version` the consent text now."""

    practice: str
    receiver: str
    client: str


@dataclass(frozen=True)
class Door:
    """One request. `for_the_sender`: its answer may repeat what was sent, when it succeeds (or is a form)."""

    method: str
    path: str
    options: dict[str, Any]
    for_the_sender: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def door(method: str, path: str, for_the_sender: bool = False, **options: Any) -> Door:
    return Door(method, path, options, for_the_sender)


def doors(client: httpx.Client, keys: Keys, typed: str = ALL) -> Iterator[Door]:
    """Every door with `typed` in it. `client` opens what a door needs first: a conversation, a referral."""
    yield from _conversations(client, typed)
    yield from _one_question(typed)
    yield from _webhooks(keys, typed)
    yield from _front_desk(keys, typed)
    yield from _referrals(client, keys, typed)
    yield from _at_every_address(typed)


def paths_of(client: httpx.Client) -> set[str]:
    return set(client.get("/openapi.json").json()["paths"])


def _conversations(client: httpx.Client, typed: str) -> Iterator[Door]:
    opened = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    here = f"/v1/gesprekken/{opened}"
    for body in (
        {"tekst": typed},
        {"tekst": typed * 40},
        {"keuze": typed[:150]},
        {"tekst": typed, "keuze": "mens"},
        {NAME: typed, "tekst": typed},
    ):
        yield door("POST", f"{here}/berichten", json=body, for_the_sender=True)
    yield door("POST", f"{here}/oordelen", json={"oordeel": typed})
    yield door("POST", f"/v1/gesprekken/{IN_A_PATH}/berichten", json={"tekst": typed})
    yield door("POST", "/v1/gesprekken", json={"gemeente": NAME})
    yield door("POST", "/v1/gesprekken", json={"gemeente": typed, "kanaal": typed})
    yield door("DELETE", here)
    yield door("DELETE", f"/v1/gesprekken/{IN_A_PATH}")


def _one_question(typed: str) -> Iterator[Door]:
    yield door("POST", "/v1/triage", json={"tekst": typed, "plaats": NAME}, for_the_sender=True)
    yield door("POST", "/v1/triage", json={"tekst": typed * 40})
    yield door("POST", "/v1/triage", json={"tekst": [typed], "kanaal": typed})
    yield door("POST", "/v1/triage", content=BROKEN_JSON, headers={"Content-Type": "application/json"})
    yield door("POST", "/v1/triage", content=(typed * 9000)[:70_000], headers={"Content-Type": "text/plain"})
    asked = {"zoek": typed, "plaats": NAME, "soort": MAIL}
    yield door("GET", "/v1/initiatieven", params=asked, for_the_sender=True)
    yield door("GET", "/v1/initiatieven", params={**asked, "limiet": typed, NAME: typed})
    report = {"wat": "anders", "toelichting": typed}
    yield door("POST", "/v1/initiatieven/odensehuis-nepstad/meldingen", json=report)
    yield door("POST", f"/v1/initiatieven/{IN_A_PATH}/meldingen", json=report)
    yield door("POST", "/v1/initiatieven/odensehuis-nepstad/meldingen", json={"wat": typed, NAME: typed})
    yield door("GET", f"/v1/initiatieven/{IN_A_PATH}/qr-code", params={"naar": typed})


def _webhooks(keys: Keys, typed: str) -> Iterator[Door]:
    rest, livechat = "/webhooks/rest/webhook", "/webhooks/livechat"
    known = {"Authorization": f"Bearer {keys.client}"}
    said = {"sender": NAME, "message": typed, "metadata": {NAME: MAIL}}
    yield door("POST", rest, json=said, headers=known, for_the_sender=True)
    yield door("POST", rest, json={"sender": NAME, "message": typed * 40}, headers=known)
    yield door("POST", rest, json=said, headers={"Authorization": f"Bearer {TOKEN}"})
    yield door("POST", rest, json=said, headers={"Authorization": TOKEN})
    for kind in ("openen", "bericht", "overdracht", "sluiten", typed):
        body = {"soort": kind, "gesprek": NAME}
        extra = {
            "openen": {"gemeente": NAME},
            "bericht": {"tekst": typed, "berichtId": MAIL},
            "overdracht": {"toestemming": {"akkoord": False, "tekst": typed}},
        }.get(kind, {NAME: typed})
        yield door("POST", livechat, json=body | extra, headers=known, for_the_sender=True)
        yield door("POST", livechat, json=body | extra, headers={"Authorization": f"Bearer {TOKEN}"})


def _front_desk(keys: Keys, typed: str) -> Iterator[Door]:
    yield door("POST", "/v1/balie/sessies", json={"token": TOKEN})
    yield door("POST", "/v1/balie/sessies", json={"token": typed, NAME: typed})
    question = {"tekst": typed, "plaats": NAME}
    yield door("POST", "/v1/balie/vragen", json=question)
    yield door("POST", "/v1/balie/handelingen", json={"handeling": typed})
    yield door("POST", "/v1/balie/sessies", json={"token": keys.practice})  # from here on signed in
    yield door("POST", "/v1/balie/vragen", json=question, for_the_sender=True)
    yield door("POST", "/v1/balie/vragen", json={**question, NAME: typed})
    yield door("POST", "/v1/balie/vragen", json={"tekst": typed * 40})
    yield door("POST", "/v1/balie/handelingen", json={"handeling": typed})
    yield door("GET", "/balie", params={"naam": NAME})
    yield door("GET", "/balie/oidc/terug", params={"code": TOKEN, "state": NAME, "error": typed})


def _referrals(client: httpx.Client, keys: Keys, typed: str) -> Iterator[Door]:
    apply, refer = "/v1/aanmeldingen", "/v1/balie/aanmeldingen"
    if apply not in paths_of(client):
        return
    person = {"gemeente": MUNICIPALITY, "naam": NAME, "telefoon": PHONE, "email": MAIL, "moment": "ochtend"}
    for path, channel, asked_by in ((apply, "bewoner", {}), (refer, "balie", {"gevraagdDoor": "praktijk"})):
        agreed = {"akkoord": True, "versie": _version(client, channel), **asked_by}
        whole = {**person, "wens": SENTENCE, "toestemming": agreed}
        for number, body in enumerate(
            (
                whole,
                {**whole, "wens": typed},
                {**whole, "wens": f"{SENTENCE}, bsn {BSN}"},
                {**whole, "wens": f"{typed} NL91ABNA0417164300"},
                {**whole, "naam": typed * 10, "telefoon": NAME, "email": PHONE, "moment": typed},
                {**whole, "gemeente": NAME},
                {**whole, "toestemming": {**agreed, "versie": NAME[:20], "akkoord": False}},
                {**whole, NAME: typed},
                {**whole, "toestemming": {NAME: typed}},
            )
        ):
            key = {"Idempotency-Key": f"{channel}-{number}-{len(typed):0>12}"}
            yield door("POST", path, json=body, headers=key)
        yield door(
            "POST", path, json={**whole, "wens": "Iets anders."}, headers={"Idempotency-Key": IN_A_PATH}
        )
    of_receiver = {"Authorization": f"Bearer {keys.receiver}"}
    made = _made(client, f"fetched-{len(typed):0>12}", {**person, "wens": SENTENCE})
    if made:
        here = f"{apply}/{made['aanmeldingId']}"
        yield door("GET", here, headers={"Authorization": f"Bearer {TOKEN}"})
        yield door("GET", here, headers=of_receiver, for_the_sender=True)
        fhir = {**of_receiver, "Accept": "application/fhir+json"}
        yield door("GET", here, headers=fhir, for_the_sender=True)
        yield door("POST", f"{here}/statussen", json={"status": typed}, headers=of_receiver)
        yield door("POST", f"{here}/intrekking", json={"intrekcode": NAME})
        yield door("POST", f"{here}/intrekking", json={"intrekcode": made["intrekcode"], NAME: typed})
        yield door("POST", f"{here}/intrekking", json={"intrekcode": made["intrekcode"]})
        yield door("GET", here, headers=of_receiver)
    yield door("GET", f"{apply}/{IN_A_PATH}", headers=of_receiver)
    yield door("DELETE", f"{refer}/{IN_A_PATH}")
    yield door("GET", f"{apply}/toestemming", params={"gemeente": NAME, "kanaal": typed})
    form = {**person, "wens": typed, "akkoord": "ja", "versie": NAME, NAME: typed, "intrekcode": NAME}
    for path in ("/aanmelden", "/aanmelden/intrekken"):
        yield door("GET", path, params={"gemeente": NAME})
        yield door("POST", path, data=form, for_the_sender=True)
        yield door("POST", path, data={**form, "wens": f"{SENTENCE} {BSN}"}, for_the_sender=True)
        yield door("POST", path, data=form, headers=IN_HEADERS, for_the_sender=True)


def _at_every_address(typed: str) -> Iterator[Door]:
    """Where nobody expects anything: paths, queries, headers and methods."""
    yield door("GET", f"/{IN_A_PATH}")
    yield door("GET", f"/static/{IN_A_PATH}.css")
    yield door("GET", f"/v1/{MAIL}", params={NAME: typed})
    yield door("PROPFIND", "/v1/triage", params={"wie": typed})
    yield door("GET", f"/{IN_A_PATH}/%ff", params={"wie": MAIL})
    for path in ("/", "/docs", "/health", "/ready", "/v1/openapi.json"):
        yield door("GET", path, params={"wie": typed}, headers=IN_HEADERS)
    yield door("GET", "/integratie", params={"gemeente": NAME}, for_the_sender=True)
    yield door("GET", "/widget/zonder-javascript", params={"gemeente": NAME})
    yield door("POST", "/v1/triage", json={"tekst": "Ik ben alleen"}, headers=IN_HEADERS)
    asks = {
        **IN_HEADERS,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": IN_A_PATH,
    }
    yield door("OPTIONS", "/v1/triage", headers=asks)


def _version(client: httpx.Client, channel: str) -> str:
    asked = {"gemeente": MUNICIPALITY, "kanaal": channel}
    return client.get("/v1/aanmeldingen/toestemming", params=asked).json().get("versie") or "1"


def _made(client: httpx.Client, key: str, person: dict) -> dict | None:
    """A referral, where one can be made now."""
    agreed = {"akkoord": True, "versie": _version(client, "bewoner")}
    body = {**person, "toestemming": agreed}
    answer = client.post("/v1/aanmeldingen", json=body, headers={"Idempotency-Key": key})
    return answer.json() if answer.status_code == 201 else None
