"""A store is asked seldom, by one thread, with patience; its loss is one line in the log."""

from __future__ import annotations

import json
import threading

import pytest

from api.observability.watch import Seen, Watch
from tests.log_capture import logging_as_served


class Store:
    """Answers `value`, raises `error`, or hangs until `released`."""

    def __init__(self) -> None:
        self.asked = 0
        self.error: Exception | None = None
        self.hangs = False
        self.released = threading.Event()

    def look(self) -> int:
        self.asked += 1
        if self.hangs:
            assert self.released.wait(20)
        if self.error:
            raise self.error
        return 7


@pytest.fixture
def store():
    store = Store()
    yield store
    store.released.set()


@pytest.fixture
def moment() -> list[float]:
    return [0.0]


@pytest.fixture
def watch(store, moment) -> Watch:
    return Watch("database", store.look, lifetime=10, patience=5, clock=lambda: moment[0])


def test_it_is_asked_no_more_often_than_its_answer_lasts(watch, store, moment):
    assert [watch.seen(), watch.seen()] == [Seen(7), Seen(7)] and store.asked == 1
    moment[0] = 10
    assert watch.seen().is_up and store.asked == 2


def test_a_failure_is_a_class_without_its_message(watch, store):
    store.error = ConnectionError("wachtwoord geheim")
    assert watch.seen() == Seen(error="ConnectionError") and not watch.seen().is_up


def test_a_store_that_hangs_costs_patience_and_one_thread(store, moment):
    watch = Watch("database", store.look, lifetime=10, patience=0.01, clock=lambda: moment[0])
    store.hangs = True
    assert [watch.seen().error for _ in range(3)] == ["timeout"] * 3 and store.asked == 1
    store.hangs = False
    store.released.set()
    patient = Watch("database", store.look)
    assert patient.seen() == Seen(7)


def test_its_loss_and_its_return_are_one_line_each(watch, store, moment):
    with logging_as_served() as stream:
        for error in (None, OSError("geheim"), OSError("geheim"), None, None):
            store.error = error
            watch.seen()
            watch.seen()
            moment[0] += 10
    lost, found = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (lost["event"], lost["store"], lost["error"]) == ("store_lost", "database", "OSError")
    assert (found["event"], found["store"]) == ("store_found", "database") and "geheim" not in str(lost)


def test_many_who_ask_at_once_wait_for_one_look(watch, store):
    store.hangs = True
    found: list[Seen] = []
    threads = [threading.Thread(target=lambda: found.append(watch.seen())) for _ in range(8)]
    for thread in threads:
        thread.start()
    store.released.set()
    for thread in threads:
        thread.join()
    assert found == [Seen(7)] * 8 and store.asked == 1
