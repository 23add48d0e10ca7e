"""How long work waits for a free replica: Erlang's formulas, and a correction for what varies less.

One replica is one server of the queue: one process with one interpreter does one piece of work at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, log

NORMAL_95 = 1.6449
"""The 95th percentile of the standard normal distribution."""


@dataclass(frozen=True)
class Work:
    """Requests that come: how many a second, and how long one keeps a replica busy.

    `variation` is the squared coefficient of variation of that time: 0 where every request takes
    equally long, 1 for exponential times.
    """

    per_second: float
    seconds: float
    variation: float

    @property
    def load(self) -> float:
        """Offered load in erlang: the mean number of replicas that it keeps busy."""
        return self.per_second * self.seconds


@dataclass(frozen=True)
class Waiting:
    """What work meets: share of time that replicas are busy, chance to wait, mean and 95th percentile (s)."""

    utilisation: float
    probability: float
    mean: float
    p95: float


def together(works: Sequence[Work]) -> Work:
    """Several streams as one: the mean and the second moment of their times, weighted by arrivals."""
    arrivals = sum(work.per_second for work in works)
    mean = sum(work.load for work in works) / arrivals
    second = sum(work.per_second * work.seconds**2 * (1 + work.variation) for work in works) / arrivals
    return Work(arrivals, mean, second / mean**2 - 1)


def variation_of(p50: float, p95: float) -> float:
    """Squared coefficient of variation of log-normal times with these percentiles.

    Of a log-normal variable ln(p95 / p50) = 1.645 sigma, and its squared variation is exp(sigma^2) - 1.
    """
    return exp((log(p95 / p50) / NORMAL_95) ** 2) - 1


def erlang_c(load: float, servers: int) -> float:
    """The chance that work has to wait in M/M/c: Erlang C; 1 where the load is no less than the servers.

    `load` in erlang. By way of Erlang B, whose recursion B(k) = aB(k-1) / (k + aB(k-1)) does not
    overflow. L. Kleinrock, Queueing Systems, volume I (1975), section 3.5.
    """
    if load >= servers:
        return 1.0
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def waiting(work: Work, servers: int, variation: float | None = None) -> Waiting | None:
    """What `work` meets at `servers` replicas with one queue; None where the queue grows without end.

    Arrivals at random (Poisson). `variation` takes the place of that of `work`: 1 gives M/M/c exactly,
    0 estimates M/D/c. In between it is the correction of Allen and Cunneen: the mean wait of M/M/c
    times (1 + variation) / 2 (A.O. Allen, Probability, Statistics, and Queueing Theory, 2nd ed. 1990,
    chapter 5). With one server that is the formula of Pollaczek and Khinchine, which is exact. The 95th
    percentile takes the wait of those who wait as exponential: exact for M/M/c, near it under heavy load.
    """
    utilisation = work.load / servers
    if utilisation >= 1:
        return None
    variation = work.variation if variation is None else variation
    probability = erlang_c(work.load, servers)
    of_those_who_wait = work.seconds / (servers - work.load) * (1 + variation) / 2
    p95 = of_those_who_wait * max(0.0, log(probability / 0.05)) if probability else 0.0
    return Waiting(utilisation, probability, probability * of_those_who_wait, p95)


def waiting_apart(work: Work, servers: int) -> Waiting | None:
    """The same where requests are dealt out at random, so that each replica has a queue of its own."""
    return waiting(Work(work.per_second / servers, work.seconds, work.variation), 1)


def replicas_for(load: float, utilisation: float) -> int:
    """The fewest replicas that `load` (erlang) keeps busy for at most `utilisation` of the time."""
    return max(1, ceil(load / utilisation - 1e-9))


def people_for(load: float, seconds: float, within: float, share: float) -> int:
    """The fewest people at a telephone who answer `share` of the calls `within` seconds.

    Calls of `seconds`, `load` in erlang; nobody hangs up. The service level of Erlang C:
    1 - C exp(-(people - load) within / seconds).
    """
    people = int(load) + 1
    while 1 - erlang_c(load, people) * exp(-(people - load) * within / seconds) < share:
        people += 1
    return people
