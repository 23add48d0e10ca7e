"""`kill -9` at any moment loses nothing, forges nothing and keeps the order."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from api.delivery.events import REFERRAL_MADE, REFERRAL_WITHDRAWN
from api.delivery.receivers import Receivers
from api.storage.database import Database
from api.storage.seal import Seal, new_key
from tests.delivery.killing import event_id
from tests.delivery.servers import receiving
from tests.own_settings import new_store

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("kind", "subjects", "kills"), [("sqlite", 200, 50), ("postgresql", 60, 15)])
def test_killed_all_the_time(request, kind, subjects, kills):
    address = new_store() if kind == "sqlite" else request.getfixturevalue("postgres_url")
    key = new_key()
    names = [f"aan-{number}" for number in range(subjects)]
    accepted: list[tuple[str, str]] = []
    lock = threading.Lock()

    def answer(path, headers, body):
        Webhook(secret).verify(body, headers)
        event = json.loads(body)
        assert event["id"] == headers["webhook-id"]
        with lock:
            if random.random() < 0.05:
                return 500
            accepted.append((event["subject"], event["id"]))
            return 204

    troubles: list[BaseException] = []

    def noting(path, headers, body):
        try:
            return answer(path, headers, body)
        except Exception as error:
            troubles.append(error)
            return 500

    with receiving(noting) as port:
        database = Database(address)
        receivers = Receivers(database, Seal([key]))
        url = f"http://127.0.0.1:{port}/"
        _, _, secret = receivers.add("Welzijn Zeist", url, [REFERRAL_MADE, REFERRAL_WITHDRAWN])
        database.close()
        given = {"address": address, "key": key, "subjects": names, "kills": kills}
        command = [sys.executable, "-m", "tests.delivery.killing"]
        subprocess.run(command, input=json.dumps(given), text=True, cwd=ROOT, timeout=300, check=True)

    assert not troubles, troubles[0]
    first_time = list(dict.fromkeys(accepted))
    pairs = [
        (name, event_id(name, event_type))
        for name in names
        for event_type in (REFERRAL_MADE, REFERRAL_WITHDRAWN)
    ]
    assert sorted(first_time) == sorted(pairs), "all of them, and nothing else"
    for name in names:
        assert [number for subject, number in first_time if subject == name] == [
            event_id(name, REFERRAL_MADE),
            event_id(name, REFERRAL_WITHDRAWN),
        ]
