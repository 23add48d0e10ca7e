"""Entry point of `sociale-triage`."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence

from api.cli import (
    ask,
    audit,
    bench,
    bench_catalogue,
    bench_desk,
    bench_widget,
    catalogue,
    clients,
    converse,
    deliveries,
    dependencies,
    evaluate,
    evaluate_search,
    evaluation_report,
    key,
    model,
    practices,
    receivers,
    referrals,
    safety_report,
    search_words,
    server,
    sizing,
    soak,
)
from api.cli.errors import CommandError


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit code (see `api.cli`)."""
    chosen = build_parser().parse_args(arguments)
    if not sys.warnoptions:
        # Warnings of libraries, which a user cannot act on; some libraries undo a mere filter.
        warnings.showwarning = lambda *_, **__: None
    try:
        return chosen.run(chosen)
    except CommandError as error:
        print(f"sociale-triage: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser() -> argparse.ArgumentParser:
    """The whole command line. Every command sets `run`: parsed arguments in, exit code out."""
    parser = argparse.ArgumentParser(
        prog="sociale-triage",
        description="A social signpost for the Netherlands: danger first, then an initiative nearby.",
        epilog="Exit codes: 0 done, 1 the checked data has faults, 2 the command cannot be carried out.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    families = (
        ask,
        evaluate,
        evaluate_search,
        converse,
        catalogue,
        server,
        bench,
        bench_catalogue,
        bench_desk,
        bench_widget,
        soak,
        sizing,
        safety_report,
        evaluation_report,
        search_words,
        key,
        model,
        practices,
        referrals,
        clients,
        receivers,
        deliveries,
        dependencies,
        audit,
    )
    for family in families:
        family.add_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
