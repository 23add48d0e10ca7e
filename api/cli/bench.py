"""`bench`: how fast a turn and the safety screen are, how long starting takes, how much memory it needs."""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import resource
import secrets
import sys
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

from api.cli.common import positive, read_settings, readable_errors

TALK = (
    "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?",
    "Groningen",
    "heeft u nog iets anders",
    "ik ben sinds de dood van mijn vrouw erg alleen",
    "ik heb al weken hoofdpijn",
    "ik krijg ineens geen lucht en heb druk op mijn borst",
    "wanneer wordt het vuilnis opgehaald",
    "dank u wel",
)
"""One round of turns: a social question with its place, another option, and every kind of answer."""


SCREENED_CHARACTERS = 200
LENGTHS = (200, 2_000, 20_000, 200_000)
"""Lengths (characters) at which the screen is measured: its cost may grow with length, no faster."""


def add_commands(commands: argparse._SubParsersAction) -> None:
    bench = commands.add_parser(
        "bench",
        help="measure turns, start-up and memory; writes one JSON file",
        description="Measures turns in this process, start-up and memory, writes one JSON file and "
        "prints its path as the last line. The comparison with stock Rasa (`ratios`) is not there yet.",
    )
    bench.add_argument("--rounds", type=positive, default=25, help="rounds of 8 turns (default: 25)")
    bench.add_argument("--output", type=Path, default=Path("build/bench.json"), help="the file to write")
    bench.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, write the file, print its path as the last line."""
    report = asyncio.run(_measure(arguments.rounds))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    turns = report["turnMs"]
    print(f"start-up {report['startUpSeconds']} s, memory {report['memoryMb']} MB")
    print(f"{turns['n']} turns: median {turns['p50']} ms, 95th percentile {turns['p95']} ms")
    screen = report["screen"]
    print(f"safety screen, {SCREENED_CHARACTERS} characters: median {screen['ms']['p50']} ms")
    print(f"  per character, against {LENGTHS[0]} characters: {screen['perCharacterAgainstShortest']}")
    print(arguments.output)
    return 0


async def _measure(rounds: int) -> dict:
    settings = read_settings()
    started = time.perf_counter()
    with readable_errors():
        from bot.assistant import load_assistant

        assistant = await load_assistant(settings)
    start_up = time.perf_counter() - started
    await _talk(assistant)  # the first turns pay for caches; they are not what a turn costs
    milliseconds = [ms for _ in range(rounds) for ms in await _talk(assistant)]
    return {
        "measuredAt": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "version": assistant.version,
        "startUpSeconds": round(start_up, 2),
        "memoryMb": round(resident_mb()),
        "turnMs": percentiles(milliseconds),
        "screen": measure_screen(),
    }


def measure_screen() -> dict:
    """How long the safety screen takes (ms) for messages of 200 characters, and per character as they grow.

    The messages are utterances of the corpus, cut or joined to length.
    """
    from bot.nlu.corpus_importer import CORPUS
    from bot.triage.corpus import load_corpus
    from bot.triage.screen import Screen

    screen = Screen.load()
    texts = [example.text for example in load_corpus(CORPUS)[::7]]
    long_ones = [text[:SCREENED_CHARACTERS] for text in texts if len(text) >= SCREENED_CHARACTERS][:300]
    milliseconds = [_timed(screen.check, text) for text in long_ones]
    everything = ". ".join(texts)
    per_character = {size: _timed(screen.check, everything[:size]) / size for size in LENGTHS}
    shortest = sum(milliseconds) / len(milliseconds) / SCREENED_CHARACTERS
    return {
        "ms": percentiles(milliseconds),
        "perCharacterAgainstShortest": {size: round(ms / shortest, 2) for size, ms in per_character.items()},
    }


def _timed(work: Callable[[str], object], text: str) -> float:
    before = time.perf_counter()
    work(text)
    return (time.perf_counter() - before) * 1000


async def _talk(assistant) -> list[float]:
    conversation_id = f"bench-{secrets.token_hex(8)}"
    await assistant.start(conversation_id, None, "bewoner")
    milliseconds = []
    for text in TALK:
        before = time.perf_counter()
        await assistant.say(conversation_id, text)
        milliseconds.append((time.perf_counter() - before) * 1000)
    await assistant.forget(conversation_id)
    return milliseconds


def percentiles(milliseconds: list[float]) -> dict:
    """Number, median, 95th percentile and highest (ms) of a list that is not empty."""
    ordered = sorted(milliseconds)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)

    return {"n": len(ordered), "p50": at(0.50), "p95": at(0.95), "max": round(ordered[-1], 2)}


def resident_mb() -> float:
    """Memory of this process in MB: what it holds now (Linux), or the most it ever held."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3
