"""Quick exit: somebody looks over a shoulder, and a moment later there is nothing to see."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import play as say
from tests.browser.chat import ADDRESS, Chat, embed, host_page, open_chat, open_panel, serve_page

NEUTRAL = "https://www.knmi.nl/"
ELSEWHERE = "https://www.example.org/weer"
SECRET = "mijn man slaat mij"


@pytest.fixture
def talk(page, stage, play, watch) -> Chat:
    """A talk that nobody else may see, started from another page of the site."""
    watch.expect_foreign(NEUTRAL)
    play.answer(say.turn(say.DANGER_HOME, outcome="onveilig"))
    page.goto(f"{stage.url}/health")
    chat = open_chat(page, stage.url)
    chat.say(SECRET)
    expect(chat.danger).to_be_visible()
    return chat


def leave(chat: Chat) -> None:
    chat.exit.first.click()
    chat.page.wait_for_url(NEUTRAL)


def test_one_click_goes_to_a_neutral_page(talk):
    leave(talk)
    expect(talk.page.get_by_role("heading", name="Elders")).to_be_visible()


def test_the_way_out_is_a_link_that_works_without_the_script_too(talk):
    expect(talk.exit.first).to_have_attribute("href", NEUTRAL)


def test_the_municipality_chooses_where_to(page, stage, play, watch):
    watch.expect_foreign(ELSEWHERE)
    chat = open_chat(page, stage.url, f'verlaat-naar="{ELSEWHERE}"')
    chat.exit.first.click()
    page.wait_for_url(ELSEWHERE)


def test_a_target_that_is_no_web_address_is_not_followed(page, stage, play):
    chat = open_chat(page, stage.url, 'verlaat-naar="javascript:alert(1)"')
    expect(chat.exit.first).to_have_attribute("href", NEUTRAL)


def test_the_server_is_told_to_forget(talk, play):
    leave(talk)
    assert [one.path for one in play.requests("DELETE")] == ["/gesprekken/" + "1".rjust(32, "0")]


def test_nothing_of_the_talk_stays_on_the_real_server(page, fake_site, watch):
    watch.expect_foreign(NEUTRAL)
    chat = open_chat(page, fake_site.url)
    chat.say(SECRET)
    chat.hears("Kijk eens hier.")
    [conversation] = fake_site.assistant.open
    leave(chat)
    known = f"{fake_site.url}/v1/gesprekken/{conversation}"
    assert page.request.delete(known).status == 404 or not fake_site.assistant.open


def test_the_back_button_does_not_bring_the_talk_back(talk):
    leave(talk)
    talk.page.go_back()
    expect(talk.page.get_by_text(SECRET)).to_have_count(0)
    expect(talk.danger).to_have_count(0)


def test_the_page_of_the_talk_is_gone_from_the_history(talk):
    leave(talk)
    talk.page.go_back()
    assert not talk.page.url.endswith(ADDRESS)


def test_nothing_is_kept_in_the_tab(talk, stage):
    leave(talk)
    talk.page.goto(stage.url + ADDRESS)
    again = Chat(talk.page).ready()
    assert SECRET not in str(again.kept()) and "Veilig Thuis" not in str(again.kept())
    expect(again.log).not_to_contain_text(SECRET)


def test_the_talk_is_out_of_sight_even_while_the_neutral_page_is_slow(talk):
    talk.page.context.route(
        NEUTRAL, lambda route: route.fulfill(status=204)
    )  # 204: the page stays where it is
    talk.exit.first.click()
    expect(talk.page.get_by_text(SECRET)).to_have_count(0)
    expect(talk.danger).to_have_count(0)


def test_escape_twice_leaves_from_anywhere_on_the_page(talk):
    talk.page.get_by_role("link", name="Daarna dit").focus()
    talk.page.keyboard.press("Escape")
    talk.page.keyboard.press("Escape")
    talk.page.wait_for_url(NEUTRAL)


def test_escape_twice_leaves_from_within_the_box(talk):
    talk.box.focus()
    talk.page.keyboard.press("Escape")
    talk.page.keyboard.press("Escape")
    talk.page.wait_for_url(NEUTRAL)


def test_escape_once_does_not_leave(talk):
    talk.page.keyboard.press("Escape")
    expect(talk.danger).to_be_visible()
    assert talk.page.url.endswith(ADDRESS)


def test_two_slow_escapes_do_not_leave(page, stage, play):
    page.clock.install()
    chat = open_chat(page, stage.url)
    page.keyboard.press("Escape")
    page.clock.run_for(2_000)
    page.keyboard.press("Escape")
    expect(chat.log).to_be_visible()
    assert page.url.endswith(ADDRESS)


def test_a_key_held_down_is_not_two_presses(page, stage, play):
    chat = open_chat(page, stage.url)
    page.keyboard.down("Escape")
    page.keyboard.down("Escape")
    page.keyboard.up("Escape")
    expect(chat.log).to_be_visible()
    assert page.url.endswith(ADDRESS)


def test_in_the_panel_the_first_escape_closes_and_the_second_leaves(page, stage, play, watch):
    watch.expect_foreign(NEUTRAL)
    chat = open_panel(page, stage.url)
    chat.opener.click()
    chat.ready()
    page.keyboard.press("Escape")
    expect(chat.frame).to_be_hidden()
    page.keyboard.press("Escape")
    page.wait_for_url(NEUTRAL)


def test_another_tab_stays_as_it_is(talk, stage):
    other = talk.page.context.new_page()
    chat = Chat(other)
    other.goto(f"{stage.url}{ADDRESS}")
    chat.ready().type("iets anders")
    leave(talk)
    expect(chat.box).to_have_value("iets anders")


def test_quick_exit_works_while_the_server_is_silent(page, stage, play, watch):
    watch.expect_foreign(NEUTRAL)
    play.answer(say.held(say.turn(say.ASK_PLACE)))
    chat = open_chat(page, stage.url)
    chat.say(SECRET)
    leave(chat)
    expect(page.get_by_role("heading", name="Elders")).to_be_visible()


def test_two_widgets_are_both_wiped(page, stage, play, watch):
    watch.expect_foreign(NEUTRAL)
    page.goto(serve_page(page, stage.url, host_page(embed('id="een"') + embed('id="twee"'))))
    one, two = (Chat(page, inside=page.locator(f"#{name}")) for name in ("een", "twee"))
    one.ready().say(SECRET)
    two.ready().say(SECRET)
    expect(page.get_by_text("Vertel gerust meer.")).to_have_count(2)
    leave(one)
    page.go_back()
    expect(page.get_by_text(SECRET)).to_have_count(0)
