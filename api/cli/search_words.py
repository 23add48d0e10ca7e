"""`learn-search-words`: what the catalogue's search learns from the corpus."""

from __future__ import annotations

import argparse


def add_commands(commands: argparse._SubParsersAction) -> None:
    learn = commands.add_parser(
        "learn-search-words",
        help="learn from the corpus which words ask for which route (zoekwoorden_geleerd.csv)",
    )
    learn.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Write the file and say how much is in it."""
    from bot.search_words import learn_search_words

    print(f"{learn_search_words()} weights learned")
    return 0
