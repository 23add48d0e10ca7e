"""`evaluation-report`: how well the program understands, against its targets, written to docs/."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from api.cli.common import open_assessor, read_settings, readable_errors

if TYPE_CHECKING:
    from bot.assessor import Assessor


def add_commands(commands: argparse._SubParsersAction) -> None:
    report = commands.add_parser(
        "evaluation-report",
        help="the program on the whole exam and its conversations, against the targets; "
        "writes the report in docs/",
    )
    report.add_argument(
        "--variants",
        action="store_true",
        help="also train again on parts of the corpus and without lexicon, lemmas and rules (slow); "
        "otherwise those figures stay as published",
    )
    report.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Answer the exam, play its conversations, write the report and print the targets."""
    with readable_errors():
        from bot.evaluation_report.build import PAGE_FILE, build_report, published_variants, write_report
        from bot.exam import answer_exam

        assessor = open_assessor()
        exam = answer_exam(assessor.assess)
        conversations = asyncio.run(play_conversations())
        variants = fresh_variants(assessor) if arguments.variants else published_variants()
        report = build_report(assessor, exam, conversations, variants)
    write_report(report)
    print("\n".join([*in_words(report), f"Geschreven: {PAGE_FILE}"]))
    return 0


async def play_conversations() -> dict[str, dict]:
    """What `converse --json` gives for each file of conversations in the exam, by name."""
    from api.cli.conversation_cases import read_cases
    from api.cli.converse import play_all
    from bot.assistant import load_assistant
    from bot.exam import conversation_files

    assistant = await load_assistant(read_settings())
    return {file.stem: await play_all(read_cases(file), assistant) for file in conversation_files()}


def fresh_variants(assessor: Assessor) -> dict:
    """The learning curve and the ablation on the corpus of this checkout."""
    from bot.evaluation_report.build import CORPUS
    from bot.evaluation_report.variants import measure_variants
    from bot.triage.corpus import load_corpus

    return measure_variants(
        assessor, load_corpus(CORPUS), tell=lambda variant: print(f"meet: {variant}", flush=True)
    )


def in_words(report: dict) -> list[str]:
    """A line per target, in Dutch: asked, measured, and whether that is enough."""
    lines = []
    for target in report["doelen"]:
        bound = f"{'hoogstens' if target['hoogstens'] else 'minstens'} {100 * target['grens']:.0f} %"
        found = "-" if target["cijfer"] is None else f"{100 * target['cijfer']:.1f} %"
        verdict = "gehaald" if target["bereikt"] else "NIET GEHAALD"
        lines.append(f"{target['bestanden']:<12} {target['doel']:<20} {bound:<16} {found:>8}  {verdict}")
    return lines
