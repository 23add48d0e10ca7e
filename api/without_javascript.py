"""What stands where the chat would stand, without JavaScript: the help lines and the municipality's contact.

The texts are in data/widget/zonder_javascript.yml. They are put between the tags of the chat element, on our
own pages and in the snippet for other sites; one HTML for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from sociale_kaart.files import read_yaml
from sociale_kaart.phones import digits

from actions.local_contact import Municipality

DATA = Path(__file__).parents[1] / "data"
TEXTS = DATA / "widget" / "zonder_javascript.yml"
OTHER_LANGUAGES = DATA / "answers" / "andere_talen.yml"

_RIGHT_TO_LEFT = frozenset({"ar"})


@cache
def texts() -> dict:
    """The file with the texts, as it stands."""
    return read_yaml(TEXTS)


def fallback_html(contact: Municipality | None, on_a_page_of_its_own: bool = False) -> str:
    """The lines to put between the tags of the chat element; everything in them is escaped.

    `contact`: whose number is given; None where a municipality still has to fill it in.
    `on_a_page_of_its_own`: there is no chat to speak of, and nobody will fill in anything.
    """
    said = texts()
    numbers = "\n".join(f"  <li>{_help_line(line)}</li>" for line in said["nummers"])
    opening = "inleiding_eigen_pagina" if on_a_page_of_its_own else "inleiding"
    title = f"<p><strong>{escape(said[opening])}</strong></p>"
    after = [
        escape(f"{said['open']} {said['niet_bellen']}"),
        _doctor(contact or Municipality()),
        " ".join(_municipality(contact, "eigen_pagina" if on_a_page_of_its_own else "plek")),
    ]
    return "\n".join([title, "<ul>", numbers, "</ul>", *(f"<p>{part}</p>" for part in after)])


def other_languages_html() -> str:
    """The emergency numbers in the other languages that the chat knows, each marked as such."""
    responses = read_yaml(OTHER_LANGUAGES)["responses"]
    sections = []
    for code, name in texts()["talen"].items():
        lines = responses[f"utter_nummers_{code}"][0]["text"].strip().splitlines()
        direction = ' dir="rtl"' if code in _RIGHT_TO_LEFT else ""
        items = "\n".join(f"  <li>{_with_call_links(line)}</li>" for line in lines if line.strip())
        sections.append(
            f'<section lang="{code}"{direction}>\n<h3>{escape(name)}</h3>\n<ul>\n{items}\n</ul>\n</section>'
        )
    return "\n".join(sections)


def _help_line(line: dict) -> str:
    call = f"{escape(line['vraag'])} {_call_link(line['bel'], line['telefoon'])}"
    if "site" in line:
        call += f" {escape(line['site_inleiding'])} {_link(line['site_naam'], line['site'])}"
    return call


def _doctor(contact: Municipality) -> str:
    said = texts()["dokter"]
    number = contact.out_of_hours_gp_phone
    post = f": {_call_link(number, number)}." if number else "."
    return f"{escape(said['overdag'])} {escape(said['post'])}{post}"


def _municipality(contact: Municipality | None, without: str) -> Iterator[str]:
    """Sentences about how to reach a human; the text called `without` where the municipality is not known."""
    said = texts()["gemeente"]
    yield escape(said["vraag"])
    if contact is None:
        yield escape(said[without])
        return
    name = said["met_naam"].format(naam=contact.name) if contact.name else said["zonder_naam"]
    if contact.phone:
        call = _call_link(said["bel"].format(naam=name, telefoon=contact.phone), contact.phone)
        yield f"{call}{_hours(contact.opening_hours)}."
    if contact.website:
        yield f"{escape(said['kijk'])} {_link(_site_name(contact.website), contact.website)}."
    if not contact.phone and not contact.website:
        yield escape(said["site_onbekend"].format(naam=name))
    if contact.team and contact.team.name and contact.team.phone:
        team = said["team"].format(naam=contact.team.name, telefoon=contact.team.phone)
        yield f"{_call_link(team, contact.team.phone)}{_hours(contact.team.opening_hours)}."


def _hours(opening_hours: str | None) -> str:
    return f" ({escape(opening_hours)})" if opening_hours else ""


def _call_link(text: str, phone: str) -> str:
    return f'<a href="tel:{digits(phone)}">{escape(text)}</a>'


def _link(text: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def _site_name(address: str) -> str:
    return address.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def _with_call_links(line: str) -> str:
    """An escaped line in which the numbers of the help lines can be tapped.

    They read from left to right in every language: loose in Arabic text, `0800-2000` shows as `2000-0800`.
    """
    words = escape(line)
    for phone in (help_line["telefoon"] for help_line in texts()["nummers"]):
        words = words.replace(phone, f'<bdi dir="ltr">{_call_link(phone, phone)}</bdi>')
    return words
