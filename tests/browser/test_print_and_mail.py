"""What goes onto paper and into a mail: places, numbers and the date, and nothing of what was typed."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import play as say
from tests.browser.chat import Chat, open_chat

SECRET = "mijn man Kees slaat mij, in Proefstad"

CATCH_PRINT = """
window.printed = null;
const keep = target => target.print = () => {
  const words = root => [...root.childNodes].map(node =>
    node.nodeType === 3 ? node.data
      : (node.shadowRoot ? words(node.shadowRoot) : '') + words(node)).join(' ');
  window.top.printed = words(target.document.body);
  target.dispatchEvent(new Event('afterprint'));
};
keep(window);
"""
"""`print()` keeps the text of the document it prints, also in a frame of its own."""


@pytest.fixture
def chat(page, stage, play) -> Chat:
    page.add_init_script(CATCH_PRINT)
    play.answer(say.turn(say.FOUND))
    chat = open_chat(page, stage.url)
    chat.say(SECRET)
    expect(chat.cards).to_have_count(2)
    return chat


def mail_of(chat: Chat) -> str:
    """The mail that the click writes, decoded."""
    asked: list[str] = []
    session = chat.page.context.new_cdp_session(chat.page)
    session.on("Page.frameRequestedNavigation", lambda event: asked.append(event["url"]))
    session.send("Page.enable")
    chat.button("Mail naar mezelf").click()
    session.send("Page.getFrameTree")
    session.detach()
    return asked[-1]


def test_before_there_is_an_answer_there_is_nothing_to_keep(page, stage, play):
    chat = open_chat(page, stage.url)
    expect(chat.button("Print")).to_be_hidden()
    expect(chat.button("Mail naar mezelf")).to_be_hidden()


def test_a_mail_to_yourself_holds_places_numbers_and_the_date_and_no_word_of_yours(chat):
    mail = mail_of(chat)
    address = urlsplit(mail)
    text = unquote(address.query)
    assert address.path == "", "to nobody yet: only you know your address"
    for fact in ("Odensehuis Proefstad", "Dorpsstraat 1", "050 123 45 67", "088 0767 000"):
        assert fact in text, fact
    assert re.search(r"\b20\d\d\b", text)
    assert "Kees" not in text and "slaat" not in text
    assert "\r\n" in text, "line breaks of a mail, as RFC 6068 asks for"
    assert len(mail) < 2_000, "longer mailto links are cut off or refused by some mail programs"


def test_what_is_printed_holds_the_same(chat):
    chat.button("Print").click()
    chat.page.wait_for_function("window.printed")
    text = chat.page.evaluate("window.printed")
    for fact in ("Odensehuis Proefstad", "Dorpsstraat 1", "050 123 45 67", "088 0767 000"):
        assert fact in text, fact
    assert "Kees" not in text and "slaat" not in text


def test_keeping_asks_nothing_of_any_server(chat, watch):
    before = len(watch.requests)
    mail_of(chat)
    chat.button("Print").click()
    assert [url for url in watch.requests[before:] if not url.startswith("about:")] == []


def test_an_answer_about_danger_at_home_is_not_printed_or_mailed(page, stage, play):
    play.answer(say.turn(say.DANGER_HOME, outcome="onveilig"))
    chat = open_chat(page, stage.url)
    chat.say(SECRET)
    expect(chat.danger).to_be_visible()
    expect(chat.button("Print")).to_be_hidden()
    expect(chat.button("Mail naar mezelf")).to_be_hidden()


def test_after_wiping_nothing_is_left_to_print(chat):
    chat.button("Wis dit gesprek").click()
    expect(chat.cards).to_have_count(0)
    expect(chat.button("Print")).to_be_hidden()
    expect(chat.page.locator("iframe")).to_have_count(0)
