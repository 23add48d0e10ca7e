"""Puts together what is measured beside the turns."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from api.jobs import Job
from api.metrics import Metrics
from api.observability.figures import Figures
from api.observability.loop_lag import PAUSE, measure_lag
from api.observability.outbox_depth import depth
from api.observability.watch import PATIENCE, Watch
from api.settings import Settings

_LOOK_SECONDS = 15


def install(state: State, settings: Settings, metrics: Metrics) -> None:
    """Add `watches` to the state, their figures to `metrics`, and the work that looks where nobody scrapes.

    The state holds `turns`, `database` and `jobs`.
    """
    state.watches = watches = [Watch("database", partial(depth, state.database))]
    if settings.redis_url:
        watches.append(Watch("redis", partial(_ping, settings.redis_url)))
    metrics.also(Figures(state.turns, watches))
    for watch in watches:
        name = f"watch_{watch.name}"
        state.jobs.add(Job(name, _LOOK_SECONDS, lambda watch=watch: run_in_threadpool(watch.seen)))
    state.jobs.add(Job("loop_lag", PAUSE, lambda: measure_lag(metrics.loop_lag.observe), is_endless=True))


def _ping(address: str) -> None:
    """Raises redis.exceptions.RedisError when Redis does not answer."""
    import redis  # where there is no Redis, its library is not read

    with redis.Redis.from_url(
        address, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
    ) as connection:
        connection.ping()
