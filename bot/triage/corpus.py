"""The utterances of `data/nlu/`, read without Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sociale_kaart.yaml_text import read_yaml_text

from bot.triage.types import CHANNELS, DIALOGUE_ACTS, OUTCOMES, ROUTES, SOCIAL

INTENTS: tuple[str, ...] = OUTCOMES + tuple(DIALOGUE_ACTS)
"""Every label an utterance can have: the ten outcomes, then the dialogue acts."""


class CorpusError(ValueError):
    """A file of the corpus is not what data/nlu/README.md describes."""


@dataclass(frozen=True)
class Example:
    """One utterance with its label, its routes (best first) and the channel it came in by.

    `lemmas` are the utterance's lemmas joined by spaces; empty where no language model ran.
    """

    text: str
    intent: str
    routes: tuple[str, ...] = ()
    channel: str = "bewoner"
    lemmas: str = ""


def load_corpus(folder: Path) -> list[Example]:
    """All examples of the `*.yml` files in `folder`, in file order.

    Raises CorpusError that names file and group when a label, route or channel is unknown.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise CorpusError(f"{folder}: no .yml files; expected the corpus of data/nlu/README.md")
    return [example for file in files for example in read_file(file)]


def read_file(file: Path) -> Iterator[Example]:
    """The examples of one Rasa NLU file; groups without an intent (synonyms, lookups) are skipped."""
    content = read_yaml_text(file.read_text(encoding="utf-8")) or {}
    for number, group in enumerate(content.get("nlu") or [], start=1):
        if "intent" in group:
            yield from _examples(group, f"{file.name}, group {number}")


def _examples(group: dict, where: str) -> Iterator[Example]:
    intent = group["intent"]
    metadata = group.get("metadata") or {}
    routes = tuple(metadata.get("routes") or ())
    channel = metadata.get("kanaal", "bewoner")
    _check(where, intent, routes, channel)
    for line in group["examples"].splitlines():
        if not line.startswith("-"):
            raise CorpusError(f"{where}: every example starts with '- ', this line does not: {line[:40]!r}")
        yield Example(line[1:].strip(), intent, routes, channel)


def _check(where: str, intent: str, routes: tuple[str, ...], channel: str) -> None:
    if intent not in INTENTS:
        raise CorpusError(f"{where}: unknown intent {intent!r}; use one of {', '.join(INTENTS)}")
    if channel not in CHANNELS:
        raise CorpusError(f"{where}: unknown kanaal {channel!r}; use one of {', '.join(CHANNELS)}")
    unknown = [route for route in routes if route not in ROUTES]
    if unknown:
        raise CorpusError(f"{where}: unknown routes {unknown}; use codes of INTERFACE.md")
    if bool(routes) != (intent in SOCIAL):
        raise CorpusError(
            f"{where}: {intent} with routes {list(routes)}; only sociaal and gemengd have routes"
        )
