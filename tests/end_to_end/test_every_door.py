"""Danger is seen at every door where somebody can type, whatever was said before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sociale_kaart.reports import Reports

from api.app import create_app
from api.cli.main import main
from tests.own_settings import own_settings

pytestmark = pytest.mark.model

DANGER = {
    "mijn man zakt in elkaar en zijn mond hangt scheef": "spoed_112",
    "he can't breathe": "spoed_112",
    "ik wl dood": "crisis_113",
    "Groningen, maar dan ben ik er toch niet meer": "crisis_113",
    "mn man slaat me": "onveilig",
    "mijn vader is sinds gisteren ineens heel verward": "huisarts_vandaag",
}
NUMBER = {"spoed_112": "112", "crisis_113": "113", "onveilig": "0800-2000", "huisarts_vandaag": "huisarts"}
DEMENTIA = "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?"
STATES = {
    "first message": [],
    "place question": [DEMENTIA],
    "unknown place": [DEMENTIA, "Kroezeldijk"],
    "after the answer": [DEMENTIA, "Groningen"],
    "unclear": ["ik weet het niet zo goed"],
    "wants a human": ["ik wil een mens spreken"],
    "after a flag": ["ik zie het niet meer zitten"],
    "after a flag denied": ["ik zie het niet meer zitten", "nee dat bedoel ik niet"],
    "after thanks": [DEMENTIA, "Groningen", "dank u wel"],
    "out of scope": ["hoe laat gaat het gemeentehuis open"],
}
DOORS = {
    "TriageVraag.tekst": "screened",
    "TriageVraag.plaats": "screened",
    "NieuwBericht.tekst": "screened",
    "NieuwBericht.keuze": "must equal the id of an offered button",
    "NieuwGesprek.gemeente": "set by the site, not by a person",
    "NieuweMelding.toelichting": "screened",
    "WebhookBericht.message": "screened",
    "WebhookBericht.sender": "an id, set by a program",
    "/v1/initiatieven zoek": "screened",
    "/v1/initiatieven plaats": "screened",
    "/v1/initiatieven soort": "a code",
    "/webhooks/rest/webhook stream": "a switch",
    "LivechatBericht.tekst": "screened",
    "LivechatBericht.keuze": "must equal the id of an offered button",
    "LivechatOpenen.gemeente": "set by the platform, not by a person",
    "LivechatToestemming.tekst": "must equal the fixed text",
    **{
        f"Livechat{kind}.{field}": "an id, set by a program"
        for kind in ("Openen", "Bericht", "Overdracht", "Sluiten")
        for field in ("gesprek", "berichtId")
    },
    "NieuweBalievraag.tekst": "screened",
    "NieuweBalievraag.plaats": "screened",
    "NieuweSessie.token": "a secret",
    "Intrekking.intrekcode": "a secret",
    "Toestemming.versie": "must equal that of the fixed text",
    "GevraagdeToestemming.versie": "must equal that of the fixed text",
    **{
        f"{referral}.{field}": "screened with the wish, or of a fixed form"
        for referral in ("NieuweAanmelding", "NieuwePraktijkaanmelding")
        for field in ("gemeente", "naam", "telefoon", "email", "moment", "wens")
    },
    "NieuwePraktijkaanmelding.icpc": "a code",
    "/v1/aanmeldingen/toestemming gemeente": "set by the site, not by a person",
}


LIMITS = ("RATE_LIMIT_ADRES", "RATE_LIMIT_NIEUW", "RATE_LIMIT_GESPREK", "RATE_LIMIT_KOPPELING")


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Reports:
    return Reports(tmp_path_factory.mktemp("meldingen") / "meldingen.jsonl")


@pytest.fixture(scope="module")
def client(assistant, reports):
    limits = dict.fromkeys(LIMITS, "100000/second")
    settings = own_settings(**limits, MELDINGEN_PAD=str(reports.path))
    with TestClient(create_app(settings, assistant)) as client:
        yield client


def assert_danger(answer: dict, outcome: str) -> None:
    """The outcome, its number in the text, a call list and no social offer."""
    assert answer["uitkomst"] == outcome
    assert NUMBER[outcome] in answer["antwoord"] and answer["bel"]
    assert not answer.get("initiatieven")


@pytest.mark.parametrize("channel", ["bewoner", "balie"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("text", "outcome"), DANGER.items())
def test_in_every_state_of_a_conversation(client, text, outcome, state, channel):
    opened = client.post("/v1/gesprekken", json={"kanaal": channel}).json()["gesprekId"]
    path = f"/v1/gesprekken/{opened}/berichten"
    for said in STATES[state]:
        client.post(path, json={"tekst": said})
    assert_danger(client.post(path, json={"tekst": text}).json()["triage"], outcome)


@pytest.mark.parametrize(("text", "outcome"), DANGER.items())
def test_triage_in_the_text_and_in_the_place(client, text, outcome):
    assert_danger(client.post("/v1/triage", json={"tekst": text}).json(), outcome)
    in_place = {"tekst": "ik zoek een koffieochtend", "plaats": text}
    assert_danger(client.post("/v1/triage", json=in_place).json(), outcome)


@pytest.mark.parametrize(("text", "outcome"), DANGER.items())
def test_webhook_first_and_later(client, text, outcome):
    for number, before in enumerate(([], [DEMENTIA])):
        sender = f"deur-{outcome}-{number}-{len(text)}"
        for said in before:
            client.post("/webhooks/rest/webhook", json={"sender": sender, "message": said})
        answer = client.post("/webhooks/rest/webhook", json={"sender": sender, "message": text}).json()
        assert_danger(answer[-1]["custom"]["triage"], outcome)
        flag = answer[0]["custom"]["rode_vlag"]
        assert flag["actie"] == outcome and NUMBER[outcome] in flag["tekst"] and flag["bel"] and flag["groep"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("text", "outcome"), DANGER.items())
def test_livechat_in_every_state(client, text, outcome, state):
    def ask(kind: str, **fields: str) -> dict:
        return client.post("/webhooks/livechat", json={"soort": kind, "gesprek": "deur", **fields}).json()

    ask("openen")
    for said in STATES[state]:
        ask("bericht", tekst=said)
    answer = ask("bericht", tekst=text)
    assert_danger(answer["triage"], outcome)
    assert answer["overdracht"]["reden"] == "gevaar"


@pytest.mark.parametrize("field", ["zoek", "plaats"])
@pytest.mark.parametrize(("text", "outcome"), DANGER.items())
def test_search_box(client, text, outcome, field):
    found = client.get("/v1/initiatieven", params={field: text}).json()
    assert_danger(found["waarschuwing"], outcome)
    assert found["initiatieven"] == []


@pytest.mark.parametrize(("text", "outcome"), DANGER.items())
def test_a_message_that_is_refused_for_its_length(client, text, outcome):
    long = "Wij wonen hier al jaren met veel plezier. " * 30 + text + ". " + "Het is een fijne buurt. " * 50
    refused = client.post("/v1/triage", json={"tekst": long})
    assert refused.status_code == 422
    assert_danger(refused.json()["waarschuwing"], outcome)
    assert refused.json()["detail"].startswith(refused.json()["waarschuwing"]["antwoord"])


@pytest.mark.parametrize(("text", "outcome"), DANGER.items())
def test_the_note_of_a_report(client, reports, text, outcome):
    [one] = client.get("/v1/initiatieven", params={"zoek": "odensehuis", "limiet": 1}).json()["initiatieven"]
    body = {"wat": "anders", "toelichting": text}
    answer = client.post(f"/v1/initiatieven/{one['id']}/meldingen", json=body).json()
    assert_danger(answer["waarschuwing"], outcome)
    assert reports.all()[0].id == answer["meldingId"] and reports.all()[0].note is None


@pytest.mark.parametrize("channel", ["bewoner", "balie"])
@pytest.mark.parametrize(("text", "outcome"), DANGER.items())
def test_command_line(text, outcome, channel, capsys, assessor, monkeypatch):
    monkeypatch.setattr("bot.assessor.load_assessor", lambda *_: assessor)  # once for all, not for each
    assert main(["ask", text, "--kanaal", channel]) == 0
    assert NUMBER[outcome] in capsys.readouterr().out


def test_command_line_search(capsys):
    assert main(["catalogue", "search", "mn man slaat me"]) == 0
    assert "0800-2000" in capsys.readouterr().out


def _models(schema: dict, schemas: dict) -> Iterator[str]:
    """The names of the objects in `schema`, however deep."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        yield name
        schema = schemas[name]
    parts = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    for part in (*parts, *(inner for key in ("oneOf", "anyOf", "allOf") for inner in schema.get(key, ()))):
        yield from _models(part, schemas)


def _takes_text(schema: dict) -> bool:
    return "string" in schema.get("type", ()) and "enum" not in schema


def test_every_field_that_takes_text_is_a_door_we_thought_about(client):
    """A new text field fails here until somebody decides what screens it."""
    contract = client.get("/openapi.json").json()
    schemas = contract["components"]["schemas"]
    found: set[str] = set()
    for path, methods in contract["paths"].items():
        for call in methods.values():
            parameters = [one for one in call.get("parameters", ()) if one["in"] == "query"]
            found |= {f"{path} {one['name']}" for one in parameters if _takes_text(one["schema"])}
            for body in call.get("requestBody", {}).get("content", {}).values():
                for name in _models(body["schema"], schemas):
                    fields = schemas[name].get("properties", {})
                    found |= {f"{name}.{field}" for field in fields if _takes_text(fields[field])}
    assert found == set(DOORS)
