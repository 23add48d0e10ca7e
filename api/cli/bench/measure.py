"""One run: every round both sides, one after the other, in turns first; the same texts for both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from api.cli.bench.doors import Door, OwnDoor, RestDoor
from api.cli.bench.figures import percentile, spread
from api.cli.bench.load import Load, ask_triage, talk
from api.cli.bench.machine import load_average
from api.cli.bench.memory import group_mb
from api.cli.bench.servers import Running, Side, running
from api.cli.bench.texts import LONG_TURNS, SEED, TALK, Conversation, conversations, long_conversation
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
    long_conversations: int = 1
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
    said: dict[str, list[str | None]]


def measure(plan: Plan, sides: Sequence[Side], tell: Callable[[str], None]) -> dict[str, list[Round]]:
    """Rounds of every side, by its name. The first of `sides` is ours, which has more doors."""
    rounds: dict[str, list[Round]] = {side.name: [] for side in sides}
    for number in range(plan.rounds):
        order = sides if number % 2 == 0 else tuple(reversed(sides))
        for side in order:
            tell(f"round {number + 1} of {plan.rounds}: {side.name}")
            before = load_average()
            with running(side) as server:
                tell(f"  first answer after {server.start_seconds:.1f} s")
                done = asyncio.run(_round(plan, number, side, server, side is sides[0]))
            done.figures["loadAverageBefore"] = before
            rounds[side.name].append(done)
            tell(f"  {', '.join(_short(*load) for load in done.figures['load'].items())}")
    return rounds


def _short(clients: str, load: dict) -> str:
    return f"{clients} clients: {load['turnsPerSecond']} turns/s"


async def _round(plan: Plan, number: int, side: Side, server: Running, all_doors: bool) -> Round:
    name = f"round-{number}"
    await talk(server.address, REST, plan.talks(1, f"{name}/warm-up", plan.warm_up))
    figures: dict = {"startUpSeconds": round(server.start_seconds, 2)}
    figures["memoryAtStart"] = group_mb(server.processes)
    said: dict[str, list[str | None]] = {}
    figures["load"] = {}
    for clients in plan.clients:
        probed = clients == max(plan.clients)
        load = await talk(server.address, REST, plan.talks(clients, name), side.health if probed else None)
        figures["load"][str(clients)] = of_load(load)
        said[f"{clients} clients"] = load.said
        if probed:
            figures["health"] = {**spread(load.health), "checks": len(load.health)}
    costs, said["long"] = await _long(plan, server.address, REST)
    figures.update(costs)
    figures["memory"] = group_mb(server.processes)
    if all_doors:
        figures.update(await _own_doors(plan, name, server.address))
    return Round(figures, said)


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


async def _long(plan: Plan, address: str, door: Door) -> tuple[dict, list[str | None]]:
    """What a turn costs as one conversation goes on, over several such conversations of one client."""
    loads = [
        await talk(address, door, [[long_conversation(plan.long_turns)]])
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
