"""What our graph components leave on a Rasa message for each other."""

from __future__ import annotations

from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.triage.written_out import WrittenOut

WRITTEN_OUT = "written_out"
SCREENING = "screening"
PREDICTION = "prediction"
REASONS = "reasons"
PLACES = "places"
LANGUAGE = "language"
LEMMAS = "lemmas"
GIBBERISH = "gibberish"
DECISION = "decision"


def is_button(message: Message) -> bool:
    """True for the payload of one of our own buttons (`/intent{...}`).

    Typed text never looks like this: the assistant takes the leading slash off.
    """
    return (message.get(TEXT) or "").startswith(INTENT_MESSAGE_PREFIX)


def written_out(message: Message) -> WrittenOut:
    """The message with practice shorthand written out; as typed where nothing wrote it out."""
    return message.get(WRITTEN_OUT) or WrittenOut.unchanged(message.get(TEXT) or "")


def channel_of(tracker: DialogueStateTracker | None) -> str:
    """The channel of the conversation; `bewoner` where none is known."""
    return (tracker.get_slot("kanaal") if tracker else None) or "bewoner"
