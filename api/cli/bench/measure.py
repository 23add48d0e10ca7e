"""One run: in every round both sides, part by part one after the other; the same texts for both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from api.cli.bench.doors import OwnDoor, RestDoor
from api.cli.bench.figures import percentile, spread
from api.cli.bench.load import Load, ask_triage, talk
from api.cli.bench.machine import load_average
from api.cli.bench.memory import group_mb
from api.cli.bench.servers import Running, Side, running
from api.cli.bench.texts import LONG_TURNS, SEED, TALK, Conversation, conversations, long_conversation

if TYPE_CHECKING:
    from bot.triage.corpus import Example

COST_TURNS = (5, 50, 200)
"""Turns of one conversation at which its cost is compared."""

REST = RestDoor()


@dataclass(frozen=True)
class Plan:
    """How much is asked in one round. `clients`: conversations that each holds, by number of clients."""

    examples: Sequence[Example]
    rounds: int = 3
    seed: int = SEED
    clients: dict[int, int] = field(default_factory=lambda: {1: 20, 4: 8, 16: 4})
    warm_up: int = 4
    long_conversations: int = 2
    long_turns: int = LONG_TURNS
    triage_requests: int = 160

    def talks(self, clients: int, name: str, each: int | None = None) -> list[list[Conversation]]:
        """The conversations of each of `clients`, equal for both sides and other ones in each round."""
        each = self.clients[clients] if each is None else each
        return [
            list(islice(conversations(self.examples, f"{name}/{clients}/{client}", self.seed), each))
            for client in range(clients)
        ]


@dataclass
class Round:
    """What one side did in one round: its figures, and what it said, by part of the round."""

    figures: dict
    said: dict[str, list[str | None]] = field(default_factory=dict)


def measure(plan: Plan, sides: Sequence[Side], tell: Callable[[str], None]) -> dict[str, list[Round]]:
    """Rounds of every side, by its name. The first of `sides` is ours, which has more doors.

    In a round both run; each part is done with one and then with the other, which is idle meanwhile.
    So what else the machine does weighs on both, and every second round the other one goes first.
    """
    rounds: dict[str, list[Round]] = {side.name: [] for side in sides}
    for number in range(plan.rounds):
        order = tuple(sides) if number % 2 == 0 else tuple(reversed(sides))
        tell(f"round {number + 1} of {plan.rounds}, load average {load_average()}")
        with ExitStack() as stack:
            servers = {}
            for side in order:
                servers[side] = stack.enter_context(running(side))
                tell(f"  {side.name}: first answer after {servers[side].start_seconds:.1f} s")
            done = asyncio.run(_round(plan, f"round-{number}", servers, tell))
            done[sides[0]].figures.update(
                asyncio.run(_own_doors(plan, f"round-{number}", servers[sides[0]].address))
            )
        for side in sides:
            rounds[side.name].append(done[side])
    return rounds


async def _round(
    plan: Plan, name: str, servers: Mapping[Side, Running], tell: Callable[[str], None]
) -> dict[Side, Round]:
    rounds = {
        side: Round({"startUpSeconds": round(server.start_seconds, 2), "loadAverage": load_average()})
        for side, server in servers.items()
    }
    for side, server in servers.items():
        await talk(server.address, REST, plan.talks(1, f"{name}/warm-up", plan.warm_up))
        rounds[side].figures.update(memoryAtStart=group_mb(server.processes), load={})
    for clients in plan.clients:
        for side, server in servers.items():
            probe = side.health if clients == max(plan.clients) else None
            load = await talk(server.address, REST, plan.talks(clients, name), probe)
            rounds[side].figures["load"][str(clients)] = figures = of_load(load)
            rounds[side].said[f"{clients} clients"] = load.said
            if probe:
                rounds[side].figures["health"] = {**spread(load.health), "checks": len(load.health)}
            tell(f"  {side.name}: {clients} at once, {figures['turnsPerSecond']} turns a second")
    for side, server in servers.items():
        costs, rounds[side].said["long"] = await _long(plan, server.address)
        rounds[side].figures.update(costs, memory=group_mb(server.processes))
    return rounds


async def _own_doors(plan: Plan, name: str, address: str) -> dict:
    """What only this program has: its own conversations and `/v1/triage`."""
    door, loads = OwnDoor(), {}
    for clients in plan.clients:
        loads[str(clients)] = of_load(await talk(address, door, plan.talks(clients, name)))
    triage = {}
    for clients in plan.clients:
        texts = [text for talks in plan.talks(clients, f"{name}/triage", 40) for text in sum(talks, ())]
        each = plan.triage_requests // clients
        shares = [texts[each * one : each * (one + 1)] for one in range(clients)]
        load = await ask_triage(address, shares)
        triage[str(clients)] = {
            "perSecond": round(len(load.said) / load.seconds, 1),
            **spread(load.milliseconds),
            "requests": len(load.said),
            "errors": load.errors,
        }
    return {"ownDoor": loads, "triage": triage}


def of_load(load: Load) -> dict:
    """The figures of one group of clients."""
    turns = len(load.milliseconds)
    return {
        **spread(load.milliseconds),
        "turnsPerSecond": round(turns / load.seconds, 1),
        "turns": turns,
        "errors": load.errors,
        "clientShareOfTime": round(load.own_seconds / load.seconds, 3),
    }


async def _long(plan: Plan, address: str) -> tuple[dict, list[str | None]]:
    """What a turn costs as one conversation goes on, over several such conversations of one client."""
    loads = [
        await talk(address, REST, [[long_conversation(plan.long_turns)]])
        for _ in range(plan.long_conversations)
    ]
    turns = [percentile(at_turn, 0.5) for at_turn in zip(*(load.milliseconds for load in loads), strict=True)]
    costs = {str(turn): round(window_mean(turns, turn), 2) for turn in COST_TURNS if turn <= len(turns)}
    curve = [
        [turn, round(window_mean(turns, turn), 2)]
        for turn in range(5, len(turns) + 1, max(1, len(TALK) // 2))
    ]
    return {"turnCostMs": costs, "turnCostCurveMs": curve}, [said for load in loads for said in load.said]


def window_mean(milliseconds: Sequence[float], turn: int) -> float:
    """Mean of the eight turns around `turn` (from 1), in which each message of TALK is said once.

    So a turn is compared with another of the same words. The first turn, which opens the
    conversation, is left out.
    """
    first = min(max(turn - len(TALK) // 2, 1), len(milliseconds) - len(TALK))
    window = milliseconds[first : first + len(TALK)]
    return sum(window) / len(window)
