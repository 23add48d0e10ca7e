"""Once danger was named in a conversation, its number stays in sight in every later answer."""

from __future__ import annotations

from actions.context import ActionContext
from actions.public_json import calls_json


def with_number_in_sight(
    messages: list[dict], danger: str | None, channel: str | None, context: ActionContext
) -> list[dict]:
    """`messages`, and one more that names the number of `danger` where none of them does.

    `danger` is the danger outcome that was named before in this conversation, if any.
    """
    if not danger:
        return messages
    line = context.danger.line(danger)
    calls = calls_json(line.calls, context)
    first = (calls[0]["telefoon"] or calls[0]["naam"]).casefold()
    if any(first in message["tekst"].casefold() for message in messages):
        return messages
    text = context.responses.text(line.response, channel or "bewoner")
    return [
        *messages,
        {"van": "assistent", "tekst": text, "knoppen": [], "initiatieven": [], "bel": calls},
    ]
