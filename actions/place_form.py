"""The place question: which place, asked again when unknown, with buttons when several share a name."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import answers
from actions.context import current
from actions.need import need_of
from actions.places import UNKNOWN_PLACE
from actions.uttering import utter

MAX_ATTEMPTS = 2


class ValidatePlaatsForm(FormValidationAction):
    """Asks for a place only where one is needed, at most twice."""

    def name(self) -> str:
        return "validate_plaats_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[str]:
        need = need_of(tracker)
        if need.routes and not answers.needs_place(need.routes, current()):
            return []
        return domain_slots

    def validate_plaats(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> dict[str, Any]:
        """The official name; nothing yet when it is unknown or stands for several places."""
        if value == UNKNOWN_PLACE:
            return {"plaats": UNKNOWN_PLACE, "plaats_keuzes": None}
        match = current().gazetteer.lookup(str(value))
        if match and match.ambiguous:
            return {"plaats": None, "plaats_keuzes": [place.full_name for place in match.candidates[:4]]}
        if match:
            return {"plaats": match.place.full_name, "plaats_keuzes": None}
        attempts = (tracker.get_slot("plaats_pogingen") or 0) + 1
        name = UNKNOWN_PLACE if attempts >= MAX_ATTEMPTS else None
        return {"plaats": name, "plaats_pogingen": attempts, "plaats_keuzes": None}


class ActionAskPlaats(Action):
    """The question itself, in the light of what was answered before."""

    def name(self) -> str:
        return "action_ask_plaats"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        question = answers.ask_place(
            tracker.get_slot("plaats_keuzes") or (), again=bool(tracker.get_slot("plaats_pogingen"))
        )
        utter(dispatcher, [question], current())
        return []
