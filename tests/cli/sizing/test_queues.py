"""The formulas of queues against values of textbooks, their limits, and a queue that is played."""

from __future__ import annotations

import heapq
import random
from math import log, sqrt

import pytest

from api.cli.sizing.queues import (
    Work,
    erlang_c,
    people_for,
    replicas_for,
    together,
    variation_of,
    waiting,
    waiting_apart,
)


@pytest.mark.parametrize(
    ("load", "servers", "chance"),
    [
        (0.8, 1, 0.8),  # M/M/1: the chance to wait is the utilisation
        (1.0, 2, 1 / 3),  # M/M/2: a^2 / (2 + a)
        (2.0, 3, 4 / 9),  # the example of Wolfram's ErlangC[3, 2]
        (6.0, 10, 0.10),  # 120 an hour, 3 minutes each, 10 servers: "about 0.10" from the Erlang C curve
    ],
)
def test_erlang_c_of_textbooks(load, servers, chance):
    assert erlang_c(load, servers) == pytest.approx(chance, abs=0.002)


def test_erlang_c_equals_its_definition():
    load, servers = 7.3, 9
    terms = [1.0]
    for server in range(1, servers + 1):
        terms.append(terms[-1] * load / server)
    waits = terms[servers] * servers / (servers - load)
    assert erlang_c(load, servers) == pytest.approx(waits / (sum(terms[:servers]) + waits))


def test_mean_wait_of_a_textbook():
    """R. Bronson, Operations Research (1982), problem 24.6: 3 servers, 300 a year, 2 days each."""
    met = waiting(Work(300, 1 / 182.5, 1.0), 3)
    assert met.mean == pytest.approx(0.001175, rel=0.01)


def test_six_people_where_nine_in_ten_calls_need_not_wait():
    """30 calls an hour of 5 minutes: 5 people are too few and 6 are enough."""
    assert people_for(2.5, 300, within=0, share=0.9) == 6


def test_one_server_is_the_formula_of_pollaczek_and_khinchine():
    busy, seconds, variation = 0.7, 0.02, 0.4
    met = waiting(Work(busy / seconds, seconds, variation), 1)
    assert met.mean == pytest.approx(busy * seconds * (1 + variation) / (2 * (1 - busy)))


def test_percentile_of_exponential_times():
    """M/M/1: P(W > t) = utilisation x exp(-(rate of service - rate of arrival) t)."""
    met = waiting(Work(8, 0.1, 1.0), 1)
    assert met.p95 == pytest.approx(log(0.8 / 0.05) / (10 - 8))


def test_who_seldom_waits_has_a_percentile_of_none():
    assert waiting(Work(0.4, 0.1, 1.0), 1).p95 == 0


def test_a_queue_without_end():
    assert waiting(Work(20, 0.1, 1.0), 2) is None
    assert waiting_apart(Work(20, 0.1, 1.0), 2) is None
    assert erlang_c(3, 2) == 1


def test_more_load_waits_longer_and_more_replicas_wait_shorter():
    by_load = [waiting(Work(rate, 0.1, 0.3), 3).mean for rate in range(1, 30)]
    assert by_load == sorted(by_load)
    by_replicas = [waiting(Work(25, 0.1, 0.3), replicas).mean for replicas in range(3, 12)]
    assert by_replicas == sorted(by_replicas, reverse=True)


def test_less_variation_waits_shorter_and_a_queue_for_each_waits_longer():
    work = Work(25, 0.1, 0.3)
    constant, corrected, exponential = (waiting(work, 3, variation).mean for variation in (0, None, 1))
    assert constant < corrected < exponential
    assert constant == pytest.approx(exponential / 2)
    assert waiting_apart(work, 3).mean > corrected


def test_variation_from_percentiles_of_log_normal_times():
    sigma = 0.3
    chance = random.Random(1)
    times = sorted(chance.lognormvariate(-3, sigma) for _ in range(20_000))
    mean = sum(times) / len(times)
    found = sum((time - mean) ** 2 for time in times) / len(times) / mean**2
    assert variation_of(times[10_000], times[19_000]) == pytest.approx(found, rel=0.05)


def test_streams_together_keep_their_load_and_vary_more():
    streams = (Work(10, 0.01, 0.1), Work(1, 0.2, 0.1))
    both = together(streams)
    assert both.load == pytest.approx(sum(stream.load for stream in streams))
    assert both.variation > 0.1
    assert together(streams[:1]).variation == pytest.approx(0.1)


def test_replicas_for_a_load():
    assert replicas_for(0.001, 0.6) == 1
    assert replicas_for(0.6, 0.6) == 1
    assert replicas_for(0.61, 0.6) == 2


def test_the_correction_comes_near_a_queue_that_is_played():
    """Three servers, log-normal times, 80 % busy: the mean wait of 60,000 arrivals within 15 %."""
    chance, sigma, servers, rate = random.Random(2026), 0.3, 3, 24.0
    mean = 0.1
    free, now, waited, arrivals = [0.0] * servers, 0.0, 0.0, 60_000
    for _ in range(arrivals):
        now += chance.expovariate(rate)
        starts = max(now, heapq.heappop(free))
        waited += starts - now
        heapq.heappush(free, starts + mean * chance.lognormvariate(-(sigma**2) / 2, sigma))
    variation = variation_of(1.0, 2.718281828 ** (1.6449 * sigma))
    assert sqrt(variation) == pytest.approx(sigma, abs=0.02)
    assert waiting(Work(rate, mean, variation), servers).mean == pytest.approx(waited / arrivals, rel=0.15)
