"""What a DELETE leaves of a conversation that was in Redis: nothing."""

from __future__ import annotations

import pytest
import redis

from tests.nothing_left import in_database, in_redis, new_canary
from tests.own_settings import new_store
from tests.replicas.farm import Balancer, Farm

pytestmark = pytest.mark.model
MANY_TURNS = 6


def test_a_delete_at_one_replica_leaves_nothing_in_redis(farm: Farm, redis_url: str):
    """Without keys, so that what is there can be read; two replicas, and turns enough to fold."""
    canary, store = new_canary(), new_store()
    settings = {"REDIS_URL": redis_url, "DATABASE_URL": store, "OPSLAG_SLEUTELS": ""}
    with farm.replicas(2, **settings) as two, redis.Redis.from_url(redis_url) as client:
        balancer = Balancer(two)
        opened = balancer.post("/v1/gesprekken", json={}).json()["gesprekId"]
        for number in range(MANY_TURNS):
            key = {"Idempotency-Key": f"sleutel-{number}-{canary}"}
            said = {"tekst": f"ik voel me alleen sinds {canary} er niet meer is"}
            answer = balancer.post(f"/v1/gesprekken/{opened}/berichten", json=said, headers=key)
            assert answer.status_code == 200, answer.text
        assert in_redis(client, [canary]), "the search finds what is there"
        assert balancer.request("DELETE", f"/v1/gesprekken/{opened}").status_code == 204
        assert in_redis(client, [canary]) == []
        assert in_redis(client, [opened]) == []
        assert in_database(store, [canary, opened]) == []
