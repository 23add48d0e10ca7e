"""A question for help: remember it, show initiatives, show another, look for something else."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import answers
from actions.context import ActionContext
from actions.need import channel_of, need_of, remembered
from actions.places import here, place_in_slot
from actions.uttering import utter


class ActionOnthoudVraag(Action):
    """Remember the need; the municipality of the site is the place until another is named."""

    def name(self) -> str:
        return "action_onthoud_vraag"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        need = need_of(tracker)
        utter(dispatcher, answers.before_the_place(need.outcome, need.notices, context), context)
        events: list[EventType] = [
            SlotSet("uitkomst", need.outcome),
            SlotSet("routes", list(need.routes)),
            SlotSet("getoond", []),
            SlotSet("misverstaan", 0),
            SlotSet("plaats_pogingen", 0),
            SlotSet("plaats_keuzes", None),
        ]
        if not tracker.get_slot("plaats") and tracker.get_slot("gemeente"):
            events.append(SlotSet("plaats", tracker.get_slot("gemeente")))
        return events


class ActionToonInitiatieven(Action):
    """At most three initiatives for the remembered need, near the remembered place."""

    def name(self) -> str:
        return "action_toon_initiatieven"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        need = need_of(tracker)
        if not need.routes:
            place = tracker.get_slot("plaats") or ""
            utter(dispatcher, [answers.Utterance("utter_waarmee_helpen", {"plaats": place})], context)
            return [SlotSet("getoond", [])]
        if need != remembered(tracker):
            utter(dispatcher, answers.before_the_place(need.outcome, need.notices, context), context)
        shown = _show(dispatcher, tracker, context, need.routes, already_shown=())
        return [
            SlotSet("uitkomst", need.outcome),
            SlotSet("routes", list(need.routes)),
            SlotSet("getoond", shown),
            SlotSet("gevaar_gevraagd", False),
        ]


class ActionAndereOptie(Action):
    """The next initiatives for the same need."""

    def name(self) -> str:
        return "action_andere_optie"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        need = need_of(tracker)
        if not need.routes:
            utter(dispatcher, [answers.Utterance("utter_ja_waarmee")], context)
            return []
        seen = tracker.get_slot("getoond") or []
        shown = _show(dispatcher, tracker, context, need.routes, already_shown=seen)
        return [SlotSet("getoond", seen + shown)]


class ActionIetsAnders(Action):
    """Forget the subject, keep the place."""

    def name(self) -> str:
        return "action_iets_anders"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        utter(dispatcher, [answers.other_subject()], here(tracker))
        return [
            SlotSet("uitkomst", None),
            SlotSet("routes", []),
            SlotSet("getoond", []),
            SlotSet("misverstaan", 0),
            ActiveLoop(None),
            SlotSet("requested_slot", None),
        ]


class ActionMedisch(Action):
    """The own GP; no judgement of the complaint."""

    def name(self) -> str:
        return "action_medisch"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        context = here(tracker)
        utter(dispatcher, answers.medical(context), context)
        return [
            SlotSet("uitkomst", "medisch"),
            SlotSet("misverstaan", 0),
            ActiveLoop(None),
            SlotSet("requested_slot", None),
            SlotSet("gevaar_gevraagd", False),
        ]


def _show(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    context: ActionContext,
    routes: tuple[str, ...],
    already_shown: tuple[str, ...] | list[str],
) -> list[str]:
    place = place_in_slot(tracker.get_slot("plaats"), context)
    utterances = answers.social(routes, place, context, tuple(already_shown), channel_of(tracker))
    utter(dispatcher, utterances, context)
    return [result.initiative.id for utterance in utterances for result in utterance.initiatives]
