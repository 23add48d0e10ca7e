"""The chat as a person meets it: everything is found by its role and its accessible name."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Locator, Page, expect

NAME = "Stel uw vraag"
ADDRESS = "/proef"
"""Where `open_chat` puts the page of the imaginary municipality, on the origin of the server."""

FALLBACK = (
    '<p>Is er nu gevaar? Bel <a href="tel:112">112</a>.</p>'
    '<p>Denkt u aan zelfmoord? Bel <a href="tel:113">113</a> of chat op '
    '<a href="https://www.113.nl">113.nl</a>.</p>'
    '<p>Gemeente Proefstad: <a href="tel:14000">14 000</a>.</p>'
)
"""The two lines of the embed hold this for those without JavaScript."""


def embed(attributes: str = "", fallback: str = FALLBACK) -> str:
    return f"<sociale-triage {attributes}>{fallback}</sociale-triage>"


def host_page(
    widget: str | None = None,
    *,
    script: str = "/widget/sociale-triage.js",
    head: str = "",
    before: str = '<p><a href="/proef">Eerst dit</a></p>',
    after: str = '<p><a href="/proef">Daarna dit</a></p>',
    html: str = 'lang="nl"',
) -> str:
    """A page of a municipality with the chat on it."""
    return (
        f'<!doctype html><html {html}><head><meta charset="utf-8"><title>Gemeente Proefstad</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{head}<script src="{script}" defer></script></head><body><main><h1>Hulp in uw buurt</h1>'
        f"{before}{embed() if widget is None else widget}{after}</main></body></html>"
    )


class Chat:
    """The chat on `page`: as a block, or as a panel behind a button (`panel`)."""

    def __init__(self, page: Page, panel: bool = False, inside: Locator | None = None) -> None:
        self.page = page
        scope = inside or page
        self.frame = scope.get_by_role("dialog" if panel else "region", name=NAME, exact=True)
        self.opener = scope.get_by_role("button", name=NAME, exact=True)
        self.log = self.frame.get_by_role("log", name="Gesprek")
        self.box = self.frame.get_by_role("textbox", name="Uw bericht")
        self.send = self.button("Verstuur")
        self.status = self.frame.get_by_role("status")
        self.alert = self.frame.get_by_role("alert")
        self.trouble = self.alert.filter(has_text=re.compile(r"\w"))
        self.danger = self.frame.get_by_role("group", name="Belangrijk: bel eerst")
        self.danger_heading = self.frame.get_by_role("heading", name="Belangrijk: bel eerst")
        self.cards = self.frame.get_by_role("article")
        self.exit = self.link("Snel verlaten")
        self.thumb = self.frame.get_by_role("group", name="Hebt u hier iets aan?")
        self.choices = self.frame.get_by_role("group", name="Kies een antwoord")
        self.suggestions = self.frame.get_by_role("group", name="Waar gaat het over?")

    def button(self, name: str) -> Locator:
        return self.frame.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.frame.get_by_role("link", name=name, exact=True)

    def card(self, name: str) -> Locator:
        """The card of the place called `name`."""
        return self.cards.filter(has=self.page.get_by_role("heading", name=name, exact=True))

    def type(self, text: str) -> None:
        self.box.fill(text)

    def say(self, text: str) -> None:
        self.box.fill(text)
        self.send.click()

    def hears(self, text: str) -> None:
        """Waits until the conversation holds `text`."""
        expect(self.log).to_contain_text(text)

    def ready(self) -> Chat:
        """Waits until the first message is there."""
        expect(self.log).to_contain_text("computer")
        expect(self.send).to_be_enabled()
        return self

    def kept(self) -> dict:
        """What the tab keeps, by key."""
        return json.loads(self.page.evaluate("JSON.stringify({...sessionStorage})"))


def serve_page(page: Page, origin: str, html: str, headers: dict[str, str] | None = None) -> str:
    """Lets `html` stand on `origin`, as if the municipality had put it there. Gives its address."""
    address = origin + ADDRESS
    page.context.route(
        lambda url: url.split("?")[0].split("#")[0] == address,
        lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=html, headers=headers),
    )
    return address


def open_chat(page: Page, origin: str, attributes: str = "", **parts: str) -> Chat:
    """A page with the chat as a block, opened and greeted."""
    page.goto(serve_page(page, origin, host_page(embed(attributes), **parts)))
    return Chat(page).ready()


def open_panel(page: Page, origin: str, attributes: str = "", **parts: str) -> Chat:
    """A page with the chat behind a button, still closed."""
    page.goto(serve_page(page, origin, host_page(embed(f'weergave="knop" {attributes}'), **parts)))
    chat = Chat(page, panel=True)
    expect(chat.opener).to_be_visible()
    return chat


def overflow(page: Page) -> int:
    """By how many CSS pixels the page is wider than the window."""
    return page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
