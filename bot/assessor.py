"""One message, one Decision, without Rasa: for the command line and for measuring.

The same parts in the same order as the pipeline of bot/config.yml; a test holds both to the same answers.
"""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from copy import copy
from pathlib import Path, PurePosixPath

from sociale_kaart.places import Gazetteer
from spacy.language import Language

from actions.context import ActionContext, build_context
from actions.triage_object import triage_object
from bot.model_files import model_file, versions
from bot.model_signature import ModelKeys, NotOurModel
from bot.triage.classifier import FILE_NAME, TwoHeadClassifier
from bot.triage.decide import decide
from bot.triage.decision import Decision
from bot.triage.gibberish import is_gibberish
from bot.triage.language import lemmas_of, load_language
from bot.triage.other_language import other_language
from bot.triage.place_question import message_with_place, read_place
from bot.triage.screen import Screen
from bot.triage.shorthand import write_out
from bot.triage.written_out import screen_both, typed_reasons
from bot.typed_text import harmless

CLASSIFIER_FOLDER = "TopicClassifier"


class Assessor:
    """Screens, understands and decides. `model` is the trained Rasa archive."""

    def __init__(self, model: Path, context: ActionContext | None = None) -> None:
        self._screen = Screen.load()
        self._language: Language = load_language()
        self._classifier = read_classifier(model)
        self._gazetteer = Gazetteer.load()
        self._model = model
        self._context = context

    def with_parts(
        self,
        *,
        classifier: TwoHeadClassifier | None = None,
        language: Language | None = None,
        screen: Screen | None = None,
    ) -> Assessor:
        """The same assessor with other parts in the place of its own, to measure what a part is worth."""
        changed = copy(self)
        changed._classifier = classifier or self._classifier
        changed._language = language or self._language
        changed._screen = screen or self._screen
        return changed

    def assess(self, text: str, place: str | None = None, channel: str = "bewoner") -> Decision:
        """What `text` means. `place`, given beside it, counts where it says more than a place."""
        text = harmless(message_with_place(text, place, self._gazetteer.find_in_text(place or "")))
        message = write_out(text, channel)
        lemmas = lemmas_of(message.text, self._language)
        reading = read_place(text, self._gazetteer.find_in_text(text), asked=False)
        prediction, reasons = self._classifier.understand(message.text, lemmas=lemmas, channel=channel)
        decision = decide(
            screen_both(self._screen.check, message),
            prediction,
            reasons=typed_reasons(reasons, message),
            place=reading.name,
            is_place_answer=reading.is_answer,
            is_gibberish=is_gibberish(message.text, self._classifier.known_words),
            language=other_language(message.text),
        )
        return decision.by_itself(channel)

    def triage(self, text: str, place: str | None = None, channel: str = "bewoner") -> dict:
        """The Triage object of the contract."""
        self._context = self._context or build_context()
        triage = triage_object(
            self.assess(text, place, channel).as_dict(),
            place=place,
            channel=channel,
            context=self._context,
            version=versions(self._model, self._context.catalogue.version),
        )
        return self._context.numbers.checked(triage, channel)


def load_assessor(
    model: Path | str | None = None,
    context: ActionContext | None = None,
    keys: ModelKeys | None = None,
) -> Assessor:
    """The assessor on the trained model; raises what `model_file` raises.

    `context` holds catalogue and municipality; by default those of the repository.
    """
    return Assessor(model_file(model, keys), context)


def read_classifier(model: Path) -> TwoHeadClassifier:
    """The classifier inside a trained Rasa archive that was verified, without importing Rasa.

    Of the archive nothing is unpacked but that one plain file. Raises NotOurModel without exactly one.
    """
    with tarfile.open(model) as archive, tempfile.TemporaryDirectory() as folder:
        found = [member for member in archive if _is_classifier(member)]
        if len(found) != 1:
            raise NotOurModel(f"The model {model} is not loaded: it holds no {FILE_NAME}; run `make train`.")
        with (Path(folder) / FILE_NAME).open("wb") as file:
            shutil.copyfileobj(archive.extractfile(found[0]), file)
        return TwoHeadClassifier.load(Path(folder))


def _is_classifier(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    return member.isreg() and path.name == FILE_NAME and CLASSIFIER_FOLDER in path.parent.name
