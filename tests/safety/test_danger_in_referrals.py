"""Danger in a referral is answered, and nothing is kept: with the real assistant, behind any name."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.conftest import assert_problem
from tests.own_settings import own_settings
from tests.referral.http import DESK, PATH, SETTINGS, add_receiver, body, desk_body, key, sign_in

NAMES = ("A. Jansen", "jansen", "Fatma Yılmaz-de Vries", "mevrouw Van den Berg")
DANGER = (
    "mijn man slaat mij, ik wil eruit",
    "ik wil niet meer leven",
    "ik heb druk op mijn borst",
    "zo is mijn kind niet veilig thuis, hij slaat haar",
)
JUDGED_BY_THE_MODEL = "ik heb al drie dagen niets gedronken"
SHORTHAND = "TS gehad, weer plannen"


@pytest.fixture(scope="module")
def client(assistant):
    with TestClient(create_app(own_settings(**SETTINGS), assistant)) as client:
        add_receiver(client, None)
        sign_in(client)
        yield client


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wish", DANGER)
def test_no_name_hides_danger(client, name, wish):
    answer = client.post(PATH, json=body(client, naam=name, wens=wish), headers=key())
    assert_problem(answer, 422, "aanmelding-gevaar")


def test_danger_that_the_rules_alone_do_not_see(client):
    answer = client.post(PATH, json=body(client, wens=JUDGED_BY_THE_MODEL), headers=key())
    problem = assert_problem(answer, 422, "aanmelding-gevaar")
    assert problem["waarschuwing"]["uitkomst"] == "huisarts_vandaag"


@pytest.mark.parametrize("wish", [SHORTHAND, JUDGED_BY_THE_MODEL, *DANGER])
def test_a_practice_writes_shorthand(client, wish):
    answer = client.post(DESK, json=desk_body(client, wens=wish), headers=key())
    assert_problem(answer, 422, "aanmelding-gevaar")


def test_a_practice_writes_shorthand_in_any_field(client):
    answer = client.post(DESK, json=desk_body(client, moment=SHORTHAND), headers=key())
    assert_problem(answer, 422, "aanmelding-gevaar")


@pytest.mark.parametrize("field", ["naam", "telefoon", "email", "moment", "gemeente"])
def test_danger_in_any_field(client, field):
    answer = client.post(PATH, json=body(client, **{field: "ik wil dood"}), headers=key())
    assert_problem(answer, 422, "aanmelding-gevaar")


@pytest.mark.parametrize(
    "wish", ["Ik wil weer onder de mensen komen.", "ik ben alleen sinds mijn man er niet meer is", "wandelen"]
)
def test_other_wishes_are_taken(client, wish):
    answer = client.post(PATH, json=body(client, wens=wish), headers=key(f"{len(wish)}"))
    assert answer.status_code == 201
