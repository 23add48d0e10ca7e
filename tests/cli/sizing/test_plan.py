"""What a place needs, on a small made-up run and the real assumptions."""

from __future__ import annotations

import copy

import pytest
from sociale_kaart.yaml_text import read_yaml_text

from api.cli.sizing.assumptions import Basis, Scale
from api.cli.sizing.command import ASSUMPTIONS
from api.cli.sizing.plan import Plan

DATA = read_yaml_text(ASSUMPTIONS.read_text(encoding="utf-8"))
RUN = {
    "ours": {
        "ownDoor": {"1": {"p50Ms": 20.0, "p95Ms": 40.0}, "16": {"turnsPerSecond": 50.0}},
        "triage": {"1": {"p50Ms": 10.0, "p95Ms": 20.0}, "16": {"perSecond": 100.0}},
    }
}


def _basis(**changed: float) -> Basis:
    data = copy.deepcopy(DATA)
    for name, value in changed.items():
        group = next(group for key, group in data.items() if key != "scales" and name in group)
        group[name]["value"] = value
    return Basis(data, RUN)


def _plan(inhabitants: int = 18_000_000, **changed: float) -> Plan:
    return Plan(_basis(**changed), Scale("a place", inhabitants))


def test_every_assumption_has_a_source_with_its_date_or_our_reason():
    entries = [
        *DATA["scales"],
        *(one for group in Basis(DATA, RUN).groups.values() for one in group.values()),
    ]
    for entry in entries:
        assert ("source" in entry and "dated" in entry) != ("ours" in entry), entry


def test_the_busy_hour_is_reckoned_from_the_inhabitants():
    plan = _plan(1_000_000, requestsPerNote=0)
    turns_a_second = 1_000_000 * 0.01 / 21 * 0.15 * 8 / 3600
    assert plan.busy.work.load == pytest.approx(turns_a_second / 50 * 17.0 / 14.5)


def test_a_turn_takes_longer_with_its_conversation_in_redis():
    assert _basis(turnMsInRedis=29.0).turn_seconds == pytest.approx(2 / 50)


def test_the_smallest_place_gets_a_spare_replica():
    assert _plan(1_000).replicas == 2


def test_the_replicas_that_are_left_stay_below_the_target():
    for inhabitants in (50_000, 900_000, 18_000_000, 180_000_000):
        plan = _plan(inhabitants)
        assert plan.busy.work.load / plan.up <= 0.6


def test_more_use_needs_no_fewer_replicas():
    found = [_plan(inhabitants).replicas for inhabitants in range(1_000_000, 200_000_000, 10_000_000)]
    assert found == sorted(found)
    assert found[-1] > found[0]


def test_ten_times_the_use_is_shown_with_enough_replicas_too():
    plan = _plan()
    last = [meets for meets in plan.waits() if meets.load.name == "10 times"][-1]
    assert last.replicas == plan.replicas_for(plan.grown(10))
    assert last.corrected is not None


def test_what_is_full_first_stands_first():
    bounds = [bound.times for bound in _plan().bounds]
    assert bounds == sorted(bounds)


def test_a_small_redis_is_the_first_bottleneck():
    assert _plan(mibOfRedisData=1).bounds[0].name == "memory of Redis"


def test_what_a_replica_carries_keeps_it_at_the_target():
    assert _plan().carried(3).work.load == pytest.approx(3 * 0.6)


def test_cost_is_machines_times_their_price():
    plan = _plan(50_000, eurosPerVcpuMonth=1, eurosPerGibMonth=0)
    assert plan.euros == plan.vcpu == 2 * 2 + 2
