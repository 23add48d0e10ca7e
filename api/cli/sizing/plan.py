"""What a place needs: replicas for its busy hour, and how far everything reaches beyond that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from api.cli.sizing.assumptions import Basis, Scale
from api.cli.sizing.queues import Waiting, Work, people_for, replicas_for, waiting, waiting_apart

GROWTH = (1, 2, 10)
"""How many times the assumed use: as assumed, a campaign, an item in the news."""


@dataclass(frozen=True)
class Load:
    """An hour of a place: what it is called, conversations and notes in it, and what they ask."""

    name: str
    conversations: float
    notes: float
    work: Work


@dataclass(frozen=True)
class Meets:
    """What a load meets at so many replicas; each None where the queue grows without end."""

    load: Load
    replicas: int
    exponential: Waiting | None
    constant: Waiting | None
    corrected: Waiting | None
    apart: Waiting | None


@dataclass(frozen=True)
class Bound:
    """A part of the installation, and how many times the assumed busy hour fills it."""

    name: str
    times: float


@dataclass(frozen=True)
class Plan:
    """What `scale` needs by the figures of `basis`."""

    basis: Basis
    scale: Scale

    def _load(self, name: str, conversations: float, notes: float) -> Load:
        return Load(name, conversations, notes, self.basis.work(conversations, notes))

    def grown(self, times: float) -> Load:
        """The busy hour with `times` the assumed use."""
        conversations, notes = self.basis.conversations(self.scale), self.basis.notes(self.scale)
        name = "as assumed" if times == 1 else f"{times} times"
        return self._load(name, conversations * times, notes * times)

    @cached_property
    def busy(self) -> Load:
        return self.grown(1)

    @cached_property
    def news(self) -> Load:
        """The hour after the evening news, at which front desks are closed."""
        return self._load("news hour", self.scale.inhabitants * self.basis["inhabitantsInNewsHour"], 0)

    def replicas_for(self, load: Load) -> int:
        """Replicas for a load at the target utilisation, and the spare ones."""
        needed = replicas_for(load.work.load, self.basis["targetUtilisation"])
        return needed + int(self.basis["spareReplicas"])

    @cached_property
    def replicas(self) -> int:
        """Replicas to buy: those for the busy hour."""
        return self.replicas_for(self.busy)

    @cached_property
    def up(self) -> int:
        """Replicas that are left in the busy hour when the spare ones are down."""
        return self.replicas - int(self.basis["spareReplicas"])

    def waits(self) -> Iterator[Meets]:
        """Every load at all replicas, at those left when one is down, and at enough for that load."""
        for load in (*map(self.grown, GROWTH), self.news):
            enough = max(self.replicas, self.replicas_for(load))
            for replicas in dict.fromkeys((self.replicas, self.up, enough)):
                yield Meets(
                    load,
                    replicas,
                    waiting(load.work, replicas, 1.0),
                    waiting(load.work, replicas, 0.0),
                    waiting(load.work, replicas),
                    waiting_apart(load.work, replicas),
                )

    def carried(self, replicas: int) -> Load:
        """An hour of conversations that keeps `replicas` at the target utilisation."""
        turns = replicas * self.basis["targetUtilisation"] / self.basis.turn_seconds
        return self._load("carried", turns * 3600 / self.basis["turnsPerConversation"], 0)

    @property
    def a_month(self) -> float:
        """Conversations in a month."""
        return self.scale.inhabitants * self.basis["conversationsPerInhabitantMonth"]

    @property
    def desk_share(self) -> float:
        """The share of the load of the busy hour that comes from front desks."""
        return self.basis.work(0, self.busy.notes).load / self.busy.work.load

    @cached_property
    def vcpu(self) -> float:
        return self.replicas * self.basis["vcpuOfReplica"] + self.basis["vcpuOfStores"]

    @cached_property
    def gib(self) -> float:
        return self.replicas * self.basis["gibOfReplica"] + self.basis["gibOfStores"]

    @cached_property
    def euros(self) -> float:
        """A month at the example prices."""
        return self.euros_of(self.vcpu, self.gib)

    def euros_of(self, vcpu: float, gib: float) -> float:
        """A month of such machines at the example prices."""
        return vcpu * self.basis["eurosPerVcpuMonth"] + gib * self.basis["eurosPerGibMonth"]

    def redis_mib(self, load: Load) -> float:
        """Memory of the conversations in Redis (Little: arrivals times the time that they stay)."""
        basis = self.basis
        stay_hours = (basis["minutesOfConversation"] + basis["minutesKept"]) / 60
        return load.conversations * stay_hours * basis["kbOfConversation"] * basis["overheadOfRedis"] / 1024

    def redis_commands(self, load: Load) -> float:
        """Commands to Redis in a second."""
        turns = load.conversations * self.basis["turnsPerConversation"] / 3600
        return turns * self.basis["redisCommandsPerTurn"]

    def referrals(self, load: Load) -> float:
        """Referrals in the hour, each of which PostgreSQL writes."""
        return (load.conversations + load.notes) * self.basis["referralsPerConversation"]

    def calls(self, load: Load) -> float:
        """Telephone calls in the hour that the conversations lead to."""
        return load.conversations * self.basis["callsPerConversation"]

    def people(self, load: Load) -> int:
        """People at telephones who answer those calls within the customary time."""
        basis = self.basis
        seconds = basis["secondsOfCall"]
        erlang = self.calls(load) / 3600 * seconds
        return people_for(erlang, seconds, basis["answeredWithinSeconds"], basis["answeredShare"])

    def times_of(self, replicas: float) -> float:
        """Busy hours that `replicas` carry at the target utilisation with the spare ones down."""
        up = replicas - self.basis["spareReplicas"]
        return up * self.basis["targetUtilisation"] / self.busy.work.load

    @cached_property
    def bounds(self) -> list[Bound]:
        """Every part, the first that is full first.

        Processors are full at the target utilisation with the spare replicas down; connections and the
        autoscaler when as many replicas as they allow are full.
        """
        basis, busy = self.basis, self.busy
        commands = basis["redisCommandsPerSecond"] / self.redis_commands(busy)
        return sorted(
            (
                Bound("processors of the replicas", self.times_of(self.replicas)),
                Bound("connections of PostgreSQL", self.times_of(basis.replicas_that_connect)),
                Bound("most replicas of the autoscaler", self.times_of(basis["mostReplicas"])),
                Bound("memory of Redis", basis["mibOfRedisData"] / self.redis_mib(busy)),
                Bound("commands of Redis", commands),
            ),
            key=lambda bound: bound.times,
        )
