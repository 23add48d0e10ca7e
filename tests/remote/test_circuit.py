from __future__ import annotations

import pytest

from bot.circuit import Circuit


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuit(clock) -> Circuit:
    return Circuit(most=3, pause=5, clock=clock)


def test_it_opens_after_so_many_failures(circuit):
    for is_open in (False, False, True):
        circuit.failed()
        assert circuit.is_open is is_open


def test_an_answer_between_them_starts_the_count_again(circuit):
    circuit.failed()
    circuit.failed()
    circuit.worked()
    circuit.failed()
    circuit.failed()
    assert not circuit.is_open


def test_one_looks_in_each_pause(circuit, clock):
    assert not circuit.look_is_due()
    for _ in range(3):
        circuit.failed()
    assert not circuit.look_is_due()
    clock.now += 5
    assert circuit.look_is_due() and not circuit.look_is_due()
    clock.now += 5
    assert circuit.look_is_due()


def test_an_answer_closes_it(circuit, clock):
    for _ in range(4):
        circuit.failed()
    circuit.worked()
    clock.now += 5
    assert not circuit.is_open and not circuit.look_is_due()
