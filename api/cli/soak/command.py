"""`soak`: mixed traffic with faults for a while; how memory and answers hold."""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from api.cli.bench.command import trained_examples
from api.cli.bench.figures import spread
from api.cli.bench.machine import ROOT, machine, versions
from api.cli.bench.memory import group_mb
from api.cli.bench.servers import Program, Running, Side, our_programs, running
from api.cli.bench.texts import conversations
from api.cli.common import positive, read_settings, readable_errors
from api.cli.measured_run import add_files, as_json, leaving_nothing_behind, write_report
from api.cli.soak.faults import Redis, go_wrong, own_redis
from api.cli.soak.page import page
from api.cli.soak.traffic import Heard, Person

PEOPLE = 3
"""At each of the two servers at once."""

CONVERSATION_MINUTES = "2"
"""Short, so that conversations expire all the time, as they would on the second day."""

SAMPLE_SECONDS = 5
PART = 0.1
"""Share of the time at the beginning that warms up, and at its end and at the end of all that is compared."""

FAULT_PAUSE, FAULT_SECONDS = 60.0, 5.0
LOWEST_FAULT_PAUSE = 10.0


@dataclass
class Soaked:
    """One server and what it went through."""

    server: Running
    heard: Heard = field(default_factory=Heard)
    memory: list[float] = field(default_factory=list)


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add `soak` to the command line."""
    soak = commands.add_parser(
        "soak",
        help="mixed traffic with faults for half an hour; writes one JSON file",
        description="Starts this program twice, by itself and with a Redis that hangs and dies all the time, "
        "lets people, practices and programs use both, and looks at memory and answers.",
    )
    soak.add_argument("--minutes", type=positive, default=30, help="how long (default: 30)")
    add_files(soak, "build/soak.json", "docs/soak.md and its JSON")
    soak.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, write the file, print its path as the last line."""
    if arguments.publish:
        return publish(json.loads(arguments.publish.read_text(encoding="utf-8")), ROOT / "docs")
    with leaving_nothing_behind():
        report = soak(arguments.minutes * 60)
    write_report(report, arguments.output)
    print(page(report))
    print(arguments.output)
    return 0


def publish(report: dict, docs: Path) -> int:
    """Write the page and its file below `docs`."""
    for name, content in (("soak.md", page(report)), ("soak.json", as_json(report))):
        (docs / name).write_text(content, encoding="utf-8")
    return 0


def soak(seconds: float) -> dict:
    """One whole run. Raises CommandError where a server or Redis does not start."""
    from bot.model_files import model_file

    with readable_errors():
        model = model_file(read_settings().model_path)
    with ExitStack() as stack:
        redis = stack.enter_context(own_redis())
        sides = {"alone": _side({}), "withRedis": _side({"REDIS_URL": redis.url})}
        soaked = {name: Soaked(stack.enter_context(running(side))) for name, side in sides.items()}
        faults = asyncio.run(_use(soaked, redis, seconds))
    return {
        "measuredAt": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "seconds": seconds,
        "people": PEOPLE,
        "machine": machine(),
        "versions": versions(model),
        "faults": faults,
        **{name: _figures(one) for name, one in soaked.items()},
    }


def _side(environ: dict[str, str]) -> Side:
    def programs(folder: Path, ports: Sequence[int]) -> list[Program]:
        [program] = our_programs(folder, ports)
        added = {"CONVERSATION_TTL_MINUTES": CONVERSATION_MINUTES, **environ}
        return [Program(program.command, {**program.environ, **added})]

    return Side("ours", "/health", programs, 1)


async def _use(soaked: dict[str, Soaked], redis: Redis, seconds: float) -> dict[str, int]:
    until = time.monotonic() + seconds
    examples = trained_examples()
    pause = max(LOWEST_FAULT_PAUSE, min(FAULT_PAUSE, seconds / 10))
    lives = [
        Person(one.server.address, conversations(examples, f"{name}/{number}"), f"{name}/{number}", one.heard)
        for name, one in soaked.items()
        for number in range(PEOPLE)
    ]
    watched = asyncio.create_task(_watch(soaked, until))
    faults = asyncio.create_task(go_wrong(redis, until, pause, FAULT_SECONDS))
    await asyncio.gather(watched, *(one.live(until) for one in lives))
    return await faults


async def _watch(soaked: dict[str, Soaked], until: float) -> None:
    while time.monotonic() < until:
        for one in soaked.values():
            one.memory.append((await asyncio.to_thread(group_mb, one.server.processes))["residentMb"])
        await asyncio.sleep(SAMPLE_SECONDS)


def _figures(one: Soaked) -> dict:
    part = max(1, int(len(one.memory) * PART))
    first, last = one.memory[part : 2 * part] or one.memory, one.memory[-part:]
    before, after = statistics.median(first), statistics.median(last)
    return {
        "memoryMb": {"afterWarmUp": before, "atTheEnd": after, "highest": max(one.memory)},
        "memoryCurveMb": one.memory[:: max(1, len(one.memory) // 60)],
        "growth": round(after / before - 1, 4),
        "requests": len(one.heard.milliseconds),
        **spread(one.heard.milliseconds),
        "ends": {
            use: {end: number for (of, end), number in sorted(one.heard.ends.items()) if of == use}
            for use in sorted({use for use, _ in one.heard.ends})
        },
        "wrong": sum(number for (_, end), number in one.heard.ends.items() if end == "wrong"),
    }
