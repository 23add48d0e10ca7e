"""What is assumed (data/sizing/assumptions.yml) and what was measured (docs/bench.json), as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from api.cli.sizing.queues import Work, together, variation_of


@dataclass(frozen=True)
class Scale:
    """A place to serve."""

    name: str
    inhabitants: int


@dataclass(frozen=True)
class Basis:
    """The two files that the page is made from: `data` of assumptions, `report` of a run of `bench`."""

    data: Mapping[str, Any]
    report: Mapping[str, Any]

    def __getitem__(self, name: str) -> float:
        """The value of the assumption `name`; KeyError where there is none."""
        for group in self.groups.values():
            if name in group:
                return group[name]["value"]
        raise KeyError(name)

    @property
    def groups(self) -> dict[str, Mapping[str, Mapping[str, Any]]]:
        """The assumptions by group: name, and value, meaning, and source or reason."""
        return {name: group for name, group in self.data.items() if name != "scales"}

    @property
    def scales(self) -> list[Scale]:
        return [Scale(one["name"], one["inhabitants"]) for one in self.data["scales"]]

    @property
    def ours(self) -> Mapping[str, Any]:
        """The figures of this program in the run."""
        return self.report["ours"]

    @cached_property
    def of_redis(self) -> float:
        """How many times longer a turn takes with its conversation sealed in Redis."""
        return self["turnMsInRedis"] / self["turnMsInMemory"]

    @cached_property
    def turn_seconds(self) -> float:
        """Time that a turn keeps one replica busy, from the turns per second at 16 clients, with Redis."""
        return self.of_redis / self.ours["ownDoor"]["16"]["turnsPerSecond"]

    @cached_property
    def request_seconds(self) -> float:
        """The same of a request at the front desk, which needs no conversation: measured at /v1/triage."""
        return 1 / self.ours["triage"]["16"]["perSecond"]

    @cached_property
    def turn_variation(self) -> float:
        """Squared coefficient of variation of a turn: one client, so nothing that waits."""
        one = self.ours["ownDoor"]["1"]
        return variation_of(one["p50Ms"], one["p95Ms"])

    @cached_property
    def request_variation(self) -> float:
        """The same of a request at the front desk."""
        one = self.ours["triage"]["1"]
        return variation_of(one["p50Ms"], one["p95Ms"])

    @property
    def replicas_that_connect(self) -> int:
        """Replicas that PostgreSQL has connections for."""
        return int(self["connectionsOfPostgresql"] // self["connectionsOfReplica"])

    def of_busy_hour(self, a_month: float) -> float:
        """What falls in the busy hour of `a_month` of use."""
        return a_month / self["daysPerMonth"] * self["shareInBusyHour"]

    def conversations(self, scale: Scale) -> float:
        """Conversations that begin in the busy hour."""
        return self.of_busy_hour(scale.inhabitants * self["conversationsPerInhabitantMonth"])

    def notes(self, scale: Scale) -> float:
        """Questions at front desks in the busy hour."""
        country = max(one.inhabitants for one in self.scales)
        practices = self["practices"] * scale.inhabitants / country
        return practices * self["notesPerPracticeDay"] * self["shareInBusyHour"]

    def work(self, conversations: float, notes: float) -> Work:
        """What so many conversations and notes in one hour ask of the replicas."""
        turns = conversations * self["turnsPerConversation"] / 3600
        requests = notes * self["requestsPerNote"] / 3600
        return together(
            (
                Work(turns, self.turn_seconds, self.turn_variation),
                Work(requests, self.request_seconds, self.request_variation),
            )
        )
