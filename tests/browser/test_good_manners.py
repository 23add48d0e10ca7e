"""What a careful chat does not do: move the page, ignore a press, or hide what came while it was closed."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser import play as say
from tests.browser.chat import Chat, embed, host_page, open_chat, open_panel, serve_page


@pytest.fixture(autouse=True)
def refusals_are_expected(watch):
    watch.expect_console("Failed to load resource")


def test_opening_never_moves_the_page_of_the_municipality(page, stage, play):
    play.opens_with(say.problem(503, "storing", "Er gaat iets mis", "Straks weer."))
    page.goto(serve_page(page, stage.url, host_page(embed(), before='<div id="ruimte"></div>')))
    page.evaluate("document.getElementById('ruimte').style.height = '2000px'")
    expect(Chat(page).alert).to_contain_text("De chat werkt nu niet")
    assert page.evaluate("scrollY") == 0


def test_who_wants_a_human_does_not_wait_for_an_answer(page, stage, play):
    play.answer(say.held(say.turn(say.ASK_PLACE)), say.turn(say.message("Bel de gemeente.")))
    chat = open_chat(page, stage.url)
    chat.say("Ik voel me alleen")
    chat.button("Ik wil een mens spreken").click()
    chat.hears("Bel de gemeente.")
    expect(chat.box).to_have_value("Ik voel me alleen")
    expect(chat.log).not_to_contain_text("In welke plaats")


def test_a_press_while_waiting_is_answered(page, stage, play):
    play.answer(say.held(say.turn(say.ASK_PLACE)))
    chat = open_chat(page, stage.url)
    chat.say("Ik voel me alleen")
    chat.send.click()
    expect(chat.status).to_contain_text("Wacht nog even")
    assert len(play.said) == 1


def test_without_internet_the_chat_begins_by_itself_when_it_is_back(page, stage, play):
    play.opens_with(say.LOST)
    page.add_init_script("Object.defineProperty(navigator, 'onLine', {get: () => window.verbonden === true})")
    page.goto(serve_page(page, stage.url, host_page()))
    chat = Chat(page)
    expect(chat.alert).to_contain_text("U hebt geen internet")
    page.evaluate("window.verbonden = true; window.dispatchEvent(new Event('online'))")
    chat.ready()


def test_what_an_older_script_kept_does_not_break_it(page, stage, play):
    kept = json.dumps(
        {"id": "x" * 32, "entries": [{"soort": "computer"}], "draft": "", "at": 4_000_000_000_000}
    )
    chat = open_chat(page, stage.url)
    chat.say("Ik voel me alleen")
    chat.hears("Vertel gerust meer")
    page.evaluate(
        "(kept) => Object.keys(sessionStorage).forEach((key) => sessionStorage.setItem(key, kept))", kept
    )
    page.evaluate("window.addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true)")
    page.goto(page.url)
    Chat(page).ready()


def test_an_answer_that_came_while_the_panel_was_closed_is_announced_and_shown(page, stage, play):
    play.answer(say.held(say.turn(say.DANGER_112, outcome="spoed_112")))
    chat = open_panel(page, stage.url)
    chat.opener.click()
    chat.ready()
    chat.say("druk op mijn borst")
    chat.button("Sluiten").click()
    play.release()
    opener = page.get_by_role("button", name="Stel uw vraag (nieuw antwoord)")
    opener.click()
    expect(chat.danger_heading).to_be_focused()
    expect(chat.danger_heading).to_be_in_viewport()


def test_a_panel_that_fills_the_screen_keeps_the_focus(page, stage, play):
    page.set_viewport_size({"width": 360, "height": 700})
    chat = open_panel(page, stage.url)
    chat.opener.click()
    chat.ready()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") in ("sociale-triage", "body")
    page.keyboard.press("Escape")
    expect(chat.opener).to_be_focused()


def test_leaving_stays_in_sight_on_a_small_phone(page, stage, play):
    page.set_viewport_size({"width": 320, "height": 640})
    chat = open_chat(page, stage.url)
    chat.say("Ik voel me alleen")
    chat.hears("Vertel gerust meer")
    expect(chat.exit).to_be_in_viewport()
