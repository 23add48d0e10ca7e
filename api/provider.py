"""What the HTTP layer expects of the assistant behind it."""

from __future__ import annotations

from typing import Protocol

from bot.turn import Opening, Turn


class Assistant(Protocol):
    """The assistant as HTTP sees it; `bot.assistant` has the real one.

    What is not `async` blocks: call it from a thread.
    """

    version: dict
    """`{"model", "catalogus", "regels"}`: what the answers are based on."""

    async def start(self, conversation_id: str, gemeente: str | None, kanaal: str) -> Opening:
        """Open a conversation; the first Bericht objects, and what is known of the municipality."""

    async def say(self, conversation_id: str, text: str) -> Turn:
        """Answer typed text. A leading `/` is text, never an instruction.

        Raises UnknownConversation.
        """

    async def choose(self, conversation_id: str, choice_id: str) -> Turn:
        """Answer the press of an offered button. Raises UnknownChoice, UnknownConversation."""

    async def exists(self, conversation_id: str) -> bool:
        """Whether the conversation is open."""

    async def last_outcome(self, conversation_id: str) -> str | None:
        """The outcome code of the last turn, None when nothing was said yet. Changes and extends nothing.

        Raises UnknownConversation.
        """

    async def transcript(self, conversation_id: str) -> list[dict]:
        """`{"van", "tekst", "tijd"}` for every message, oldest first, as it was typed.

        Raises UnknownConversation.
        """

    async def forget(self, conversation_id: str) -> None:
        """Leave nothing of the conversation."""

    async def triage(self, text: str, place: str | None, channel: str) -> dict:
        """The Triage object for one message outside a conversation."""

    async def rest(self, conversation_id: str, message: str, sender: str) -> list[dict]:
        """Answers to `sender` in the form of Rasa's REST channel; never an empty list.

        Opens the conversation where there is none. A message that equals the id of a button that it
        offered presses that button; every other message is text.
        """

    def search(self, query: str, place: str | None, kind: str | None, limit: int) -> dict:
        """`{"begrepen", "initiatieven", "waarschuwing"}`, at most `limit` initiatives, best first."""

    def fixed(self, text: str, channel: str) -> Turn:
        """The fixed answer by the rules alone, for when nothing else can answer; needs no store.

        To danger the danger answer of that channel, to anything else the text of `utter_storing`.
        """

    def warn(self, text: str, channel: str = "bewoner") -> dict | None:
        """The fixed danger answer of that channel (`{"uitkomst", "antwoord", "bel"}`) that the rules ask for.

        None where they ask for none.
        """

    def knows(self, initiative_id: str) -> bool:
        """Whether an initiative with that id can be shown now."""

    def initiative(self, initiative_id: str) -> dict | None:
        """The Initiatief object with that id, when it can be shown now."""

    async def tidy(self) -> None:
        """Forget conversations that are too old, also when nobody talks."""

    async def ready(self) -> dict[str, bool]:
        """Whether `model`, `catalogus` and `opslag` (stores) can be used now."""

    def open_conversations(self) -> int | None:
        """How many conversations are in the memory of this process; None where they are elsewhere."""

    def catalogue_freshness(self) -> dict[str, int]:
        """How many entries can be shown whose source is `current` and how many `outdated`."""
