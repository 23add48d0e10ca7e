"""`evaluate`: score a case file, or the whole development exam."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.common import existing_file, open_assessor, print_json
from api.cli.errors import CommandError

if TYPE_CHECKING:
    from bot.triage.evaluation import Answer, Case


def add_commands(commands: argparse._SubParsersAction) -> None:
    evaluate = commands.add_parser(
        "evaluate", help="score a case file (one case a line, JSON); without one, all files of the exam"
    )
    evaluate.add_argument("file", metavar="FILE.jsonl", type=existing_file, nargs="?")
    evaluate.add_argument("--json", action="store_true", help="print one object with the metrics")
    evaluate.add_argument("--errors", action="store_true", help="list each wrong case")
    evaluate.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Put every case to the assessor and print the figures; raises CommandError for a faulty file."""
    from bot.exam import all_answers, exam_files
    from bot.triage.evaluation import metrics, wrong
    from bot.triage.evaluation import run as put_cases

    files = [arguments.file] if arguments.file else exam_files()
    cases = {file.stem: read_file(file) for file in files}
    assess = open_assessor().assess
    answered = {name: put_cases(of_file, assess) for name, of_file in cases.items()}
    figures = {name: metrics(answers) for name, answers in answered.items()}
    total = metrics(all_answers(answered))
    mistakes = [describe(answer) for answer in wrong(all_answers(answered))] if arguments.errors else []
    if arguments.json:
        result = total if arguments.file else {"bestanden": figures, "alles": total}
        print_json({**result, "fouten": mistakes} if arguments.errors else result)
    else:
        table = in_words(total) if arguments.file else table_of_files(figures, total)
        print("\n".join([*table, *confusion_lines(total["verwarring"]), *error_lines(mistakes)]))
    return 0


def read_file(file: Path) -> list[Case]:
    """The cases of a file; raises CommandError that names file and line where it is faulty."""
    from bot.triage.evaluation import CaseFileError, read_cases

    try:
        return read_cases(file)
    except (CaseFileError, UnicodeDecodeError) as error:
        raise CommandError(str(error)) from error


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


def table_of_files(files: Mapping[str, dict], total: dict) -> list[str]:
    """A line per file of the exam and one for all together."""
    columns = {
        "goed": "goedAandeel",
        "verboden": "verbodenAandeel",
        "gevaar": "gevaarRecall",
        "vals alarm": "valsAlarm",
        "route": "routeTop1",
    }
    lines = [f"{'bestand':<22} {'n':>5}" + "".join(f" {column:>10}" for column in columns)]
    for name, figures in {**files, "alles": total}.items():
        shares = "".join(f" {_percent(figures[code]):>10}" for code in columns.values())
        lines.append(f"{name:<22} {figures['n']:>5}{shares}")
    return [*lines, ""]


def confusion_lines(table: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The confusion matrix: a line per expected outcome, a column per given one, under its number."""
    from bot.triage.types import OUTCOMES

    numbers = range(1, len(OUTCOMES) + 1)
    lines = [f"{'verwacht / gegeven':<22}" + "".join(f" {number:>5}" for number in numbers)]
    for number, expected in zip(numbers, OUTCOMES, strict=True):
        given = table.get(expected, {})
        counts = "".join(f" {given.get(code) or '.':>5}" for code in OUTCOMES)
        lines.append(f"{f'{number:>2} {expected}':<22}{counts}")
    return [*lines, ""]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
