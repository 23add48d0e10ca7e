"""What a screen reader gets to say: roles, names, who speaks, which language, and how often."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import play as say
from tests.browser.chat import open_chat, open_panel

COUNT_ADDITIONS = """log => {
  window.additions = [];
  new MutationObserver(changes => {
    for (const change of changes)
      for (const node of change.addedNodes)
        if (node.textContent.trim()) window.additions.push(node.textContent.trim());
  }).observe(log, { childList: true });
}"""


def found(page, stage, play):
    play.answer(say.turn(say.FOUND))
    chat = open_chat(page, stage.url)
    chat.say("dementie in Proefstad")
    expect(chat.cards).to_have_count(2)
    return chat


def test_the_chat_is_a_named_region_with_a_named_log(page, stage, play):
    chat = open_chat(page, stage.url)
    expect(chat.frame).to_have_count(1)
    expect(chat.log).to_have_attribute("aria-live", "polite")
    expect(chat.log).not_to_have_attribute("aria-atomic", "true")


def test_every_message_starts_with_who_speaks(page, stage, play):
    chat = found(page, stage, play)
    heard = chat.log.aria_snapshot()
    assert "Computer" in heard
    text = chat.log.inner_text()
    assert re.search(r"\bU\b\s*:?\s*dementie in Proefstad", text), text
    assert text.index("Computer") < text.index("Ik ben een computer")


def test_an_answer_is_announced_once(page, stage, play):
    """Only what is added to the log itself is spoken, and an answer is not spoken in pieces or twice."""
    play.answer(say.turn(say.ASK_PLACE))
    chat = open_chat(page, stage.url)
    chat.log.evaluate(COUNT_ADDITIONS)
    chat.say("Ik voel me alleen")
    chat.hears("In welke plaats")
    spoken = page.evaluate("window.additions")
    assert len([text for text in spoken if "In welke plaats" in text]) == 1
    assert chat.log.locator("[aria-live], [role=status], [role=alert]").count() == 0


def test_a_danger_is_not_announced_by_an_alert_as_well(page, stage, play):
    """The focus on its heading speaks; an alert on top would interrupt that."""
    play.answer(say.turn(say.DANGER_112, outcome="spoed_112"))
    chat = open_chat(page, stage.url)
    chat.say("druk op mijn borst")
    expect(chat.danger_heading).to_be_focused()
    expect(chat.frame.get_by_role("alert").filter(has_text="112")).to_have_count(0)


def test_the_typing_state_is_a_status(page, stage, play):
    page.clock.install()
    play.answer(say.held(say.turn(say.ASK_PLACE)))
    chat = open_chat(page, stage.url)
    chat.say("Ik voel me alleen")
    page.clock.run_for(500)
    expect(chat.status.filter(has_text="De computer zoekt een antwoord")).to_have_count(1)
    play.release()
    chat.hears("In welke plaats")
    expect(chat.status.filter(has_text="De computer zoekt een antwoord")).to_have_count(0)


def test_every_field_and_button_has_a_name(page, stage, play):
    chat = found(page, stage, play)
    chat.card("Odensehuis Proefstad").get_by_role("button", name="Dit klopt niet").click()
    tree = chat.frame.aria_snapshot()
    nameless = re.findall(r"- (?:button|link|textbox|radio|group|img|checkbox|heading)(?=:?\s*$)", tree, re.M)
    assert not nameless, tree


def test_the_label_of_the_box_can_be_seen(page, stage, play):
    chat = open_chat(page, stage.url)
    expect(chat.frame.get_by_text("Uw bericht", exact=True)).to_be_visible()
    assert not chat.box.get_attribute("placeholder")


def test_nothing_is_named_by_a_tooltip_only(page, stage, play):
    chat = found(page, stage, play)
    for part in chat.frame.locator("[title]").all():
        assert part.inner_text().strip() or part.get_attribute("aria-hidden") == "true"


def test_the_report_form_is_a_group_with_a_question(page, stage, play):
    card = found(page, stage, play).card("Odensehuis Proefstad")
    card.get_by_role("button", name="Dit klopt niet").click()
    tree = card.aria_snapshot()
    assert re.search(r'(group|radiogroup) ".+"', tree), tree


def test_same_buttons_of_two_cards_can_be_told_apart(page, stage, play):
    """A list of links and buttons, without what stands around them, must still make sense (WCAG 2.4.4)."""
    chat = found(page, stage, play)
    for card in chat.cards.all():
        name = card.get_by_role("heading").first.inner_text()
        button = card.get_by_role("button", name="Dit klopt niet")
        described = button.evaluate(
            """e => (e.getAttribute('aria-describedby') || e.getAttribute('aria-labelledby') || '').split(' ')
                .map(id => id && e.getRootNode().getElementById(id)?.textContent || '').join(' ')
                + (e.getAttribute('aria-label') || '') + e.textContent"""
        )
        labelled = card.get_attribute("aria-labelledby") or card.get_attribute("aria-label")
        assert name in described or labelled, described


def test_headings_go_down_one_step_at_a_time(page, stage, play):
    chat = found(page, stage, play)
    play.answer(say.turn(say.DANGER_112, outcome="spoed_112"))
    chat.say("druk op mijn borst")
    expect(chat.danger).to_be_visible()
    levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", page.aria_snapshot())]
    assert levels[0] == 1
    for before, after in zip(levels, levels[1:], strict=False):
        assert after <= before + 1, levels


@pytest.mark.parametrize(
    ("answer", "language", "direction"), [(say.TURKISH, "tr", "ltr"), (say.ARABIC, "ar", "rtl")]
)
def test_an_answer_in_another_language_is_marked_as_such(page, stage, play, answer, language, direction):
    play.answer(say.turn(answer, outcome="buiten_bereik"))
    chat = open_chat(page, stage.url)
    chat.say("Merhaba")
    words = chat.log.get_by_text(answer["tekst"][:20])
    expect(words).to_be_visible()
    assert words.evaluate("e => e.closest('[lang]').lang") == language
    assert words.evaluate("e => getComputedStyle(e).direction") == direction
    speaker = chat.log.get_by_text("Computer").last
    assert speaker.evaluate("e => e.closest('[lang]')?.lang ?? 'nl'") == "nl"


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "language", "direction"),
    [("Merhaba, yalnız hissediyorum, kimse yok", "tr", "ltr"), ("مرحبا اشعر بالوحدة", "ar", "rtl")],
)
def test_who_writes_in_another_language_is_answered_in_it(page, site, said, language, direction):
    chat = open_chat(page, site.url)
    chat.say(said)
    words = chat.log.locator(f'[lang="{language}"]').first
    expect(words).to_be_visible()
    expect(words).to_have_css("direction", direction)


def test_dutch_is_dutch_on_a_page_in_another_language(page, stage, play):
    chat = open_chat(page, stage.url, html='lang="en"')
    words = chat.log.get_by_text("Ik ben een computer").first
    language = """e => {
      for (let one = e; one; one = one.parentElement || one.getRootNode().host) if (one.lang) return one.lang;
    }"""
    assert words.evaluate(language) == "nl"


def test_a_right_to_left_message_of_yours_reads_right_to_left(page, stage, play):
    chat = open_chat(page, stage.url)
    chat.say("مرحبا اشعر بالوحدة")
    mine = chat.log.get_by_text("مرحبا")
    expect(mine).to_be_visible()
    assert mine.evaluate("e => !!e.closest('[dir=auto], [dir=rtl]')")


def test_the_panel_is_a_named_dialog_that_is_not_modal(page, stage, play):
    chat = open_panel(page, stage.url)
    expect(chat.frame).to_be_hidden()
    chat.opener.click()
    expect(chat.frame).to_be_visible()
    expect(chat.frame).not_to_have_attribute("aria-modal", "true")
    expect(page.get_by_role("link", name="Daarna dit")).to_be_visible()


def test_who_answers_is_a_computer_also_for_who_hears_only_the_last_message(page, stage, play):
    chat = found(page, stage, play)
    last = chat.log.locator("> *").last.inner_text()
    assert last.lstrip().startswith("Computer"), last
