"""The talk around a question: opening, small talk, a human, not understood, starting again."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import answers
from actions.need import channel_of, decision_of
from actions.places import here
from actions.uttering import utter

MAX_MISUNDERSTOOD = 2

SMALL_TALK = {
    "begroeten": "utter_dag",
    "bedanken": "utter_bedankt",
    "afscheid": "utter_afscheid",
    "privacy": "utter_privacy",
    "wie_ben_je": "utter_wie_ben_je",
}


class ActionStart(Action):
    """Says that this is a computer and what it can do; 112 and 113 at once."""

    def name(self) -> str:
        return "action_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        utter(dispatcher, [answers.greeting(channel_of(tracker), context)], context)
        return []


class ActionPraat(Action):
    """Small talk and questions about us: one named response each."""

    def name(self) -> str:
        return "action_praat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        response = SMALL_TALK[tracker.latest_message["intent"]["name"]]
        utter(dispatcher, [answers.Utterance(response), *_notices(tracker)], here(tracker))
        leaving = _stop_asking() if response == "utter_afscheid" else []
        return leaving + [SlotSet("misverstaan", 0)]


class ActionOpnieuw(Action):
    """Forget what was said; channel and municipality stay."""

    def name(self) -> str:
        return "action_opnieuw"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        utter(dispatcher, [answers.start_again(context)], context)
        return [
            AllSlotsReset(),
            SlotSet("kanaal", channel_of(tracker)),
            SlotSet("gemeente", tracker.get_slot("gemeente")),
            ActiveLoop(None),
        ]


class ActionMens(Action):
    """How to reach a human: the municipality, and the line that listens day and night."""

    def name(self) -> str:
        return "action_mens"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        utter(dispatcher, [*_notices(tracker), answers.human(context)], context)
        return _stop_asking() + [SlotSet("misverstaan", 0), SlotSet("uitkomst", "mens")]


class ActionVerduidelijken(Action):
    """One question with the likeliest readings; after two misunderstandings a human."""

    def name(self) -> str:
        return "action_verduidelijken"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        misunderstood = (tracker.get_slot("misverstaan") or 0) + 1
        if misunderstood > MAX_MISUNDERSTOOD:
            utter(dispatcher, [answers.human(context, not_understood=True)], context)
            return _stop_asking() + [SlotSet("misverstaan", 0), SlotSet("uitkomst", "mens")]
        options = decision_of(tracker).get("options", ())
        utter(dispatcher, [*_notices(tracker), answers.clarify(options, context)], context)
        topic = tracker.get_slot("uitkomst")
        return _stop_asking() + [
            SlotSet("misverstaan", misunderstood),
            SlotSet("uitkomst", None if topic == "mens" else topic),
        ]


class ActionBuitenBereik(Action):
    """Municipal questions and the like: a friendly pointer, no triage. Another language: that language."""

    def name(self) -> str:
        return "action_buiten_bereik"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        utter(
            dispatcher,
            [*_notices(tracker), *answers.not_for_us(decision_of(tracker), context)],
            context,
        )
        return _stop_asking() + [SlotSet("misverstaan", 0)]


def _notices(tracker: Tracker) -> list[answers.Utterance]:
    return answers.lines(decision_of(tracker).get("notices", ()), here(tracker))


def _stop_asking() -> list[EventType]:
    return [ActiveLoop(None), SlotSet("requested_slot", None)]
