"""`safety-report`: what the safety screen catches, misses and alarms at, written to docs/."""

from __future__ import annotations

import argparse

from api.cli.common import open_assessor, readable_errors


def add_commands(commands: argparse._SubParsersAction) -> None:
    report = commands.add_parser(
        "safety-report",
        help="every safety rule against its own examples, and the program on the exam; writes the report "
        "in docs/; exit 1 when an example fails",
    )
    report.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the report and print its outcome; 1 when a rule does not do what its examples say."""
    with readable_errors():
        from bot.exam import answer_exam
        from bot.safety_report.build import PAGE_FILE, build_report, write_report

        report = build_report(answer_exam(open_assessor().assess))
    write_report(report)
    print("\n".join([*in_words(report), f"Geschreven: {PAGE_FILE}"]))
    return 1 if any(rule["fouten"] for rule in report["regels"]) else 0


def in_words(report: dict) -> list[str]:
    """The outcome in Dutch: examples that fail, who reviewed the rules, and the figures of the exam."""
    rules = report["regels"]
    lines = [f"FOUT  {rule['id']}: {text}" for rule in rules for text in rule["fouten"]]
    examples = sum(rule["voorbeeldenWel"] + rule["voorbeeldenNiet"] for rule in rules)
    reviewed = sum(bool(rule["nagekekenDoor"]) for rule in rules)
    lines += [
        f"{len(rules)} regels, {examples} voorbeelden, waarvan {len(lines)} niet zoals bedoeld",
        f"{reviewed} regels nagekeken door een deskundige",
    ]
    total = report["examen"]["totaal"]
    for name, words in (
        ("herkend", "gevaar herkend"),
        ("juisteUitkomst", "juiste antwoord bij gevaar"),
        ("valsAlarm", "vals alarm"),
    ):
        share = total[name]
        lines.append(f"{words}: {share['aantal']} van {share['van']} ({100 * share['aandeel']:.1f} %)")
    return lines
