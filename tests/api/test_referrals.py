"""Referrals over HTTP: by residents where it is open, and for those who receive them."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from api import logs
from api.delivery.events import INITIATIVE_REPORTED, REFERRAL_WITHDRAWN
from api.delivery.outbox import events
from api.referral.tables import consents, referrals
from tests.api.conftest import assert_problem
from tests.api.fakes import DANGER_WORD
from tests.referral.http import CLOSED, FIELDS, OPENED, PATH, SETTINGS, add_receiver, body, consent, key

SECRET = "Zwanenburgwal"
ONLY_JUDGED = "druk op mijn borst"
"""Danger for the triage of the fake assistant, and not for its rules."""


@pytest.fixture
def client(serve):
    return serve(**SETTINGS)


@pytest.fixture
def receiver(client) -> dict[str, str]:
    return add_receiver(client)


@pytest.fixture
def made(client, receiver) -> dict:
    answer = client.post(PATH, json=body(client), headers=key())
    assert answer.status_code == 201, answer.text
    return answer.json()


def kept(client) -> list[int]:
    """The number of referrals, consents and events."""
    with client.app.state.database.begin() as connection:
        tables = (referrals, consents, events)
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def test_what_to_agree_to(client, receiver):
    shown = consent(client, f"gemeente {OPENED.upper()}")
    assert shown["open"] is True and shown["gemeente"] == OPENED and shown["bewaardagen"] == 30
    assert OPENED in shown["tekst"] and shown["versie"] and shown["hoeVraagtU"] is None
    assert [moment["code"] for moment in shown["momenten"]] == [
        "ochtend",
        "middag",
        "avond",
        "maakt_niet_uit",
    ]


@pytest.mark.parametrize("municipality", [CLOSED, "Nergenshuizen", ""])
def test_where_it_is_not_open_it_says_how_to_ask(client, receiver, municipality):
    shown = consent(client, municipality)
    assert shown["open"] is False and shown["tekst"] is shown["versie"] is None
    assert "huisarts" in shown["hoeVraagtU"]


def test_without_a_receiver_or_a_key_it_is_not_open(client, serve):
    assert consent(client)["open"] is False
    without_key = serve()
    assert consent(without_key)["open"] is False
    assert "SMWO" in consent(without_key)["hoeVraagtU"]


def test_a_setting_opens_it_for_the_municipality_of_the_site(serve):
    client = serve(**SETTINGS, GEMEENTE="Zeist", WELZIJN_ZELFAANMELDING="ja")
    add_receiver(client, "Zeist")
    assert consent(client, "")["gemeente"] == "Zeist" and consent(client, "")["open"] is True
    assert consent(client, "Utrecht")["open"] is False


def test_a_resident_applies(client, made):
    assert made.keys() == {"aanmeldingId", "intrekcode", "status"} and made["status"] == "ontvangen"
    assert kept(client) == [1, 1, 1]


def test_the_same_request_gets_the_same_answer(client, made):
    for _ in range(3):
        again = client.post(PATH, json=body(client), headers=key())
        assert (again.status_code, again.json()) == (201, made)
    assert kept(client) == [1, 1, 1]


def test_the_same_answer_also_where_it_has_been_closed_since(client, made, receiver):
    tokens = client.app.state.tokens
    [holder] = tokens.all("ontvanger")
    wish = body(client)
    tokens.revoke(holder.id)
    assert client.post(PATH, json=wish, headers=key()).json() == made
    assert_problem(client.post(PATH, json=wish, headers=key("b")), 409, "aanmelden-via-huisarts")


def test_a_key_with_another_content_is_refused(client, made):
    other = body(client, wens="iets anders")
    assert_problem(client.post(PATH, json=other, headers=key()), 422, "herhaling-anders")
    assert kept(client) == [1, 1, 1]


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "kort"}, {"Idempotency-Key": "met spatie " * 2}])
def test_a_key_is_needed(client, receiver, headers):
    assert_problem(client.post(PATH, json=body(client), headers=headers), 422, "invoer")
    assert kept(client) == [0, 0, 0]


@pytest.mark.parametrize("municipality", [CLOSED, "Utrecht"])
def test_where_it_is_not_open_nothing_is_kept(client, receiver, municipality):
    answer = client.post(PATH, json=body(client, municipality), headers=key())
    problem = assert_problem(answer, 409, "aanmelden-via-huisarts")
    assert "huisarts" in problem["detail"] and kept(client) == [0, 0, 0]


@pytest.mark.parametrize(
    ("agreed", "code"),
    [
        ({"akkoord": False, "versie": "goed"}, "nodig"),
        ({"akkoord": True, "versie": "1-000000000000"}, "verouderd"),
    ],
)
def test_without_consent_to_this_text_nothing_is_kept(client, receiver, agreed, code):
    if agreed["versie"] == "goed":
        agreed["versie"] = consent(client)["versie"]
    answer = client.post(PATH, json=body(client, toestemming=agreed), headers=key())
    [fault] = assert_problem(answer, 422, "aanmelding-klopt-niet")["fouten"]
    assert (fault["veld"], fault["code"]) == ("toestemming", code) and kept(client) == [0, 0, 0]


@pytest.mark.parametrize(
    "agreed", [None, {}, {"akkoord": "true", "versie": "1"}, {"akkoord": 1, "versie": "1"}, True]
)
def test_consent_is_literally_true(client, receiver, agreed):
    answer = client.post(PATH, json=body(client, toestemming=agreed), headers=key())
    assert_problem(answer, 422, "invoer")
    assert kept(client) == [0, 0, 0]


def test_the_consent_of_another_municipality_is_no_consent(serve):
    client = serve(**SETTINGS, WELZIJN_ZELFAANMELDING="ja")
    add_receiver(client, None)
    wish = body(client, "Zeist", gemeente="Utrecht")
    [fault] = assert_problem(client.post(PATH, json=wish, headers=key()), 422)["fouten"]
    assert fault["code"] == "verouderd"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"wens": f"{SECRET} 111222333"}, "wens", "bsn"),
        ({"wens": f"{SECRET} NL91ABNA0417164300"}, "wens", "iban"),
        ({"wens": f"{SECRET} 12 maart 1947"}, "wens", "geboortedatum"),
        ({"naam": f"{SECRET} 12-03-1947"}, "naam", "cijfers"),
        ({"telefoon": "111222333"}, "telefoon", "bsn"),
        ({"email": f"{SECRET}"}, "email", "onjuist"),
        ({"moment": SECRET}, "moment", "kies"),
        ({"telefoon": None}, "telefoon", "leeg"),
        ({"gemeente": SECRET}, "gemeente", "onbekend"),
    ],
)
def test_what_does_not_belong_in_it_is_refused_and_not_repeated(client, receiver, changes, field, code):
    answer = client.post(PATH, json=body(client, **changes), headers=key())
    problem = assert_problem(answer, 422, "aanmelding-klopt-niet")
    assert [(fault["veld"], fault["code"]) for fault in problem["fouten"]] == [(field, code)]
    assert problem["fouten"][0]["melding"] and SECRET not in answer.text and "111222333" not in answer.text
    assert kept(client) == [0, 0, 0]


@pytest.mark.parametrize(
    "changes",
    [
        {"wens": f"mijn man {DANGER_WORD}"},
        {"naam": f"{DANGER_WORD} Jansen"},
        {"wens": f"{DANGER_WORD} 111222333", "naam": "", "moment": "", "telefoon": None},
        {"wens": f"{DANGER_WORD} " * 500},
        {"wens": DANGER_WORD, "gemeente": CLOSED},
        {"wens": DANGER_WORD, "gemeente": "nergens"},
        {"wens": DANGER_WORD, "toestemming": {"akkoord": False, "versie": "x"}},
        {"wens": DANGER_WORD, "toestemming": None},
        {"wens": [DANGER_WORD]},
        {"wens": f"mijn man {DANGER_WORD}", "toestemming": {"akkoord": "ja"}},
        {"wens": ONLY_JUDGED},
        {"wens": ONLY_JUDGED, "toestemming": {}},
        {"telefoon": f"hij {DANGER_WORD}"},
        {"email": f"hij {DANGER_WORD}"},
        {"moment": f"hij {DANGER_WORD}"},
        {"gemeente": f"hij {DANGER_WORD}"},
        {"opmerking": f"hij {DANGER_WORD}"},
    ],
)
def test_danger_is_answered_first_and_nothing_is_kept(client, receiver, changes):
    answer = client.post(PATH, json=body(client, **changes), headers=key())
    problem = assert_problem(answer, 422, "aanmelding-gevaar")
    assert problem["detail"].startswith("Bel ") and problem["waarschuwing"]["uitkomst"] == "spoed_112"
    assert kept(client) == [0, 0, 0]


def test_danger_is_answered_before_a_key_is_asked(client, receiver):
    answer = client.post(PATH, json=body(client, wens=DANGER_WORD))
    assert_problem(answer, 422, "aanmelding-gevaar")
    assert_problem(client.post(PATH, json=body(client)), 422, "invoer")


def test_nothing_is_kept_when_the_rules_cannot_read_it(client, receiver, assistant):
    wish = body(client)
    assistant.break_with = RuntimeError(SECRET)
    assert_problem(client.post(PATH, json=wish, headers=key()), 503, "storing")
    assert kept(client) == [0, 0, 0]


def test_a_database_that_cannot_be_used_is_said_without_more(client, receiver, monkeypatch):
    wish = body(client)
    monkeypatch.setattr(client.app.state.database, "begin", broken)
    assert_problem(client.post(PATH, json=wish, headers=key()), 503, "storing")
    assert_problem(client.get(f"{PATH}/toestemming", params={"gemeente": OPENED}), 503, "storing")


def broken():
    raise OperationalError(SECRET, {}, Exception(SECRET))


def test_one_address_makes_so_many_and_no_more(serve):
    client = serve(**{**SETTINGS, "RATE_LIMIT_AANMELDING": "2/hour"})
    add_receiver(client)
    wish = body(client)
    statuses = [client.post(PATH, json=wish, headers=key(name)).status_code for name in ("a", "b", "a", "c")]
    assert statuses == [201, 201, 201, 429]
    assert kept(client)[0] == 2


def test_a_receiver_fetches_it_and_says_what_became_of_it(client, made, receiver):
    path = f"{PATH}/{made['aanmeldingId']}"
    fetched = client.get(path, headers=receiver)
    assert fetched.status_code == 200 and fetched.headers["cache-control"] == "no-store"
    content = fetched.json()
    assert content["status"] == "bezorgd" and content["praktijk"] is None and content["gemeente"] == OPENED
    assert {name: content[name] for name in ("naam", "telefoon", "wens")} == {
        name: FIELDS[name] for name in ("naam", "telefoon", "wens")
    }
    assert content["toestemming"]["tekst"] == consent(client)["tekst"]
    assert content["toestemming"]["gevraagdDoor"] == "inwoner"
    for status in ("opgepakt", "opgepakt", "afgerond"):
        said = client.post(f"{path}/statussen", json={"status": status}, headers=receiver)
        assert said.json() == {"aanmeldingId": made["aanmeldingId"], "status": status}
    assert_problem(client.post(f"{path}/statussen", json={"status": "opgepakt"}, headers=receiver), 409)
    for wrong in ("ingetrokken", "ontvangen", "bezorgd", "zomaar"):
        assert_problem(
            client.post(f"{path}/statussen", json={"status": wrong}, headers=receiver), 422, "invoer"
        )


def test_a_receiver_may_have_it_as_fhir(client, made, receiver):
    accepts = {**receiver, "Accept": "application/fhir+json"}
    answer = client.get(f"{PATH}/{made['aanmeldingId']}", headers=accepts)
    assert answer.headers["content-type"] == "application/fhir+json" and answer.headers["vary"] == "Accept"
    types = [entry["resource"]["resourceType"] for entry in answer.json()["entry"]]
    assert types == ["ServiceRequest", "Task", "Consent", "Patient"]


def test_a_receiver_of_another_municipality_finds_nothing(client, made):
    elsewhere = add_receiver(client, "Utrecht")
    path = f"{PATH}/{made['aanmeldingId']}"
    assert_problem(client.get(path, headers=elsewhere), 404, "aanmelding-onbekend")
    assert_problem(client.post(f"{path}/statussen", json={"status": "opgepakt"}, headers=elsewhere), 404)
    assert_problem(client.get(f"{PATH}/aan_222222222222", headers=elsewhere), 404)


def test_a_receiver_of_other_events_finds_nothing(client, made):
    other = add_receiver(client, OPENED, [INITIATIVE_REPORTED, REFERRAL_WITHDRAWN])
    path = f"{PATH}/{made['aanmeldingId']}"
    assert_problem(client.get(path, headers=other), 404, "aanmelding-onbekend")
    assert_problem(client.post(f"{path}/statussen", json={"status": "opgepakt"}, headers=other), 404)


@pytest.mark.parametrize("kind", ["praktijk", "koppeling"])
def test_only_the_token_of_a_receiver_opens_it(client, made, kind):
    path = f"{PATH}/{made['aanmeldingId']}"
    token = client.app.state.tokens.make(kind, "Een ander", OPENED)[1]
    for headers in (
        {},
        {"Authorization": f"Bearer {token}"},
        {"Authorization": "Bearer "},
        {"Authorization": "x"},
    ):
        assert_problem(client.get(path, headers=headers), 401, "geen-toegang")
        assert_problem(client.post(f"{path}/statussen", json={"status": "opgepakt"}, headers=headers), 401)


def test_wrong_tokens_are_limited(serve):
    client = serve(**SETTINGS, RATE_LIMIT_INLOGGEN="3/hour")
    right = add_receiver(client)
    wrong = {"Authorization": f"Bearer st_{'0' * 12}_{'x' * 43}"}
    tries = [client.get(f"{PATH}/aan_222222222222", headers=wrong).status_code for _ in range(4)]
    assert tries == [401, 401, 401, 429]
    assert client.get(f"{PATH}/aan_222222222222", headers=right).status_code == 429


def test_the_code_withdraws_it(client, made, receiver):
    path = f"{PATH}/{made['aanmeldingId']}"
    for _ in range(2):
        assert client.post(f"{path}/intrekking", json={"intrekcode": made["intrekcode"]}).status_code == 204
    assert_problem(client.get(path, headers=receiver), 410, "aanmelding-ingetrokken")
    as_fhir = {**receiver, "Accept": "application/fhir+json"}
    assert_problem(client.get(path, headers=as_fhir), 410, "aanmelding-ingetrokken")
    assert kept(client) == [1, 1, 2]
    again = client.post(PATH, json=body(client), headers=key()).json()
    assert again == {"aanmeldingId": made["aanmeldingId"], "intrekcode": None, "status": "ingetrokken"}


def test_a_wrong_code_withdraws_nothing_and_is_limited(serve):
    client = serve(**{**SETTINGS, "RATE_LIMIT_AANMELDING": "3/hour"})
    receiver = add_receiver(client)
    made = client.post(PATH, json=body(client), headers=key()).json()
    path = f"{PATH}/{made['aanmeldingId']}"
    wrong = {"intrekcode": "2222-2222-2222"}
    for _ in range(3):
        assert_problem(client.post(f"{path}/intrekking", json=wrong), 404, "aanmelding-onbekend")
    assert_problem(client.post(f"{path}/intrekking", json=wrong), 429)
    assert client.get(path, headers=receiver).status_code == 200


def test_events_hold_ids_and_no_person(client, made):
    with client.app.state.database.begin() as connection:
        [told] = connection.execute(select(events.c.body)).scalars()
    assert made["aanmeldingId"] in told
    assert not any(value in told for value in (*FIELDS.values(), made["intrekcode"]))


def test_the_logs_hold_nothing_of_the_person(client, receiver):
    stream = io.StringIO()
    logs.configure("INFO", stream)
    try:
        client.post(PATH, json=body(client), headers=key())
        client.post(PATH, json=body(client, wens=f"{SECRET} 111222333"), headers=key("b"))
        client.post(PATH, json=body(client, wens=f"{SECRET} {DANGER_WORD}"), headers=key("c"))
    finally:
        logs.configure("ERROR")
    assert not any(part in stream.getvalue() for part in (SECRET, "Jansen", "12345678", "111222333", "aan_"))
