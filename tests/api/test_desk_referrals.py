"""Referrals by a practice: only signed in, only after consent, and hearing back no more than yes or no."""

from __future__ import annotations

import re

import pytest

from tests.api.conftest import assert_problem
from tests.api.fakes import DANGER_WORD, FRONT_DESK_WARNING
from tests.referral.http import (
    CLOSED,
    DESK,
    OPENED,
    PATH,
    SETTINGS,
    add_receiver,
    consent,
    desk_body,
    key,
    sign_in,
)


@pytest.fixture
def client(serve):
    return serve(**SETTINGS)


@pytest.fixture
def receiver(client) -> dict[str, str]:
    return add_receiver(client, CLOSED)


@pytest.fixture
def practice(client, receiver) -> None:
    sign_in(client)


def test_nobody_refers_without_signing_in(client, receiver):
    wish = desk_body(client)
    assert_problem(client.post(DESK, json=wish, headers=key()), 401, "niet-ingelogd")
    assert_problem(client.get(DESK), 401)
    assert_problem(client.delete(f"{DESK}/aan_222222222222"), 401)


def test_the_page_of_another_site_refers_nobody(client, practice):
    headers = {**key(), "Origin": "https://boos.example"}
    assert_problem(client.post(DESK, json=desk_body(client), headers=headers), 403, "andere-site")


def test_a_practice_refers_where_residents_cannot(client, practice, receiver):
    made = client.post(DESK, json=desk_body(client, icpc="Z29"), headers=key())
    assert made.status_code == 201 and made.json().keys() == {"aanmeldingId", "intrekcode", "status"}
    fetched = client.get(f"{PATH}/{made.json()['aanmeldingId']}", headers=receiver).json()
    assert (fetched["praktijk"], fetched["icpc"]) == ("Praktijk De Linde", "Z29")
    assert fetched["toestemming"]["gevraagdDoor"] == "praktijk"
    assert fetched["toestemming"]["tekst"] == consent(client, CLOSED, "balie")["tekst"]


def test_its_own_municipality_needs_no_saying(client, practice):
    wish = desk_body(client)
    del wish["gemeente"]
    assert client.post(DESK, json=wish, headers=key()).status_code == 201


def test_the_consent_is_about_the_municipality_of_the_patient_not_of_the_practice(client, practice):
    """A practice of CLOSED reads aloud, sends and keeps the text of where the patient lives."""
    receiver = add_receiver(client, OPENED)
    shown = consent(client, OPENED, "balie")
    assert shown["gemeente"] == OPENED and OPENED in shown["tekst"] and CLOSED not in shown["tekst"]
    made = client.post(DESK, json=desk_body(client, OPENED), headers=key())
    assert made.status_code == 201
    fetched = client.get(f"{PATH}/{made.json()['aanmeldingId']}", headers=receiver).json()
    assert (fetched["gemeente"], fetched["toestemming"]["tekst"]) == (OPENED, shown["tekst"])
    mixed = desk_body(client, OPENED, gemeente=CLOSED)
    [fault] = assert_problem(client.post(DESK, json=mixed, headers=key("b")), 422)["fouten"]
    assert fault["code"] == "verouderd"


def test_only_offered_codes_go_along(client, practice):
    offered = consent(client, CLOSED, "balie")["icpc"]
    assert "Z29" in {one["code"] for one in offered} and all(one["omschrijving"] for one in offered)
    [fault] = assert_problem(client.post(DESK, json=desk_body(client, icpc="P76"), headers=key()), 422)[
        "fouten"
    ]
    assert (fault["veld"], fault["code"]) == ("icpc", "onbekend")


def test_the_text_that_residents_read_is_not_what_the_practice_asked(client, practice):
    versions = {"akkoord": True, "gevraagdDoor": "praktijk", "versie": "1-33964b71daf2"}
    [fault] = assert_problem(
        client.post(DESK, json=desk_body(client, toestemming=versions), headers=key()), 422
    )["fouten"]
    assert fault["code"] == "verouderd"


def test_who_asked_must_be_said(client, practice):
    wish = desk_body(client)
    del wish["toestemming"]["gevraagdDoor"]
    assert_problem(client.post(DESK, json=wish, headers=key()), 422, "invoer")


def test_without_a_receiver_it_says_so_to_the_practice(client):
    sign_in(client)
    assert consent(client, CLOSED, "balie")["open"] is False
    assert_problem(client.post(DESK, json=desk_body(client), headers=key()), 409, "aanmelden-geen-ontvanger")


def test_danger_is_answered_first_as_the_front_desk_reads_it(client, practice):
    wish = desk_body(client, wens=f"hij {DANGER_WORD}")
    problem = assert_problem(client.post(DESK, json=wish, headers=key()), 422, "aanmelding-gevaar")
    assert problem["waarschuwing"] == FRONT_DESK_WARNING
    assert problem["detail"].startswith(FRONT_DESK_WARNING["antwoord"])
    assert "Zoek nu eerst hulp" not in problem["detail"] and "niets verstuurd" in problem["detail"]
    assert client.get(DESK).json() == []


def test_what_is_wrong_is_said_to_the_practice_about_the_patient(client, practice):
    wish = desk_body(client, naam="", wens="", telefoon=None)
    wish["toestemming"]["akkoord"] = False
    problem = assert_problem(client.post(DESK, json=wish, headers=key()), 422, "aanmelding-klopt-niet")
    said = {one["veld"]: one["melding"] for one in problem["fouten"]}
    assert said.keys() == {"naam", "telefoon", "wens", "toestemming"}
    assert all("patiënt" in text for text in said.values())
    assert not re.search(r"\buw?\b", " ".join([problem["title"], problem["detail"], *said.values()]), re.I)


def test_a_practice_hears_yes_or_no_and_no_name(client, practice, receiver):
    made = client.post(DESK, json=desk_body(client), headers=key()).json()
    path = f"{PATH}/{made['aanmeldingId']}"
    [one] = client.get(DESK).json()
    assert one.keys() == {"aanmeldingId", "gemaaktOp", "opgepakt"} and one["opgepakt"] is False
    client.get(path, headers=receiver)
    assert client.get(DESK).json() == [one]
    client.post(f"{path}/statussen", json={"status": "opgepakt"}, headers=receiver)
    assert client.get(DESK).json() == [{**one, "opgepakt": True}]
    client.post(f"{path}/statussen", json={"status": "afgerond"}, headers=receiver)
    assert client.get(DESK).json() == [{**one, "opgepakt": True}]


def test_a_practice_sees_and_withdraws_only_its_own(client, practice, receiver):
    made = client.post(DESK, json=desk_body(client), headers=key()).json()
    mine = f"{DESK}/{made['aanmeldingId']}"
    sign_in(client)
    assert client.get(DESK).json() == []
    assert_problem(client.delete(mine), 404, "aanmelding-onbekend")
    assert client.get(f"{PATH}/{made['aanmeldingId']}", headers=receiver).status_code == 200


def test_a_practice_withdraws(client, practice, receiver):
    made = client.post(DESK, json=desk_body(client), headers=key()).json()
    for _ in range(2):
        assert client.delete(f"{DESK}/{made['aanmeldingId']}").status_code == 204
    assert client.get(DESK).json() == []
    assert_problem(client.get(f"{PATH}/{made['aanmeldingId']}", headers=receiver), 410)


def test_a_practice_has_a_limit_of_its_own(serve):
    client = serve(**{**SETTINGS, "RATE_LIMIT_AANMELDING": "1/hour"})
    add_receiver(client, CLOSED)
    for _ in range(2):
        sign_in(client)
        wish = desk_body(client)
        answers = [client.post(DESK, json=wish, headers=key(name)).status_code for name in ("a", "b")]
        assert answers == [201, 429]


def test_what_was_done_is_noted(client, practice):
    made = client.post(DESK, json=desk_body(client), headers=key()).json()
    client.delete(f"{DESK}/{made['aanmeldingId']}")
    lines = [(line.action, line.subject) for line in client.app.state.audit.lines()]
    assert lines[-2:] == [
        ("aanmelding_gemaakt", made["aanmeldingId"]),
        ("aanmelding_ingetrokken", made["aanmeldingId"]),
    ]
