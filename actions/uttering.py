"""From utterances to rasa_sdk's dispatcher: the named response, its buttons, its cards and numbers."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.executor import CollectingDispatcher

from actions.answers import Utterance
from actions.context import ActionContext
from actions.public_json import calls_json, initiatives_json


def utter(dispatcher: CollectingDispatcher, utterances: Iterable[Utterance], context: ActionContext) -> None:
    """Send each utterance as its named response; cards and numbers travel as custom JSON."""
    for utterance in utterances:
        dispatcher.utter_message(
            response=utterance.response,
            buttons=[{"title": b.title, "payload": b.payload} for b in utterance.buttons],
            json_message=_custom(utterance, context),
            **utterance.values,
        )


def _custom(utterance: Utterance, context: ActionContext) -> dict | None:
    if not (utterance.initiatives or utterance.calls or utterance.language):
        return None
    return {
        "initiatieven": initiatives_json(utterance.initiatives),
        "bel": calls_json(utterance.calls, context),
        "kort": utterance.brief,
        "taal": utterance.language,
    }
