"""`receivers` and `deliveries`: who is told of events, and what came of them."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from sqlalchemy import select, update
from standardwebhooks import Webhook

from api.access.audit import audit
from api.access.tokens import RECEIVER, Tokens
from api.cli.main import main
from api.delivery.events import REFERRAL_MADE, Event
from api.delivery.outbox import DEAD, Outbox, deliveries
from api.delivery.receivers import PAUSED, Receivers, receivers
from api.storage.database import Database
from api.storage.seal import Seal, new_key
from tests.cli.test_holders import TOKEN, refused, run
from tests.delivery.servers import receiving
from tests.own_settings import new_store

SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")
URL = "https://welzijn.example/haken"
KEY = new_key()


@pytest.fixture
def database(monkeypatch):
    address = new_store()
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("OPSLAG_SLEUTELS", KEY)
    database = Database(address)
    yield database
    database.close()


@pytest.fixture
def kept(database) -> Receivers:
    return Receivers(database, Seal([KEY]))


def add(capsys, url: str = URL, *more: str) -> tuple[str, str, str]:
    """Id, token and secret of a new receiver."""
    printed = run(capsys, "receivers", "add", "Welzijn", "--url", url, "--events", REFERRAL_MADE, *more)
    [token], [secret] = TOKEN.findall(printed), SECRET.findall(printed)
    return re.search(r"\((ont-\w+)\)", printed)[1], token, secret


def test_a_new_receiver_gets_a_token_and_a_secret_that_are_printed_once(capsys, database, kept):
    receiver_id, token, secret = add(capsys, URL, "--gemeente", "zeist")
    assert Tokens(database).holder_of(token, RECEIVER).id == receiver_id
    assert kept.secrets(receiver_id) == [secret] and kept.get(receiver_id).municipality == "Zeist"
    listed = run(capsys, "receivers", "list")
    assert receiver_id in listed and URL in listed and "werkt" in listed
    [line] = json.loads(run(capsys, "receivers", "list", "--json"))
    assert (line["id"], line["stand"], line["events"]) == (receiver_id, "closed", [REFERRAL_MADE])
    assert "whsec" not in listed + str(line) and not TOKEN.search(listed + str(line))
    with database.begin() as connection:
        [(action, subject)] = connection.execute(select(audit.c.action, audit.c.subject)).all()
    assert (action, subject) == ("token_gemaakt", receiver_id)


def test_no_secret_is_kept_in_plain_text(capsys, database):
    _, token, secret = add(capsys)
    database.close()
    content = Path(os.environ["DATABASE_URL"].partition(":///")[2]).read_bytes()
    assert URL.encode() in content
    assert secret.encode() not in content and token.encode() not in content


@pytest.mark.parametrize(
    "url",
    [
        "http://welzijn.example/",
        "https://a:b@welzijn.example/",
        "https://welzijn.example:22/",
        "https://10.0.0.1/",
    ],
)
def test_addresses_that_no_events_may_go_to_are_refused(capsys, kept, url):
    assert "--url" in refused(capsys, "receivers", "add", "W", "--url", url, "--events", REFERRAL_MADE)
    assert kept.all() == []


def test_unknown_events_are_a_wrong_command(capsys, database):
    with pytest.raises(SystemExit):
        main(["receivers", "add", "W", "--url", URL, "--events", "aanmelding.gemaakt,alles"])


def test_without_a_key_there_are_no_receivers(capsys, database, monkeypatch):
    monkeypatch.setenv("OPSLAG_SLEUTELS", "")
    error = refused(capsys, "receivers", "add", "W", "--url", URL, "--events", REFERRAL_MADE)
    assert "sociale-triage key" in error


def test_secrets_and_tokens_are_replaced_with_a_grace(capsys, database, kept):
    receiver_id, token, secret = add(capsys)
    [new] = SECRET.findall(run(capsys, "receivers", "rotate-secret", receiver_id, "--grace", "24"))
    assert kept.secrets(receiver_id) == [new, secret]
    [newest] = SECRET.findall(run(capsys, "receivers", "rotate-secret", receiver_id))
    assert kept.secrets(receiver_id) == [newest]
    [other] = TOKEN.findall(run(capsys, "receivers", "rotate-token", receiver_id))
    tokens = Tokens(database)
    assert tokens.holder_of(other, RECEIVER) and not tokens.holder_of(token, RECEIVER)


def test_revoking_ends_it(capsys, database):
    receiver_id, token, _ = add(capsys)
    run(capsys, "receivers", "revoke", receiver_id)
    assert Tokens(database).holder_of(token, RECEIVER) is None
    assert "ingetrokken" in run(capsys, "receivers", "list")
    for command in ("revoke", "rotate-secret", "rotate-token", "resume", "test"):
        assert receiver_id in refused(capsys, "receivers", command, receiver_id)


def test_resuming_a_receiver_that_was_gone(capsys, database, kept):
    receiver_id, *_ = add(capsys)
    now = kept.get(receiver_id).created_at
    with database.begin() as connection:
        connection.execute(update(receivers).values(paused_at=now))
    assert kept.get(receiver_id).state == PAUSED and "410" in run(capsys, "receivers", "list")
    run(capsys, "receivers", "resume", receiver_id)
    assert "werkt" in run(capsys, "receivers", "list")


def test_the_test_event_arrives_signed(capsys, database, monkeypatch):
    monkeypatch.setenv("BEZORGEN_AAN_PRIVE_ADRESSEN", "ja")
    heard = []

    def answer(path, headers, body):
        heard.append((headers, body))
        return 204 if len(heard) == 1 else 500

    with receiving(answer) as port:
        receiver_id, _, secret = add(capsys, f"http://127.0.0.1:{port}/haken")
        assert "204" in run(capsys, "receivers", "test", receiver_id)
        assert main(["receivers", "test", receiver_id]) == 1 and "500" in capsys.readouterr().out
    assert Webhook(secret).verify(heard[0][1], heard[0][0])["type"] == "ontvanger.proef"
    assert json.loads(run(capsys, "deliveries", "list", "--json")) == []


@pytest.fixture
def dead(capsys, database) -> int:
    """The id of a dead letter."""
    add(capsys)
    with database.begin() as connection:
        Outbox(database).publish(connection, Event(REFERRAL_MADE, "aan-1", None, {}))
        connection.execute(update(deliveries).values(status=DEAD, attempts=10, last_status=500))
        return connection.execute(select(deliveries.c.id)).scalar_one()


def test_dead_letters_are_listed_and_sent_again(capsys, dead):
    listed = run(capsys, "deliveries", "list", "--dead")
    assert "opgegeven" in listed and "aan-1" in listed and "500" in listed
    [line] = json.loads(run(capsys, "deliveries", "list", "--json"))
    assert (line["id"], line["stand"], line["pogingen"], line["laatsteStatus"]) == (dead, "dead", 10, 500)
    run(capsys, "deliveries", "resend", str(dead))
    assert run(capsys, "deliveries", "list", "--dead").strip() == "Er is niets."
    assert "wacht" in run(capsys, "deliveries", "list")
    assert "er is geen bezorging" in refused(capsys, "deliveries", "resend", "999")


def test_all_dead_letters_at_once(capsys, dead):
    assert "1" in run(capsys, "deliveries", "resend", "--all-dead")
    for wrong in (["deliveries", "resend"], ["deliveries", "resend", str(dead), "--all-dead"]):
        with pytest.raises(SystemExit):
            main(wrong)
