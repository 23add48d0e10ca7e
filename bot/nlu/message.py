"""What our graph components leave on a Rasa message for each other."""

from __future__ import annotations

from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

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
