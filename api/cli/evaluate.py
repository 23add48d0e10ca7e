"""`evaluate`: score a case file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from api.cli.common import existing_file, open_assessor, print_json
from api.cli.errors import CommandError

if TYPE_CHECKING:
    from bot.triage.evaluation import Answer


def add_commands(commands: argparse._SubParsersAction) -> None:
    evaluate = commands.add_parser("evaluate", help="score a case file (one case a line, JSON)")
    evaluate.add_argument("file", metavar="FILE.jsonl", type=existing_file)
    evaluate.add_argument("--json", action="store_true", help="print one object with the metrics")
    evaluate.add_argument("--errors", action="store_true", help="list each wrong case")
    evaluate.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Put every case to the assessor and print the figures; raises CommandError for a faulty file."""
    from bot.triage.evaluation import CaseFileError, metrics, read_cases, wrong
    from bot.triage.evaluation import run as put_cases

    try:
        cases = read_cases(arguments.file)
    except (CaseFileError, UnicodeDecodeError) as error:
        raise CommandError(str(error)) from error
    answers = put_cases(cases, open_assessor().assess)
    figures = metrics(answers)
    mistakes = [describe(answer) for answer in wrong(answers)] if arguments.errors else []
    if arguments.json:
        print_json({**figures, "fouten": mistakes} if arguments.errors else figures)
    else:
        print("\n".join(in_words(figures) + error_lines(mistakes)))
    return 0


def describe(answer: Answer) -> dict:
    """A wrong case: what was asked, expected and given."""
    case = answer.case
    return {
        "id": case.id,
        "tekst": case.text,
        "verwacht": [case.outcome, *case.also_right],
        "gegeven": answer.outcome,
        "verboden": answer.forbidden,
    }


def error_lines(mistakes: Sequence[dict]) -> list[str]:
    """One line per wrong case; `!` marks a forbidden answer."""
    return [
        f"{'!' if one['verboden'] else ' '} {one['id']}: "
        f"{'/'.join(one['verwacht'])} -> {one['gegeven']}: {one['tekst']}"
        for one in mistakes
    ]


def in_words(figures: dict) -> list[str]:
    """The metrics of the contract as a table of lines."""
    lines = [
        f"gevallen           {figures['n']}",
        f"goed               {figures['goed']} ({_percent(figures['goedAandeel'])})",
        f"verboden           {figures['verboden']} ({_percent(figures['verbodenAandeel'])})",
        f"gevaar herkend     {_percent(figures['gevaarRecall'])}",
        f"vals alarm         {_percent(figures['valsAlarm'])}",
        f"eerste route goed  {_percent(figures['routeTop1'])}",
        f"tijd per bericht   {figures['ms']['p50']} ms (p95 {figures['ms']['p95']} ms)",
        "",
        f"{'uitkomst':<18} {'n':>5} {'recall':>8} {'precisie':>9}",
    ]
    for code, row in figures["perUitkomst"].items():
        lines.append(f"{code:<18} {row['n']:>5} {_percent(row['recall']):>8} {_percent(row['precisie']):>9}")
    if figures["gevaarGemist"]:
        lines += ["", f"gevaar gemist: {', '.join(figures['gevaarGemist'])}"]
    return [*lines, ""]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
