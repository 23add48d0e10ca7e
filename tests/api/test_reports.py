"""`POST /v1/initiatieven/{id}/meldingen`: an entry is reported, danger is answered, nothing leaks."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sociale_kaart.reports import REASONS, Reports

from api import logs
from api.contract import Melding
from tests.api.conftest import assert_problem
from tests.api.fakes import DANGER_WORD, INITIATIVE

PATH = f"/v1/initiatieven/{INITIATIVE['id']}/meldingen"
NO_LIMIT = "1000000/second"


@pytest.fixture
def kept(tmp_path) -> Reports:
    return Reports(tmp_path / "meldingen.jsonl")


@pytest.fixture
def client(serve, kept):
    return serve(MELDINGEN_PAD=str(kept.path))


@pytest.mark.parametrize("reason", REASONS)
def test_every_fixed_reason_is_kept(client, kept, reason):
    answer = client.post(PATH, json={"wat": reason})
    assert answer.status_code == 201
    [report] = kept.all()
    assert answer.json() == {"meldingId": report.id}
    assert (report.initiative_id, report.reason, report.note) == (INITIATIVE["id"], reason, None)
    assert report.channel == "bewoner"


def test_the_note_is_kept_without_numbers_and_mail_addresses(client, kept):
    note = " Dicht.\x00 Bel 06-12345678 of mail jan@voorbeeld.nl "
    body = {"wat": "anders", "toelichting": note, "kanaal": "balie"}
    assert client.post(PATH, json=body).status_code == 201
    [report] = kept.all()
    assert report.note == "Dicht. Bel (nummer weggehaald) of mail (mailadres weggehaald)"
    assert report.channel == "balie"


def test_an_empty_note_is_no_note(client, kept):
    assert client.post(PATH, json={"wat": "anders", "toelichting": " \x00\n"}).status_code == 201
    assert kept.all()[0].note is None


def test_nothing_of_a_conversation_or_a_visitor_is_kept(client, kept):
    opened = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
    client.post(f"/v1/gesprekken/{opened}/berichten", json={"tekst": "Waar kunnen we naartoe?"})
    client.post(PATH, json={"wat": "gesloten"}, headers={"X-Forwarded-For": "203.0.113.9"})
    content = kept.path.read_text(encoding="utf-8")
    assert opened not in content and "naartoe" not in content and "203.0.113.9" not in content
    assert set(json.loads(content)) == {"meldingId", "initiatief", "wat", "toelichting", "kanaal", "tijd"}


def test_danger_in_the_note_is_answered_and_the_note_is_not_kept(client, kept):
    answer = client.post(PATH, json={"wat": "anders", "toelichting": f"hij {DANGER_WORD}"})
    assert answer.status_code == 201
    said = Melding.parse_obj(answer.json())
    assert said.waarschuwing.uitkomst == "spoed_112" and "112" in said.waarschuwing.antwoord
    [report] = kept.all()
    assert report.note is None and report.id == said.meldingId
    assert DANGER_WORD not in kept.path.read_text(encoding="utf-8")


def test_an_unknown_entry_is_404_and_danger_is_answered_all_the_same(client, kept):
    path = "/v1/initiatieven/bestaat-niet/meldingen"
    problem = assert_problem(client.post(path, json={"wat": "gesloten"}), 404, "initiatief-onbekend")
    assert "bestaat-niet" not in str(problem) and "waarschuwing" not in problem
    body = {"wat": "gesloten", "toelichting": f"hij {DANGER_WORD}"}
    problem = assert_problem(client.post(path, json=body), 404, "initiatief-onbekend")
    assert problem["detail"].startswith("Bel nu 112.")
    assert problem["waarschuwing"]["uitkomst"] == "spoed_112"
    assert kept.all() == []


@pytest.mark.parametrize("wrong", [{}, {"wat": "zomaar"}, {"wat": None}, {"wat": "anders", "kanaal": "x"}])
def test_a_wrong_field_is_refused(client, kept, wrong):
    assert_problem(client.post(PATH, json=wrong), 422, "invoer")
    assert kept.all() == []


def test_a_note_has_at_most_300_characters_and_a_longer_one_is_still_read_for_danger(client, kept):
    assert client.post(PATH, json={"wat": "anders", "toelichting": "ë" * 300}).status_code == 201
    long = client.post(PATH, json={"wat": "anders", "toelichting": "ë" * 301})
    problem = assert_problem(long, 422, "toelichting-te-lang")
    assert (problem["lengte"], problem["maximum"]) == (301, 300)
    danger = client.post(PATH, json={"wat": "anders", "toelichting": DANGER_WORD + "x" * 300})
    problem = assert_problem(danger, 422, "toelichting-te-lang")
    assert problem["waarschuwing"]["uitkomst"] == "spoed_112"
    assert len(kept.all()) == 1


def test_too_many_reports_are_refused(serve, kept):
    client = serve(MELDINGEN_PAD=str(kept.path), RATE_LIMIT_MELDING="2/minute")
    statuses = [client.post(PATH, json={"wat": "anders"}).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]
    assert_problem(client.post(PATH, json={"wat": "anders"}), 429, "te-veel")


def test_a_list_that_cannot_be_written_is_said_and_danger_is_still_answered(serve, tmp_path):
    (tmp_path / "bestand").write_text("")
    client = serve(MELDINGEN_PAD=str(tmp_path / "bestand" / "meldingen.jsonl"))
    assert_problem(client.post(PATH, json={"wat": "anders"}), 503, "melding-niet-bewaard")
    body = {"wat": "anders", "toelichting": f"hij {DANGER_WORD}"}
    problem = assert_problem(client.post(PATH, json=body), 503, "melding-niet-bewaard")
    assert problem["detail"].startswith("Bel nu 112.")


def test_a_note_that_the_rules_cannot_read_is_not_kept(client, assistant, kept):
    assistant.break_with = RuntimeError("stuk")
    assert client.post(PATH, json={"wat": "anders", "toelichting": "de deur is dicht"}).status_code == 201
    assert kept.all()[0].note is None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(note=st.text(min_size=12, max_size=320), broken=st.booleans())
def test_no_log_line_holds_the_note(tmp_path_factory, note, broken):
    from fastapi.testclient import TestClient

    from api.app import create_app
    from tests.api.fakes import FakeAssistant
    from tests.own_settings import own_settings

    folder = tmp_path_factory.mktemp("m")
    path = folder if broken else folder / "meldingen.jsonl"  # a folder cannot be written to
    limits = {"RATE_LIMIT_ADRES": NO_LIMIT, "RATE_LIMIT_MELDING": NO_LIMIT, "MELDINGEN_PAD": str(path)}
    stream = io.StringIO()
    logs.configure("INFO", stream)
    with TestClient(create_app(own_settings(**limits), FakeAssistant())) as client:
        body = json.dumps({"wat": "anders", "toelichting": note})
        answer = client.post(PATH, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (201, 422, 503)
    assert broken <= (answer.status_code != 201)
    for line in stream.getvalue().splitlines():
        said = json.loads(line)
        assert all(note.strip() not in str(value) for value in said.values() if note.strip())
        assert "toelichting" not in line and "nepstad" not in line
