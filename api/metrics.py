"""Figures for Prometheus; docs/metrics.md lists them. Labels hold codes of fixed lists, no text and no id."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import prometheus_client
from fastapi import FastAPI
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.registry import Collector
from prometheus_fastapi_instrumentator import Instrumentator
from prometheus_fastapi_instrumentator import metrics as http

from api.logs import danger_flags, outcome_code
from bot.action_names import action_names
from bot.stages import STAGES, Timings
from bot.triage.types import CHANNELS, DANGER_OUTCOMES, OUTCOMES
from bot.turn import MISSED_DANGER, NO_ANSWER, NUMBER_WITHHELD

DOORS = (*CHANNELS, "webhook")
UNKNOWN = "onbekend"
"""Label of anything that is not in the fixed list."""

REASONS = ("timeout", "error", "empty", NO_ANSWER)
"""Why a fixed answer was given; NO_ANSWER where Rasa gave none, so that only the safety rules looked."""

FAILURES = (*sorted(action_names()), NO_ANSWER, NUMBER_WITHHELD, MISSED_DANGER)
"""What can fail in a turn: a custom action by name, the whole turn, a number that may not go out, or the
sight of danger at a Rasa elsewhere."""

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""From a turn as it should be (5 to 25 ms) to the time-out (`TURN_TIMEOUT`: 10 s)."""

STAGE_SECONDS = (0.0005, 0.001, 0.0025, *SECONDS)
"""The safety rules take less than a millisecond."""

LAG_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
"""Around 50 ms, above which a health check becomes slow."""

HANDLER_SECONDS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

prometheus_client.disable_created_metrics()  # they double every series and say when the process started


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.turns = self._counter("turns", "Messages answered, by channel.", "channel")
        self.outcomes = self._counter("outcomes", "Decisions made, by outcome code.", "outcome")
        self.flags = self._counter("safety_flags", "Danger outcomes raised by the safety screen.", "flag")
        self.fallbacks = self._counter(
            "fallbacks", "Answers replaced by the fixed text, by reason.", "reason"
        )
        self.danger_fallbacks = self._counter(
            "danger_fallbacks", "Danger answers by the rules alone, as the assistant gave none.", "outcome"
        )
        self.ratings = self._counter(
            "ratings", "Thumbs up or down, by outcome code of the last turn.", "rating", "outcome"
        )
        self.action_errors = self._counter("action_errors", "Custom actions that failed, by name.", "action")
        self.turn_seconds = self._histogram(
            "turn_duration_seconds", "Time that a whole answer took.", SECONDS, "channel"
        )
        self.stage_seconds = self._histogram(
            "stage_duration_seconds", "Time that a turn spent in a stage.", STAGE_SECONDS, "stage"
        )
        self.action_seconds = self._histogram(
            "action_duration_seconds", "Time that a turn spent in a custom action.", SECONDS, "action"
        )
        self.loop_lag = self._histogram(
            "event_loop_lag_seconds", "How late the event loop came back to a timer.", LAG_SECONDS
        )
        self.task_failures = self._counter("task_failures", "Runs of background work that failed.", "task")
        self.task_success = self._gauge(
            "task_last_success_timestamp_seconds", "When background work last ended well; 0: never.", "task"
        )
        self.task_interval = self._gauge(
            "task_interval_seconds", "Pause between two runs of background work.", "task"
        )
        self._begin_at_zero()

    def turn(
        self,
        channel: str | None,
        triage: dict | None,
        action_errors: tuple[str, ...] = (),
        timings: Timings | None = None,
        is_fixed: bool = False,
    ) -> None:
        """Count one answered message with what came out of it and how long it took.

        `is_fixed`: the rules alone answered, in the place of the assistant.
        """
        door, outcome = _one_of(DOORS, channel), outcome_code(triage)
        self.turns.labels(door).inc()
        if outcome:
            self.outcomes.labels(outcome).inc()
        for flag in danger_flags(triage):
            self.flags.labels(flag).inc()
        for action in action_errors:
            self.action_errors.labels(_one_of(FAILURES, action)).inc()
        if NO_ANSWER in action_errors:
            self.fallback(NO_ANSWER)
        if (is_fixed or NO_ANSWER in action_errors) and outcome in DANGER_OUTCOMES:
            self.danger_fallbacks.labels(outcome).inc()
        if timings:
            self._times(door, timings)

    def _times(self, door: str, timings: Timings) -> None:
        self.turn_seconds.labels(door).observe(timings.elapsed)
        for stage, seconds in timings.stages.items():
            self.stage_seconds.labels(_one_of(STAGES, stage)).observe(seconds)
        for action, seconds in timings.actions.items():
            self.action_seconds.labels(_one_of(action_names(), action)).observe(seconds)

    def fallback(self, reason: str) -> None:
        """Count an answer that the fixed text replaced, for one of REASONS."""
        self.fallbacks.labels(_one_of(REASONS, reason)).inc()

    def rating(self, given: str, outcome: str | None) -> None:
        """Count what somebody thought of an answer; `given`: `goed` or `niet_goed`."""
        self.ratings.labels(_one_of(("goed", "niet_goed"), given), _one_of(OUTCOMES, outcome)).inc()

    def task_planned(self, name: str, pause: float | None) -> None:
        """Say that background work will run, every `pause` seconds; None where it goes on without end."""
        self.task_failures.labels(name)
        if pause is not None:
            self.task_success.labels(name).set(0)
            self.task_interval.labels(name).set(pause)

    def task_done(self, name: str) -> None:
        """Say that background work ended well now."""
        self.task_success.labels(name).set(time.time())

    def task_failed(self, name: str) -> None:
        """Count a run of background work that failed."""
        self.task_failures.labels(name).inc()

    def also(self, collector: Collector) -> None:
        """Serve what `collector` knows, asked at every scrape in a thread of its own."""
        self.registry.register(collector)

    def install(self, app: FastAPI) -> None:
        """Measure every request of `app` by route template, and serve `/metrics` from a thread."""
        by_route = http.default(
            registry=self.registry, latency_highr_buckets=SECONDS, latency_lowr_buckets=HANDLER_SECONDS
        )
        instrumentator = Instrumentator(registry=self.registry, excluded_handlers=["/metrics"])
        instrumentator.add(_with_known_methods(by_route)).instrument(app).expose(app, include_in_schema=False)

    def _begin_at_zero(self) -> None:
        """Let every series exist before something happens: Prometheus misses a step from nothing to 1."""
        for metric, codes in (
            (self.turns, DOORS),
            (self.outcomes, OUTCOMES),
            (self.flags, DANGER_OUTCOMES),
            (self.fallbacks, REASONS),
            (self.danger_fallbacks, DANGER_OUTCOMES),
            (self.action_errors, FAILURES),
            (self.turn_seconds, DOORS),
            (self.stage_seconds, STAGES),
        ):
            for code in codes:
                metric.labels(code)

    def _counter(self, name: str, help: str, *labels: str) -> Counter:
        return Counter(f"sociale_triage_{name}", help, labels, registry=self.registry)

    def _gauge(self, name: str, help: str, *labels: str) -> Gauge:
        return Gauge(f"sociale_triage_{name}", help, labels, registry=self.registry)

    def _histogram(self, name: str, help: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(f"sociale_triage_{name}", help, labels, buckets=buckets, registry=self.registry)


def _one_of(codes: Iterable[str], given: str | None) -> str:
    return given if given in codes else UNKNOWN


def _with_known_methods(count: Callable[[http.Info], None]) -> Callable[[http.Info], None]:
    """Any word can stand where HTTP has its method: an unknown one is counted as `OTHER`."""

    def counted(info: http.Info) -> None:
        info.method = info.method if info.method in METHODS else "OTHER"
        count(info)

    return counted
