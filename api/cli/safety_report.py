"""`safety-report`: every safety rule against its own examples."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.cli.common import readable_errors

if TYPE_CHECKING:
    from bot.triage.safety_rules import Rule
    from bot.triage.screen import Screen


@dataclass(frozen=True)
class Row:
    """One rule: how many examples it has, and the examples on which it does not do what they say."""

    rule: Rule
    silent_on: tuple[str, ...]
    fires_on: tuple[str, ...]

    @property
    def faulty(self) -> bool:
        return bool(self.silent_on or self.fires_on)


def add_commands(commands: argparse._SubParsersAction) -> None:
    report = commands.add_parser(
        "safety-report", help="every safety rule against its own examples; exit 1 when one fails"
    )
    report.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one line per rule and one per failing example; 1 when an example fails."""
    with readable_errors():
        from bot.triage.screen import Screen

        screen = Screen.load()
    rows = [check(rule, screen) for rule in screen.rules]
    print("\n".join(in_words(rows, screen.version)))
    return 1 if any(row.faulty for row in rows) else 0


def check(rule: Rule, screen: Screen) -> Row:
    """Put the rule's own examples to the whole screen."""

    def fires(text: str) -> bool:
        return any(hit.rule_id == rule.id for hit in screen.check(text).hits)

    return Row(
        rule=rule,
        silent_on=tuple(text for text in rule.must_fire if not fires(text)),
        fires_on=tuple(text for text in rule.must_not_fire if fires(text)),
    )


def in_words(rows: Sequence[Row], version: str) -> list[str]:
    """The report in Dutch: per rule its examples and who reviewed it, then the totals."""
    lines = [f"Veiligheidsregels, versie {version}", ""]
    for row in rows:
        rule = row.rule
        reviewed = (
            f"nagekeken door {rule.reviewed_by}" if rule.reviewed_by else "niet nagekeken door een arts"
        )
        lines.append(
            f"{'FOUT' if row.faulty else 'goed'}  {rule.id:<45} {rule.action:<17}"
            f" {len(rule.must_fire):>3} wel {len(rule.must_not_fire):>3} niet  {reviewed}"
        )
        lines += [f"      slaat niet aan op: {text}" for text in row.silent_on]
        lines += [f"      slaat ten onrechte aan op: {text}" for text in row.fires_on]
    per_action = Counter(row.rule.action for row in rows)
    examples = sum(len(row.rule.must_fire) + len(row.rule.must_not_fire) for row in rows)
    failing = sum(len(row.silent_on) + len(row.fires_on) for row in rows)
    return [
        *lines,
        "",
        f"{len(rows)} regels ({', '.join(f'{action} {count}' for action, count in per_action.items())})",
        f"{examples} voorbeelden, waarvan {failing} niet zoals bedoeld",
        f"{sum(bool(row.rule.reviewed_by) for row in rows)} regels nagekeken door een deskundige",
    ]
