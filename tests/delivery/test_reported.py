from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from sociale_kaart.reports import Reports
from sqlalchemy import select, update

from api.access.tokens import holders
from api.delivery.events import INITIATIVE_REPORTED, REFERRAL_MADE
from api.delivery.ledger import KEPT, Ledger
from api.delivery.outbox import DELIVERED, deliveries, events
from api.delivery.reported import Reported

URL = "https://gemeente.example/haken"


def now() -> datetime:
    return datetime.now(timezone.utc)


@pytest.fixture
def reports(tmp_path) -> Reports:
    return Reports(tmp_path / "meldingen.jsonl")


@pytest.fixture
def reported(database, outbox, reports) -> Reported:
    return Reported(database, outbox, reports, {"odensehuis": "Zeist"}.get)


@pytest.fixture
def receiver(receivers):
    return receivers.add("Redactie", URL, [INITIATIVE_REPORTED])[0]


def bodies(database) -> list[dict]:
    with database.begin() as connection:
        found = connection.execute(select(events.c.body).order_by(events.c.number)).scalars()
        return [json.loads(body) for body in found]


def test_a_report_is_told_once_and_without_what_was_typed(reported, reports, receiver, database):
    number = reports.add("odensehuis", "gesloten", "Jan Jansen zei dat het dicht is", "bewoner")
    reported.tell()
    reported.tell()
    [body] = bodies(database)
    assert body["id"] == f"evt_melding_{number}" and body["subject"] == f"melding-{number}"
    assert body["data"] == {
        "meldingId": number,
        "initiatiefId": "odensehuis",
        "wat": "gesloten",
        "gemeente": "Zeist",
    }
    assert body["time"].endswith(":00:00.000Z"), "to the hour, as the report"


def test_what_was_missed_is_told_at_the_next_start(reported, reports, receiver, database):
    for _ in range(3):
        reports.add("odensehuis", "verhuisd")
    reported.tell()
    assert [body["data"]["meldingId"] for body in bodies(database)] == [
        report.id for report in reversed(reports.all())
    ]


def test_where_nobody_receives_them_nothing_is_written(reported, reports, receivers, database):
    receivers.add("Welzijn", URL, [REFERRAL_MADE])
    reports.add("odensehuis", "gesloten")
    reported.tell()
    assert bodies(database) == []


def test_what_was_reported_before_anybody_received_it_is_not_told(reported, reports, receiver, database):
    reports.add("odensehuis", "gesloten", now=now() - timedelta(hours=2))
    reported.tell()
    assert bodies(database) == []


def test_what_was_reported_before_its_own_receiver_came_is_not_told(reported, reports, receivers, database):
    receivers.add("Gemeente Ede", URL, [INITIATIVE_REPORTED], "Ede")
    with database.begin() as connection:
        connection.execute(update(holders).values(created_at=now() - timedelta(days=9)))
    receivers.add("Gemeente Zeist", URL, [INITIATIVE_REPORTED], "Zeist")
    reports.add("odensehuis", "gesloten", now=now() - timedelta(days=1))
    reported.tell()
    assert bodies(database) == []


def test_an_event_that_was_forgotten_is_not_told_again(reported, reports, receiver, database):
    with database.begin() as connection:
        connection.execute(update(holders).values(created_at=now() - timedelta(days=99)))
    made = now() - KEPT + timedelta(hours=2)
    reports.add("odensehuis", "gesloten", now=made)
    reported.tell()
    with database.begin() as connection:
        connection.execute(update(deliveries).values(status=DELIVERED, last_at=made))
    Ledger(database).forget(made + KEPT)
    assert bodies(database) == []
    reports.path.write_text(reports.path.read_text().replace(hour(made), hour(now() - KEPT)))
    reported.tell()
    assert bodies(database) == []


def hour(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:00Z")


def test_trouble_is_logged_and_told_later(reported, reports, receiver, database, monkeypatch):
    reports.add("odensehuis", "gesloten")
    failures = []
    monkeypatch.setattr("api.logs.failure", lambda event, error: failures.append(event))
    monkeypatch.setattr(database, "begin", broken)
    reported.tell()
    monkeypatch.undo()
    assert failures == ["event_failed"]
    reported.tell()
    assert len(bodies(database)) == 1


def broken():
    raise OSError
