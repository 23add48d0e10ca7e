"""The page for integrators: what to put on a municipal site, with that municipality filled in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from sociale_kaart.files import read_yaml
from sociale_kaart.sentences import Sentences

from actions.local_contact import Municipality
from api.middleware import WIDGET_PATH
from api.site_pages import page
from api.without_javascript import fallback_html

DATA = Path(__file__).parents[1] / "data" / "widget"
TOKENS, MEANINGS = DATA / "tokens.yml", DATA / "tokens_uitleg.yml"
NOTICES = DATA / "integratie.yml"

EXAMPLE = "Voorbeeldstad"
"""Stands in the snippets until a municipality is chosen."""


@dataclass(frozen=True)
class Token:
    """A role in the look of the chat: its token names, and what is used without."""

    meaning: str
    names: tuple[str, ...]
    fallback: str
    dark: str | None


@cache
def tokens() -> list[Token]:
    """The design tokens that the chat reads, as `data/widget/tokens.yml` has them."""
    roles = read_yaml(TOKENS)["rollen"]
    meanings = read_yaml(MEANINGS)
    return [
        Token(
            meanings[role],
            tuple(f"--{name}" for name in facts["token"]),
            facts["terugval"],
            facts.get("donker"),
        )
        for role, facts in roles.items()
        if facts["token"]
    ]


def integration_page(origin: str, asked: str, contact: Municipality | None) -> str:
    """HTML of the page. `origin`: of this server; `asked`: the name typed, `contact`: what is known of it."""
    name = contact.name if contact and contact.name else EXAMPLE
    return page(
        "integratie",
        adres=escape(origin),
        gevraagd=escape(asked),
        melding=_notice(asked, contact),
        kort=escape(snippet(origin, name)),
        aanbevolen=escape(snippet(origin, name, fallback_html(contact))),
        los=escape(f"{origin}/widget/zonder-javascript?gemeente={quote(name)}"),
        tokens="\n".join(map(_token_row, tokens())),
        **_copy_texts(),
    )


def snippet(origin: str, municipality: str, fallback: str = "") -> str:
    """The lines for a site: the script and the element, with `fallback` between its tags."""
    within = "\n" + "\n".join(f"  {line}" for line in fallback.splitlines()) + "\n" if fallback else ""
    attributes = f'endpoint="{escape(origin)}" gemeente="{escape(municipality)}"'
    return (
        f'<script src="{escape(origin)}{WIDGET_PATH}" defer></script>\n'
        f"<sociale-triage {attributes}>{within}</sociale-triage>"
    )


def _notice(asked: str, contact: Municipality | None) -> str:
    if not asked:
        return ""
    return f'<p class="melding">{escape(_about(contact))}</p>'


def _about(contact: Municipality | None) -> str:
    say = Sentences.load(NOTICES).say
    if contact is None:
        return say("onbekend")
    known = say("bekend", naam=contact.name)
    return known if contact.phone else f"{known} {say('geen_nummer', naam=contact.name)}"


def _copy_texts() -> dict[str, str]:
    """What the script of the page says: it makes the buttons, because without it they would do nothing."""
    texts = Sentences.load(NOTICES).all()
    return {name: escape(texts[f"kopieren.{name}"]) for name in ("kopieer", "gekopieerd", "mislukt")}


def _token_row(token: Token) -> str:
    names = "<br>".join(f"<code>{escape(name)}</code>" for name in token.names)
    said = escape(Sentences.load(NOTICES).say("donker"))
    dark = f"<br>{said} <code>{escape(token.dark)}</code>" if token.dark else ""
    return (
        f'<tr><th scope="row">{escape(token.meaning)}</th><td>{names}</td>'
        f"<td><code>{escape(token.fallback)}</code>{dark}</td></tr>"
    )
