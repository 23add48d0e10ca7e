"""axe-core on every state in which somebody can find the chat, wide and narrow, with a picture of each."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import play as say
from tests.browser.chat import ADDRESS, Chat, embed, host_page, open_chat, open_panel, serve_page

SIZES = {"breed": {"width": 1280, "height": 900}, "smal": {"width": 320, "height": 640}}
DARK = """<meta name="color-scheme" content="dark">
<style>:root { background: #121212; color: #f2f2f2 } a { color: #9ecbff }</style>"""


def first_message(page: Page, origin: str, play: say.Play) -> Chat:
    return open_chat(page, origin)


def suggestions(page: Page, origin: str, play: say.Play) -> Chat:
    play.municipality = {
        "naam": "Proefstad",
        "logotekst": "Gemeente Proefstad",
        "telefoon": "14 000",
        "website": "https://www.proefstad.example.org",
        "openingstijden": "maandag tot en met vrijdag 9-17 uur",
        "kleuren": {},
    }
    play.suggested = ["Ik voel me vaak alleen", "Ik zorg voor iemand", "Ik heb geldzorgen"]
    return open_chat(page, origin, 'gemeente="Proefstad"')


def choices(page: Page, origin: str, play: say.Play) -> Chat:
    buttons = [
        say.choice("kies_route:rouw", "Steun bij verlies"),
        say.choice("mens", "Ik wil een mens spreken"),
    ]
    play.answer(say.turn(say.message("Ik wil u goed helpen. Waar gaat het om?", knoppen=buttons)))
    chat = open_chat(page, origin)
    chat.say("ik weet het niet")
    chat.hears("Waar gaat het om?")
    return chat


def results(page: Page, origin: str, play: say.Play) -> Chat:
    play.answer(say.turn(say.FOUND))
    chat = open_chat(page, origin)
    chat.say("Mijn man heeft dementie, in Proefstad")
    expect(chat.cards).to_have_count(2)
    return chat


def report_form(page: Page, origin: str, play: say.Play) -> Chat:
    chat = results(page, origin, play)
    card = chat.card("Odensehuis Proefstad")
    card.get_by_text("Waarom deze plek?").click()
    card.get_by_role("button", name="Dit klopt niet").click()
    card.get_by_role("button", name="Stuur melding").click()
    card.get_by_role("radio").first.scroll_into_view_if_needed()
    return chat


def danger(page: Page, origin: str, play: say.Play) -> Chat:
    play.answer(say.turn(say.DANGER_112, outcome="spoed_112"))
    chat = open_chat(page, origin)
    chat.say("druk op mijn borst")
    expect(chat.danger_heading).to_be_focused()
    return chat


def unsafe_at_home(page: Page, origin: str, play: say.Play) -> Chat:
    play.answer(say.turn(say.DANGER_HOME, outcome="onveilig"))
    chat = open_chat(page, origin)
    chat.say("mijn man slaat mij")
    expect(chat.danger_heading).to_be_focused()
    return chat


def other_language(page: Page, origin: str, play: say.Play) -> Chat:
    play.answer(say.turn(say.ARABIC, outcome="buiten_bereik"))
    chat = open_chat(page, origin)
    chat.say("مرحبا")
    chat.hears(say.ARABIC["tekst"])
    return chat


def error(page: Page, origin: str, play: say.Play) -> Chat:
    play.answer(say.LOST)
    chat = open_chat(page, origin)
    chat.say("Ik voel me alleen")
    expect(chat.trouble.first).to_be_visible()
    return chat


def no_opening(page: Page, origin: str, play: say.Play) -> Chat:
    play.opens_with(say.LOST)
    page.goto(serve_page(page, origin, host_page()))
    chat = Chat(page)
    expect(chat.trouble.first).to_be_visible()
    return chat


def slow(page: Page, origin: str, play: say.Play) -> Chat:
    page.clock.install()
    play.answer(say.held(say.turn(say.FOUND)))
    chat = open_chat(page, origin)
    chat.say("Ik voel me alleen")
    page.clock.run_for(11_000)
    return chat


def too_long(page: Page, origin: str, play: say.Play) -> Chat:
    chat = open_chat(page, origin)
    chat.type("a" * 2_050)
    return chat


def wiped(page: Page, origin: str, play: say.Play) -> Chat:
    chat = results(page, origin, play)
    chat.button("Wis dit gesprek").click()
    expect(chat.frame).to_contain_text(re.compile("gewist", re.I))
    return chat


def panel_closed(page: Page, origin: str, play: say.Play) -> Chat:
    return open_panel(page, origin)


def panel_open(page: Page, origin: str, play: say.Play) -> Chat:
    chat = open_panel(page, origin)
    chat.opener.click()
    play.answer(say.turn(say.FOUND))
    chat.ready().say("dementie in Proefstad")
    expect(chat.cards).to_have_count(2)
    return chat


def dark_results(page: Page, origin: str, play: say.Play) -> Chat:
    page.emulate_media(color_scheme="dark")
    play.answer(say.turn(say.FOUND))
    chat = open_chat(page, origin, head=DARK)
    chat.say("dementie")
    expect(chat.cards).to_have_count(2)
    return chat


def dark_danger(page: Page, origin: str, play: say.Play) -> Chat:
    page.emulate_media(color_scheme="dark")
    play.answer(say.turn(say.DANGER_HOME, outcome="onveilig"))
    chat = open_chat(page, origin, head=DARK)
    chat.say("mijn man slaat mij")
    expect(chat.danger_heading).to_be_focused()
    return chat


def forced_colours(page: Page, origin: str, play: say.Play) -> Chat:
    page.emulate_media(forced_colors="active")
    return danger(page, origin, play)


def coloured(page: Page, origin: str, play: say.Play) -> Chat:
    theme = (
        "--utrecht-button-primary-action-background-color: #6b1d5c; --utrecht-link-color: #6b1d5c;"
        "--utrecht-button-border-radius: 24px; --utrecht-document-font-family: Georgia, serif"
    )
    play.answer(say.turn(say.FOUND))
    chat = open_chat(page, origin, head=f"<style>:root {{ {theme} }} body {{ font-family: Georgia }}</style>")
    chat.say("dementie")
    expect(chat.cards).to_have_count(2)
    return chat


def right_to_left(page: Page, origin: str, play: say.Play) -> Chat:
    play.answer(say.turn(say.FOUND))
    chat = open_chat(page, origin, html='lang="ar" dir="rtl"')
    chat.say("dementie")
    expect(chat.cards).to_have_count(2)
    return chat


STATES: dict[str, Callable[[Page, str, say.Play], Chat]] = {
    "eerste-bericht": first_message,
    "suggesties": suggestions,
    "keuzes": choices,
    "resultaten": results,
    "melding": report_form,
    "gevaar": danger,
    "onveilig": unsafe_at_home,
    "andere-taal": other_language,
    "fout": error,
    "niet-te-openen": no_opening,
    "traag": slow,
    "te-lang": too_long,
    "gewist": wiped,
    "paneel-dicht": panel_closed,
    "paneel-open": panel_open,
    "donker": dark_results,
    "donker-gevaar": dark_danger,
    "geforceerde-kleuren": forced_colours,
    "huisstijl": coloured,
    "rechts-naar-links": right_to_left,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_nobody_is_shut_out(state, size, page, stage, play, axe, shoot, watch):
    watch.expect_console("Failed to load resource")
    page.set_viewport_size(SIZES[size])
    page.emulate_media(reduced_motion="reduce")  # a picture of where it ends, not of the way there
    STATES[state](page, stage.url, play)
    shoot(f"{state}-{size}")
    axe(page)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "path"), [("voorbeeldpagina", "/"), ("integratie", "/integratie")])
def test_the_pages_around_the_chat_shut_nobody_out(name, path, size, page, stage, play, axe, shoot):
    page.set_viewport_size(SIZES[size])
    answer = page.goto(stage.url + path)
    assert answer.ok
    if path == "/":
        Chat(page).ready()
    shoot(f"{name}-{size}", full_page=True)
    axe(page)


@pytest.mark.parametrize("size", SIZES)
def test_without_javascript_nobody_is_shut_out(size, open_context, stage, axe, shoot):
    """axe is a script of the tests: it runs beside the page, whose own scripts are off."""
    context = open_context(viewport=SIZES[size])
    context.route("**/*.js", lambda route: route.fulfill(status=404))
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(serve_page(page, stage.url, host_page(script="data:text/javascript,")))
    expect(page.get_by_text("Gemeente Proefstad:")).to_be_visible()
    shoot(f"zonder-javascript-{size}", page)
    axe(page)


def test_two_chats_on_one_page_do_not_share_names_or_ids(page, stage, play, axe):
    page.goto(serve_page(page, stage.url, host_page(embed('id="een"') + embed('id="twee"'))))
    Chat(page, inside=page.locator("#een")).ready()
    Chat(page, inside=page.locator("#twee")).ready()
    axe(page, {"landmark-unique": {"enabled": False}})
    assert page.url.endswith(ADDRESS)
