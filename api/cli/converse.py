"""`converse`: play conversations through the real assistant and the real actions."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

from api.cli.common import existing_file, print_json, read_settings, readable_errors
from api.cli.conversation_cases import Case, CaseFileError, faults, play, read_cases
from api.cli.errors import CommandError


def add_commands(commands: argparse._SubParsersAction) -> None:
    converse = commands.add_parser("converse", help="play multi-turn cases through the real assistant")
    converse.add_argument("file", metavar="FILE.jsonl", type=existing_file)
    converse.add_argument("--json", action="store_true", help="print one object: n, geslaagd, gezakt")
    converse.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Play every case and print what failed; raises CommandError for a faulty file or a missing model."""
    try:
        cases = read_cases(arguments.file)
    except (CaseFileError, UnicodeDecodeError) as error:
        raise CommandError(str(error)) from error
    outcome = asyncio.run(_play_all(cases))
    if arguments.json:
        print_json(outcome)
    else:
        print(in_words(outcome))
    return 0


async def _play_all(cases: Sequence[Case]) -> dict:
    settings = read_settings()
    with readable_errors():
        from bot.assistant import load_assistant

        assistant = await load_assistant(settings)
    return await play_all(cases, assistant)


async def play_all(cases: Sequence[Case], assistant) -> dict:
    """`{"n", "geslaagd", "gezakt": [{"id", "waarom", "verloop"}]}` of the contract."""
    failed = []
    for case in cases:
        played = await play(case, assistant)
        found = faults(case, played)
        if found:
            failed.append({"id": case.id, "waarom": "; ".join(found), "verloop": played.transcript})
    return {"n": len(cases), "geslaagd": len(cases) - len(failed), "gezakt": failed}


def in_words(outcome: dict) -> str:
    """Each failed conversation as a transcript, and the count."""
    blocks = []
    for one in outcome["gezakt"]:
        lines = "\n".join(one["verloop"]).replace("\n", "\n    ")
        blocks.append(f"GEZAKT {one['id']}: {one['waarom']}\n    {lines}")
    return "\n\n".join([*blocks, f"{outcome['geslaagd']} van {outcome['n']} gesprekken geslaagd"])
