"""Gives Rasa the corpus as `bot.triage.corpus` reads it: once, with a fast YAML parser.

Rasa's own file importer reads and validates every file three times during one training,
which took longer than training the classifier. A test holds both to the same reading.
"""

from __future__ import annotations

from functools import cache
from hashlib import md5
from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.triage.corpus import Example, load_corpus

CORPUS = Path(__file__).parents[2] / "data" / "nlu"


class CorpusMessage(Message):
    """An utterance with one fingerprint for life, cheap to copy.

    Rasa hashes every message with all its tokens after every step, for a cache that `bot.training`
    does without, and copies all of them eleven times: together a third of the training time.
    """

    def __deepcopy__(self, memo: dict) -> CorpusMessage:
        """A message with its own table of properties; what stands in it is never changed, only replaced."""
        return CorpusMessage(self.data, set(self.output_properties), self.time, list(self.features))

    def fingerprint(self) -> str:
        """Hash of text and label."""
        if self._cached_fingerprint is None:
            label = f"{self.get(INTENT)} {self.get(METADATA)} {self.get(TEXT)}"
            self._cached_fingerprint = md5(label.encode(), usedforsecurity=False).hexdigest()
        return self._cached_fingerprint


class CorpusImporter(RasaFileImporter):
    """Domain and rules from files as Rasa does; utterances from data/nlu."""

    def get_nlu_data(self, language: str | None = "nl") -> TrainingData:
        return TrainingData(list(_messages()))


@cache
def _messages() -> tuple[Message, ...]:
    return tuple(_as_message(example) for example in load_corpus(CORPUS))


def _as_message(example: Example) -> Message:
    metadata = {"routes": list(example.routes), "kanaal": example.channel}
    return CorpusMessage.build(example.text, example.intent, [], metadata, {})
