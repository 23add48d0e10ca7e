"""Gives Rasa the corpus as `bot.triage.corpus` reads it: once, with a fast YAML parser.

Rasa's own file importer reads and validates every file three times during one training,
which took longer than training the classifier. A test holds both to the same reading.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.triage.corpus import Example, load_corpus

CORPUS = Path(__file__).parents[2] / "data" / "nlu"


class CorpusImporter(RasaFileImporter):
    """Domain and rules from files as Rasa does; utterances from data/nlu."""

    def get_nlu_data(self, language: str | None = "nl") -> TrainingData:
        return TrainingData(list(_messages()))


@cache
def _messages() -> tuple[Message, ...]:
    return tuple(_as_message(example) for example in load_corpus(CORPUS))


def _as_message(example: Example) -> Message:
    metadata = {"routes": list(example.routes), "kanaal": example.channel}
    return Message.build(example.text, example.intent, [], metadata, {})
