"""`audit-dependencies`: known vulnerabilities in what we install."""

from __future__ import annotations

import argparse
from datetime import date


def add_commands(commands: argparse._SubParsersAction) -> None:
    audit = commands.add_parser(
        "audit-dependencies",
        help="every locked package against the advisories of data/security, without a network",
    )
    shown = audit.add_mutually_exclusive_group()
    shown.add_argument("--table", action="store_true", help="print the accepted findings as Markdown instead")
    shown.add_argument(
        "--pip-audit", action="store_true", help="print the command for an audit over the network"
    )
    audit.set_defaults(run=run_audit)


def run_audit(arguments: argparse.Namespace) -> int:
    """Print what is found; 1 where a finding is not accepted or an acceptance is due for review."""
    from api.cli import advisories

    known, lock = advisories.read_advisories(), advisories.read_lock()
    if arguments.table or arguments.pip_audit:
        print((advisories.accepted_table if arguments.table else advisories.pip_audit_command)(known))
        return 0
    found = advisories.faults(known, lock) + advisories.overdue(known, date.today())
    print("\n".join(found or ["No finding that is not accepted."]))
    accepted = sum(bool(one.accepted) for one in known)
    print(
        f"{len(lock)} packages, {len(known)} advisories, {accepted} accepted (docs/dependencies.md), "
        f"looked up until {max(one.looked_up for one in known)}: what came later is not in it."
    )
    return 1 if found else 0
