from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from api.delivery.events import INITIATIVE_REPORTED, REFERRAL_MADE, REFERRAL_WITHDRAWN, Event
from api.delivery.outbox import deliveries, events

URL = "https://welzijn.example/haken"


def publish(database, outbox, event: Event) -> int:
    with database.begin() as connection:
        return outbox.publish(connection, event)


def written(database) -> list[tuple]:
    """Receiver and event id of every delivery, in order."""
    query = select(deliveries.c.receiver_id, events.c.id).join(events).order_by(deliveries.c.id)
    with database.begin() as connection:
        return [tuple(row) for row in connection.execute(query)]


def made(subject: str = "aan-1", municipality: str | None = "Zeist", **more) -> Event:
    return Event(REFERRAL_MADE, subject, municipality, {"aanmeldingId": subject}, **more)


def test_an_event_is_written_for_everybody_who_wants_it(database, outbox, receivers):
    zeist, _, _ = receivers.add("Welzijn Zeist", URL, [REFERRAL_MADE], "Zeist")
    everywhere, _, _ = receivers.add("Provincie", URL, [REFERRAL_MADE, REFERRAL_WITHDRAWN])
    receivers.add("Welzijn Ede", URL, [REFERRAL_MADE], "Ede")
    receivers.add("Redactie", URL, [INITIATIVE_REPORTED], "Zeist")
    event = made(municipality="zeist")
    assert publish(database, outbox, event) == 2
    assert written(database) == [(zeist.id, event.id), (everywhere.id, event.id)]


def test_an_event_without_a_municipality_is_for_everybody(database, outbox, receivers):
    receivers.add("Welzijn Zeist", URL, [REFERRAL_MADE], "Zeist")
    receivers.add("Welzijn Ede", URL, [REFERRAL_MADE], "Ede")
    assert publish(database, outbox, made(municipality=None)) == 2


def test_the_same_id_again_changes_nothing(database, outbox, receivers):
    receivers.add("Welzijn Zeist", URL, [REFERRAL_MADE])
    event = made()
    assert publish(database, outbox, event) == 1
    receivers.add("Later", URL, [REFERRAL_MADE])
    assert publish(database, outbox, event) == 1
    assert publish(database, outbox, made("aan-2", id=event.id)) == 1
    assert len(written(database)) == 1


def test_an_event_is_undone_with_what_happened(database, outbox, receivers):
    receivers.add("Welzijn Zeist", URL, [REFERRAL_MADE])
    with pytest.raises(RuntimeError), database.begin() as connection:
        outbox.publish(connection, made())
        raise RuntimeError
    assert written(database) == []


def test_nobody_there_nothing_written(database, outbox):
    assert outbox.receives(REFERRAL_MADE, "Zeist") is False
    assert publish(database, outbox, made()) == 0


def test_a_revoked_receiver_gets_nothing_more(database, outbox, receivers, tokens):
    receiver, _, _ = receivers.add("Welzijn Zeist", URL, [REFERRAL_MADE])
    assert outbox.receives(REFERRAL_MADE, "Zeist") and not outbox.receives(REFERRAL_WITHDRAWN, "Zeist")
    tokens.revoke(receiver.id)
    assert not outbox.receives(REFERRAL_MADE, "Zeist")
    assert publish(database, outbox, made()) == 0


def test_the_body_is_a_cloudevent(database, outbox, receivers):
    receivers.add("Welzijn Zeist", URL, [REFERRAL_MADE])
    event = made()
    publish(database, outbox, event)
    with database.begin() as connection:
        body = json.loads(connection.execute(select(events.c.body)).scalar_one())
    assert body == {
        "specversion": "1.0",
        "id": event.id,
        "source": "https://wegwijzer.example",
        "type": "aanmelding.gemaakt",
        "subject": "aan-1",
        "time": body["time"],
        "datacontenttype": "application/json",
        "data": {"aanmeldingId": "aan-1"},
    }
    assert body["time"].endswith("Z")


@pytest.mark.parametrize(
    "event",
    [
        Event("aanmelding.gestolen", "aan-1", None, {}),
        made(id="evt.met.punten"),
        Event(REFERRAL_MADE, "aan-1", None, {"verhaal": "x" * 20_000}),
    ],
    ids=["type", "id", "size"],
)
def test_what_is_no_event_is_refused(database, outbox, event):
    with pytest.raises(ValueError):
        publish(database, outbox, event)
