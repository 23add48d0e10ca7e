"""A conversation as its person could read it, for a human who takes over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered

from actions.number_guard import NumberGuard
from bot.conversations.folding import BEGIN_AGAIN

ASSISTANT = "assistent"
_START = "start"


def transcript(events: Iterable[Event], person: str, numbers: NumberGuard) -> list[dict]:
    """`{"van", "tekst", "tijd"}` for every message, oldest first: `assistent`, or `person`, their channel.

    What the person typed stands there as it was typed; a button by its title. It begins anew where the
    person chose to begin again. `tijd` is a moment in UTC, ISO 8601, to the second.
    """
    titles: dict[str, str] = {}
    lines: list[dict] = []
    for event in events:
        if isinstance(event, ActionExecuted) and event.action_name == BEGIN_AGAIN:
            lines.clear()
        elif isinstance(event, UserUttered) and event.intent.get("name") != _START:
            lines.append(_line(person, titles.get(event.text or "", event.text or ""), event))
        elif isinstance(event, BotUttered):
            titles |= _titles(event.data.get("buttons") or ())
            if event.text:
                lines.append(_line(ASSISTANT, numbers.checked(event.text.strip(), person), event))
    return lines


def _titles(buttons: Iterable[dict]) -> dict[str, str]:
    return {button["payload"]: button["title"] for button in buttons}


def _line(who: str, text: str, event: Event) -> dict:
    moment = datetime.fromtimestamp(event.timestamp, timezone.utc)
    return {"van": who, "tekst": text, "tijd": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}
