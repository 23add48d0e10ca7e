"""With the keyboard only."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import play as say
from tests.browser.chat import Chat, open_chat, open_panel

FOCUSED = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    name: (one.labels?.[0]?.textContent || one.getAttribute('aria-label') || one.textContent).trim(),
    tag: one.tagName.toLowerCase(),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    shadow: style.boxShadow,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def focused(page: Page) -> dict:
    return page.evaluate(FOCUSED)


def walk(page: Page, key: str = "Tab", most: int = 80) -> list[dict]:
    """What gets the focus from here on, until the page's last link or its body has it."""
    stops = []
    for _ in range(most):
        page.keyboard.press(key)
        stop = focused(page)
        if stop["tag"] == "body" or stop["name"] in ("Daarna dit", "Eerst dit"):
            stops.append(stop)
            return stops
        stops.append(stop)
    raise AssertionError(f"no way out: {[one['name'] for one in stops]}")


def found(page, stage, play) -> Chat:
    play.answer(say.turn(say.FOUND))
    chat = open_chat(page, stage.url)
    chat.box.focus()
    page.keyboard.type("dementie in Proefstad")
    page.keyboard.press("Enter")
    expect(chat.cards).to_have_count(2)
    return chat


def test_a_whole_journey_without_a_mouse(page, stage, play):
    play.answer(say.turn(say.ASK_PLACE), say.turn(say.FOUND))
    chat = open_chat(page, stage.url)
    suggestion = chat.choices.get_by_role("button").first
    suggestion.focus()
    page.keyboard.press("Enter")
    chat.hears("In welke plaats")
    for _ in range(60):
        if focused(page)["tag"] == "textarea":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("Proefstad")
    page.keyboard.press("Enter")
    expect(chat.cards).to_have_count(2)
    chat.card("Odensehuis Proefstad").get_by_text("Waarom deze plek?").focus()
    page.keyboard.press("Enter")
    expect(chat.card("Odensehuis Proefstad").get_by_text("U hebt geen verwijzing nodig.")).to_be_visible()


def test_after_a_press_of_a_button_the_focus_is_not_lost(page, stage, play):
    """The buttons of an answered question are switched off: the next Tab must not start at the top."""
    play.answer(say.turn(say.ASK_PLACE))
    chat = open_chat(page, stage.url)
    chat.choices.get_by_role("button").first.focus()
    page.keyboard.press("Enter")
    chat.hears("In welke plaats")
    assert focused(page)["tag"] != "body"


def test_enter_sends_and_shift_enter_makes_a_new_line(page, stage, play):
    chat = open_chat(page, stage.url)
    chat.box.focus()
    page.keyboard.type("eerste regel")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("tweede regel")
    assert play.said == []
    expect(chat.box).to_have_value("eerste regel\ntweede regel")
    page.keyboard.press("Enter")
    chat.hears("Vertel gerust meer.")
    assert play.said == [{"tekst": "eerste regel\ntweede regel"}]
    expect(chat.box).to_have_value("")


def test_enter_that_ends_a_composed_character_does_not_send(page, stage, play):
    chat = open_chat(page, stage.url)
    chat.type("nog niet")
    chat.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(chat.box).to_have_value("nog niet")
    assert play.said == []


def test_every_stop_has_a_name_and_can_be_seen(page, stage, play):
    found(page, stage, play)
    page.get_by_role("link", name="Eerst dit").focus()
    stops = walk(page)
    assert stops[-1]["name"] == "Daarna dit", "the way through the chat ends on the page's next link"
    for stop in stops[:-1]:
        assert stop["name"], stop
        assert stop["seen"], stop
        assert stop["outline"] >= 2 or stop["shadow"] != "none", stop


def test_backwards_there_is_no_trap_either(page, stage, play):
    found(page, stage, play)
    page.get_by_role("link", name="Daarna dit").focus()
    assert walk(page, "Shift+Tab")[-1]["name"] == "Eerst dit"


def test_the_order_is_the_order_in_which_it_is_seen(page, stage, play):
    open_chat(page, stage.url)
    page.get_by_role("link", name="Eerst dit").focus()
    names = [stop["name"] for stop in walk(page)]
    inside = [names.index(name) for name in ("Steun bij verlies", "Uw bericht", "Verstuur")]
    assert inside == sorted(inside)
    assert names.index("Snel verlaten") < names.index("Uw bericht")
    assert names.index("Bel 112") < names.index("Uw bericht")


def test_the_log_can_be_scrolled_with_the_keyboard(page, stage, play):
    chat = found(page, stage, play)
    scrolls = chat.log.evaluate(
        "e => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY != 'visible'"
    )
    assert not scrolls or chat.log.get_attribute("tabindex") == "0"


def test_a_report_is_made_without_a_mouse_and_the_focus_stays_near(page, stage, play):
    chat = found(page, stage, play)
    card = chat.card("Odensehuis Proefstad")
    card.get_by_role("button", name="Dit klopt niet").focus()
    page.keyboard.press("Enter")
    expect(card.get_by_role("radio").first).to_be_visible()
    card.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(card.get_by_role("radio", name="Dit is verhuisd")).to_be_checked()
    card.get_by_role("button", name="Stuur melding").focus()
    page.keyboard.press("Enter")
    expect(card.get_by_role("button", name="Stuur melding")).to_be_hidden()
    assert play.requests("POST", "/meldingen")[0].body["wat"] == "verhuisd"
    assert focused(page)["tag"] != "body"


def test_the_panel_opens_with_the_focus_in_it_and_gives_it_back(page, stage, play):
    chat = open_panel(page, stage.url)
    expect(chat.opener).to_have_attribute("aria-expanded", "false")
    chat.opener.focus()
    page.keyboard.press("Enter")
    expect(chat.frame).to_be_visible()
    chat.ready()
    assert chat.frame.evaluate("e => e.contains(e.getRootNode().activeElement)")
    chat.button("Sluiten").focus()
    page.keyboard.press("Enter")
    expect(chat.frame).to_be_hidden()
    expect(chat.opener).to_be_focused()
    expect(chat.opener).to_have_attribute("aria-expanded", "false")


def test_escape_closes_the_panel_and_gives_the_focus_back(page, stage, play):
    chat = open_panel(page, stage.url)
    chat.opener.click()
    chat.ready().box.focus()
    page.keyboard.press("Escape")
    expect(chat.frame).to_be_hidden()
    expect(chat.opener).to_be_focused()


def test_the_open_panel_is_no_trap(page, stage, play):
    chat = open_panel(page, stage.url)
    chat.opener.click()
    chat.ready().button("Sluiten").focus()
    assert walk(page)[-1]["name"] in ("Daarna dit", "Eerst dit", "")


def test_what_was_said_is_still_there_when_the_panel_opens_again(page, stage, play):
    chat = open_panel(page, stage.url)
    chat.opener.click()
    chat.ready().say("Ik voel me alleen")
    chat.hears("Vertel gerust meer.")
    chat.type("half getypt")
    chat.button("Sluiten").click()
    chat.opener.click()
    chat.hears("Vertel gerust meer.")
    expect(chat.box).to_have_value("half getypt")
    assert len(play.requests("POST", "/gesprekken")) == 1
