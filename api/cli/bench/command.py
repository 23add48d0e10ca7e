"""`bench`: measure both sides, write one JSON file, print one table."""

from __future__ import annotations

import argparse
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.bench.answers import compare
from api.cli.bench.machine import ROOT, machine, versions
from api.cli.bench.measure import Plan, measure
from api.cli.bench.memory import WAY
from api.cli.bench.page import contents
from api.cli.bench.report import TARGETS, head, of_sides, ratios, table
from api.cli.bench.screen import measure_screen
from api.cli.bench.servers import ours, stock
from api.cli.common import positive, read_settings, readable_errors
from api.cli.measured_run import add_files, leaving_nothing_behind, write_report

if TYPE_CHECKING:
    from bot.triage.corpus import Example


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add `bench` to the command line."""
    bench = commands.add_parser(
        "bench",
        help="measure this program beside stock Rasa with the same model; writes one JSON file",
        description="Starts this program and stock Rasa (`rasa run` and `rasa run actions`) with the same "
        "model, one after the other, and lets 1, 4 and 16 clients talk to each. Prints one table and, as "
        "the last line, the path of one JSON file. Takes minutes and wants a machine that is otherwise idle.",
    )
    bench.add_argument("--rounds", type=positive, default=3, help="times that both are measured (default: 3)")
    add_files(bench, "build/bench.json", "docs/bench.md, its pictures and its JSON")
    bench.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, print the table, write the file, print its path as the last line."""
    if arguments.publish:
        return publish(arguments.publish, ROOT / "docs")
    with leaving_nothing_behind():
        report = bench(arguments.rounds)
    write_report(report, arguments.output)
    print("\n".join([*head(report), "", *table(report), "", str(arguments.output)]))
    return 0


def publish(file: Path, docs: Path) -> int:
    """Write the page, its pictures and its file below `docs`, all or none, and print where they are."""
    from sociale_kaart.files import write_files

    report = json.loads(file.read_text(encoding="utf-8"))
    written = {docs / path: content for path, content in contents(report).items()}
    write_files(written)
    print("\n".join(map(str, written)))
    return 0


def bench(rounds: int) -> dict:
    """One whole run as the report of the contract. Raises CommandError when a side does not answer."""
    model, examples = _trained_model(), trained_examples()
    plan = Plan(examples, rounds)
    report = {
        "measuredAt": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "seed": plan.seed,
        "roundsMeasured": rounds,
        "machine": machine(),
        "versions": versions(model),
        "memoryIs": WAY,
    }
    done = measure(plan, (ours(), stock(model)), lambda line: print(line, flush=True))
    sides = of_sides({name: [one.figures for one in of_side] for name, of_side in done.items()})
    said = {name: [one.said for one in of_side] for name, of_side in done.items()}
    return {
        **report,
        "ratios": ratios(sides["ours"], sides["stock"]),
        "targets": TARGETS,
        "answers": compare(said["ours"], said["stock"]),
        **sides,
        "screen": measure_screen(examples),
    }


def _trained_model() -> Path:
    from bot.model_files import model_file

    with readable_errors():
        return model_file(read_settings().model_path)


def trained_examples() -> list[Example]:
    """The utterances that the model was trained on."""
    from bot.triage.corpus import load_corpus

    return load_corpus(ROOT / "data" / "nlu")
