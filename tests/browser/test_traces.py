"""What may be found later: nothing of a talk about danger at home, and nothing after wiping or leaving."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser import play as say
from tests.browser.chat import Chat, embed, host_page, open_chat, serve_page

SECRET = "Kees slaat mij"
NEUTRAL = "https://www.knmi.nl/"
HOME_AND_112 = say.turn(
    say.message("Bel 112.", bel=[say.CALL_112, say.CALL_SAFE_AT_HOME]), outcome="spoed_112"
)
HOME_AND_113 = say.turn(say.DANGER_113, outcome="crisis_113")
HOME_AND_113["triage"]["redenen"] = [{"fragment": "slaat", "wijstOp": "onveilig"}]
UNSAFE = {
    "alone": say.turn(say.DANGER_HOME, outcome="onveilig"),
    "beside 112": HOME_AND_112,
    "beside 113": HOME_AND_113,
}


@pytest.mark.parametrize("kind", UNSAFE)
def test_danger_at_home_leaves_nothing_in_the_tab_and_offers_the_way_out(page, stage, play, kind):
    play.answer(UNSAFE[kind])
    chat = open_chat(page, stage.url)
    chat.say(SECRET)
    expect(chat.danger.get_by_role("link", name="Snel verlaten")).to_be_visible()
    expect(chat.danger).to_contain_text("geschiedenis van uw browser")
    assert chat.kept() == {}
    page.reload()
    Chat(page).ready()
    expect(Chat(page).log).not_to_contain_text("Kees")


def test_a_long_talk_after_danger_at_home_is_not_kept_either(page, stage, play):
    play.answer(UNSAFE["alone"])
    chat = open_chat(page, stage.url)
    chat.say(SECRET)
    expect(chat.danger).to_be_visible()
    for number in range(62):
        chat.say(f"bericht {number}")
        chat.hears(f"bericht {number}")
    expect(chat.log).not_to_contain_text("Kees")
    assert chat.kept() == {}


def test_two_chats_of_different_municipalities_are_both_wiped(page, stage, play, watch):
    watch.expect_foreign(NEUTRAL)
    page.route(NEUTRAL, lambda route: route.fulfill(body="weer", content_type="text/html"))
    widgets = (
        "<div id=een>"
        + embed('gemeente="Assen"')
        + "</div><div id=twee>"
        + embed('gemeente="Emmen"')
        + "</div>"
    )
    page.goto(serve_page(page, stage.url, host_page(widgets)))
    one, two = (Chat(page, inside=page.locator(place)).ready() for place in ("#een", "#twee"))
    one.say("geheim van een")
    one.hears("geheim van een")
    two.say("geheim van twee")
    two.hears("geheim van twee")
    one.exit.click()
    page.wait_for_url(NEUTRAL)
    assert len(play.requests("DELETE")) == 2
    page.goto(stage.url + "/health")
    assert page.evaluate("sessionStorage.length") == 0


def test_wiped_and_begun_again_no_late_word_comes_between(page, stage, play):
    chat = open_chat(page, stage.url)
    chat.button("Wis dit gesprek").click()
    chat.hears("gewist")
    chat.button("Opnieuw beginnen").click()
    chat.ready()
    expect(chat.log).not_to_contain_text("gewist")


def test_half_an_hour_passes_on_an_open_page(page, stage, play):
    page.clock.install(time=datetime(2026, 11, 23, 10, 0))
    chat = open_chat(page, stage.url)
    chat.say("Ik voel me alleen")
    chat.hears("Vertel gerust meer")
    assert chat.kept()
    page.clock.fast_forward("31:00")
    assert chat.kept() == {}
