"""A small client of both webhooks, to try them with and to start from. It needs Python 3.10 and httpx.

    python klant.py http://127.0.0.1:8000 --token st_...
    python klant.py http://127.0.0.1:8000 --token st_... --livechat

Type a message, or the number of a button. An empty line ends it. See docs/webhooks-in.md.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

ATTEMPTS = 3
TIMEOUT = 30
"""Seconds. The server itself gives up after TURN_TIMEOUT and answers with a fixed text."""


@dataclass
class Answer:
    """What a person reads, the buttons under it by their title, and who to call."""

    texts: list[str]
    buttons: dict[str, str] = field(default_factory=dict)
    calls: list[dict] = field(default_factory=list)
    danger: str | None = None
    offer: str | None = None


class RestChannel:
    """Rasa's REST channel. Every conversation has a random `sender`, never a name or a number of a person."""

    def __init__(self, http: httpx.Client, sender: str) -> None:
        self._http = http
        self._sender = sender

    def say(self, text: str) -> Answer:
        """Send a text, or the payload of a button."""
        body = {"sender": self._sender, "message": text}
        messages = self._http.post("/webhooks/rest/webhook", json=body).raise_for_status().json()
        buttons = [button for message in messages for button in message.get("buttons", ())]
        extras = [message.get("custom", {}) for message in messages]
        flag = extras[0].get("rode_vlag")
        return Answer(
            texts=[message["text"] for message in messages],
            buttons={button["title"]: button["payload"] for button in buttons},
            calls=[call for extra in extras for call in extra.get("bel", ())],
            danger=flag and flag["actie"],
        )

    press = say


class Livechat:
    """A conversation inside a livechat platform, which has its own id for it."""

    def __init__(self, http: httpx.Client, conversation: str) -> None:
        self._http = http
        self._conversation = conversation

    def open(self, municipality: str | None = None) -> Answer:
        """Begin; the first messages say that this is a computer."""
        return _read(self._ask("openen", gemeente=municipality))

    def say(self, text: str) -> Answer:
        """Send what the person typed."""
        return _read(self._ask("bericht", tekst=text))

    def press(self, choice: str) -> Answer:
        """Send the id of a button."""
        return _read(self._ask("bericht", keuze=choice))

    def transcript(self, agreed_to: str) -> list[dict] | None:
        """What was said, for the human who takes over. Call this only after the person said yes to
        `agreed_to`, the text of the offer, exactly as it was shown."""
        return self._ask("overdracht", toestemming={"akkoord": True, "tekst": agreed_to})["verslag"]

    def close(self) -> None:
        """Let nothing of the conversation remain."""
        self._ask("sluiten")

    def _ask(self, kind: str, **fields: object) -> dict:
        """Send it, and again where the line broke: the same id never leads to a second turn."""
        body = {"soort": kind, "gesprek": self._conversation, "berichtId": secrets.token_hex(8), **fields}
        for attempt in range(ATTEMPTS):
            try:
                return self._http.post("/webhooks/livechat", json=body).raise_for_status().json()
            except httpx.TransportError:
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")


def _read(answer: dict) -> Answer:
    messages = answer["berichten"]
    offer = answer.get("overdracht")
    return Answer(
        texts=[message["tekst"] for message in messages],
        buttons={button["tekst"]: button["id"] for message in messages for button in message["knoppen"]},
        calls=[call for message in messages for call in message["bel"]],
        danger=answer["triage"]["uitkomst"] if offer and offer["reden"] == "gevaar" else None,
        offer=offer and offer["toestemmingstekst"],
    )


def show(answer: Answer) -> None:
    """Texts first, numbers always, buttons last."""
    print(*answer.texts, sep="\n\n")
    for call in answer.calls:
        print(f"  {call['naam']}: {call['telefoon'] or call['url']}")
    for number, title in enumerate(answer.buttons, 1):
        print(f"  [{number}] {title}")


def talk(channel: RestChannel | Livechat, answer: Answer | None, ask: Callable[[str], str]) -> Answer | None:
    """Pass on what is typed until an empty line; the last answer."""
    while typed := ask("> ").strip():
        buttons = list(answer.buttons.values()) if answer else []
        pressed = typed.isdecimal() and 1 <= int(typed) <= len(buttons)
        answer = channel.press(buttons[int(typed) - 1]) if pressed else channel.say(typed)
        show(answer)
        if isinstance(channel, Livechat) and answer.offer and ask(f"\n{answer.offer} (ja/nee) ") == "ja":
            for line in channel.transcript(answer.offer) or ():
                print(f"{line['tijd']} {line['van']}: {line['tekst']}")
    return answer


def main(arguments: list[str] | None = None, ask: Callable[[str], str] = input) -> int:
    """Talk in a terminal; what the server refuses is shown in its own words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--token", default="")
    parser.add_argument("--livechat", action="store_true")
    chosen = parser.parse_args(arguments)
    headers = {"Authorization": f"Bearer {chosen.token}"} if chosen.token else {}
    with httpx.Client(base_url=chosen.address, headers=headers, timeout=TIMEOUT) as http:
        try:
            if not chosen.livechat:
                talk(RestChannel(http, secrets.token_urlsafe(16)), None, ask)
                return 0
            channel = Livechat(http, secrets.token_urlsafe(16))
            opened = channel.open()
            show(opened)
            talk(channel, opened, ask)
            channel.close()
        except httpx.HTTPStatusError as error:
            print(error.response.json()["detail"], file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
