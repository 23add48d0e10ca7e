"""Once danger was named in a conversation, its number stays in sight in every later answer."""

from __future__ import annotations

from actions.context import ActionContext
from actions.public_json import message_json


def with_number_in_sight(
    messages: list[dict], danger: str | None, channel: str | None, context: ActionContext
) -> list[dict]:
    """`messages`, and one more that names the number of `danger` where none of them does.

    `danger` is the danger outcome that was named before in this conversation, if any.
    """
    if not danger:
        return messages
    line = context.danger.line(danger)
    text = context.responses.text(line.response, channel or "bewoner")
    reminder = message_json(text, line.calls, context)
    first = reminder["bel"][0]
    number = (first["telefoon"] or first["naam"]).casefold()
    if any(number in message["tekst"].casefold() for message in messages):
        return messages
    return [*messages, reminder]
