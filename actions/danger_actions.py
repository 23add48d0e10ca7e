"""Danger, and what follows: the check question answered with yes or no."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import answers
from actions.need import channel_of, decision_of
from actions.places import here
from actions.uttering import utter


class ActionGevaar(Action):
    """The fixed danger answer; any form stops, what was asked before stays remembered."""

    def name(self) -> str:
        return "action_gevaar"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        decision = decision_of(tracker)
        outcome = decision.get("outcome") or tracker.latest_message["intent"]["name"]
        utter(
            dispatcher,
            answers.danger({**decision, "outcome": outcome}, channel_of(tracker), context),
            context,
        )
        return [
            SlotSet("gevaar", outcome),
            SlotSet("gevaar_gevraagd", bool(decision.get("soft"))),
            SlotSet("uitkomst", outcome),
            SlotSet("misverstaan", 0),
            ActiveLoop(None),
            SlotSet("requested_slot", None),
        ]


class ActionBevestigen(Action):
    """Yes: to the check question it is danger after all; otherwise, tell me more."""

    def name(self) -> str:
        return "action_bevestigen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        if not tracker.get_slot("gevaar_gevraagd"):
            utter(dispatcher, [answers.Utterance("utter_ja_waarmee")], context)
            return []
        outcome = tracker.get_slot("gevaar")
        utter(
            dispatcher,
            answers.danger({"outcome": outcome}, channel_of(tracker), context),
            context,
        )
        return [SlotSet("gevaar_gevraagd", False), SlotSet("uitkomst", outcome)]


class ActionOntkennen(Action):
    """No: to the check question the talk goes on; the number stays in sight (bot/number_in_sight.py)."""

    def name(self) -> str:
        return "action_ontkennen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        if not tracker.get_slot("gevaar"):
            utter(dispatcher, [answers.Utterance("utter_nee_waarmee")], context)
            return []
        utter(dispatcher, [answers.Utterance("utter_gevaar_misverstaan")], context)
        outcome = "sociaal" if tracker.get_slot("routes") else "verduidelijken"
        return [SlotSet("gevaar_gevraagd", False), SlotSet("uitkomst", outcome)]
