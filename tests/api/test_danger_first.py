"""While the database is down a door that needs it refuses, but for danger: that is answered as ever."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from tests.api.conftest import assert_problem
from tests.api.fakes import DANGER_WORD

DOORS = {
    "/webhooks/rest/webhook": lambda text: {"sender": "a", "message": text},
    "/webhooks/livechat": lambda text: {"soort": "bericht", "gesprek": "a", "tekst": text},
    "/v1/balie/vragen": lambda text: {"tekst": text},
}


@pytest.fixture
def cut_off(client, monkeypatch):
    """A client of a server whose database answers nothing."""

    def fails(*_: object) -> None:
        raise OperationalError("select", {}, Exception("no such server"))

    monkeypatch.setattr(client.app.state.database, "begin", fails)
    return client


@pytest.mark.parametrize("path", DOORS)
def test_danger_is_answered(cut_off, path):
    answer = cut_off.post(path, json=DOORS[path](f"help, {DANGER_WORD}"))
    assert answer.status_code == 200 and "112" in answer.text


@pytest.mark.parametrize("path", DOORS)
def test_all_else_is_refused_with_the_numbers(cut_off, path):
    problem = assert_problem(cut_off.post(path, json=DOORS[path]("een wandelgroep")), 503)
    assert "112" in problem["detail"] and "113" in problem["detail"]


@pytest.mark.parametrize("body", [{}, [], {"tekst": 3, "message": None}])
def test_what_cannot_be_read_is_refused_as_ever(cut_off, body):
    for path in DOORS:
        assert cut_off.post(path, json=body).status_code in (422, 503)
