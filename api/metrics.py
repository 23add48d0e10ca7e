"""Counters for Prometheus. Labels hold codes only, never text or an id."""

from __future__ import annotations

import re

from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Counter, ProcessCollector
from prometheus_fastapi_instrumentator import Instrumentator

from api.logs import danger_flags, outcome_code
from bot.triage.types import CHANNELS, OUTCOMES

_ACTION = re.compile(r"[a-z][a-z0-9_]{0,60}")


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.turns = self._counter("turns", "Messages answered, by channel.", "channel")
        self.outcomes = self._counter("outcomes", "Decisions made, by outcome code.", "outcome")
        self.flags = self._counter("safety_flags", "Danger outcomes raised by the safety screen.", "flag")
        self.fallbacks = self._counter(
            "fallbacks", "Answers replaced by the fixed text, by reason.", "reason"
        )
        self.ratings = self._counter(
            "ratings", "Thumbs up or down, by outcome code of the last turn.", "rating", "outcome"
        )
        self.action_errors = self._counter("action_errors", "Custom actions that failed, by name.", "action")

    def _counter(self, name: str, help: str, *labels: str) -> Counter:
        return Counter(f"sociale_triage_{name}", help, labels, registry=self.registry)

    def turn(self, channel: str | None, triage: dict | None, action_errors: tuple[str, ...] = ()) -> None:
        """Count one answered message with what came out of it."""
        self.turns.labels(channel if channel in (*CHANNELS, "webhook") else "onbekend").inc()
        if outcome := outcome_code(triage):
            self.outcomes.labels(outcome).inc()
        for flag in danger_flags(triage):
            self.flags.labels(flag).inc()
        for action in action_errors:
            self.action_errors.labels(action if _ACTION.fullmatch(action) else "onbekend").inc()

    def fallback(self, reason: str) -> None:
        """Count an answer that the fixed text replaced; `reason`: `timeout`, `error` or `empty`."""
        self.fallbacks.labels(reason).inc()

    def rating(self, given: str, outcome: str | None) -> None:
        """Count what somebody thought of an answer; `given`: `goed` or `niet_goed`."""
        self.ratings.labels(given, outcome if outcome in OUTCOMES else "onbekend").inc()

    def install(self, app: FastAPI) -> None:
        """Measure every request of `app` by route template, and serve `/metrics`."""
        instrumentator = Instrumentator(registry=self.registry, excluded_handlers=["/metrics"])
        instrumentator.instrument(app).expose(app, include_in_schema=False)
