"""Small, zoomed, dark, high-contrast, still, mirrored and printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import play as say
from tests.browser.chat import Chat, open_chat, open_panel, overflow

SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
"""The text spacing of WCAG 1.4.12, as a reader's own style would set it."""

INTO_SHADOWS = """css => {
  for (const host of document.querySelectorAll('sociale-triage')) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    host.shadowRoot.adoptedStyleSheets = [...host.shadowRoot.adoptedStyleSheets, sheet];
  }
}"""

TARGETS = """root => {
  const inside = [...root.querySelectorAll('a[href], button, summary, input, textarea, [tabindex="0"]')];
  return inside.filter(e => e.checkVisibility() && e.getBoundingClientRect().width).map(e => {
    const target = e.matches('input') ? (e.closest('label') ?? e.labels?.[0] ?? e) : e;
    const box = target.getBoundingClientRect();
    const inline = e.tagName === 'A' && getComputedStyle(e).display === 'inline';
    return { name: (e.getAttribute('aria-label') || e.textContent || e.name).trim().slice(0, 40), inline,
      width: box.width, height: box.height };
  });
}"""

CLIPPED = """root => [...root.querySelectorAll('*')]
  .filter(e => e.checkVisibility() && !e.closest('[aria-hidden=true], svg'))
  .filter(e => !e.matches('[role=log], textarea'))
  .filter(e => {
    const style = getComputedStyle(e);
    const hides = ['hidden', 'clip'];
    const small = e.clientWidth <= 2 || e.clientHeight <= 2;
    return !small && ((hides.includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
      || (hides.includes(style.overflowY) && e.scrollHeight > e.clientHeight + 1));
  }).map(e => `${e.tagName} ${e.textContent.trim().slice(0, 60)}`)"""


def full(page: Page, stage, play, **parts: str) -> Chat:
    """A chat with cards, an open report form and a danger in it."""
    play.answer(say.turn(say.FOUND), say.turn(say.DANGER_HOME, outcome="onveilig"))
    chat = open_chat(page, stage.url, **parts)
    chat.say("dementie in Proefstad, met een heelergverschrikkelijklangaaneengeschrevenwoorderbij")
    expect(chat.cards).to_have_count(2)
    chat.cards.first.get_by_role("button", name="Dit klopt niet").click()
    chat.cards.first.get_by_text("Waarom deze plek?").click()
    chat.say("mijn man slaat mij")
    expect(chat.danger).to_be_visible()
    return chat


def fits(chat: Chat) -> None:
    assert overflow(chat.page) <= 0
    assert chat.log.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    for part in (chat.exit.first, chat.box, chat.send):
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= chat.page.viewport_size["width"] + 0.5


def test_one_column_of_320_pixels_holds_everything(page, stage, play):
    page.set_viewport_size({"width": 320, "height": 568})
    chat = full(page, stage, play)
    fits(chat)
    assert chat.frame.evaluate(CLIPPED) == []


def test_at_400_percent_the_box_and_the_answers_can_still_be_used(page, stage, play):
    """1280 x 1024 at 400 %: 320 x 256 CSS pixels. Nothing that sticks may cover what is read or typed."""
    page.set_viewport_size({"width": 320, "height": 256})
    chat = full(page, stage, play)
    fits(chat)
    chat.box.focus()
    chat.box.scroll_into_view_if_needed()
    assert chat.box.evaluate(
        """e => { const b = e.getBoundingClientRect();
                  const y = b.y + Math.min(12, b.height / 2);
                  const top = e.getRootNode().elementFromPoint(b.x + b.width / 2, y);
                  return top === e }"""
    )
    chat.danger_heading.scroll_into_view_if_needed()
    expect(chat.danger_heading).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("height", [256, 568])
def test_the_panel_at_320_pixels_fills_the_screen_and_can_be_closed(page, stage, play, height):
    page.set_viewport_size({"width": 320, "height": height})
    play.answer(say.turn(say.FOUND))
    chat = open_panel(page, stage.url)
    chat.opener.click()
    chat.ready().say("dementie")
    expect(chat.cards).to_have_count(2)
    box = chat.frame.bounding_box()
    assert (
        box["x"] >= 0
        and box["x"] + box["width"] <= 320
        and box["y"] >= 0
        and box["y"] + box["height"] <= height
    )
    assert overflow(page) <= 0
    chat.box.scroll_into_view_if_needed()
    expect(chat.box).to_be_in_viewport(ratio=0.5)
    chat.button("Sluiten").click()
    expect(chat.frame).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_closed_button_shows_its_words_and_does_not_cover_the_end_of_the_page(page, stage, play, width):
    """The last line of the page must be readable next to or above the fixed button (WCAG 2.4.11)."""
    page.set_viewport_size({"width": width, "height": 568})
    chat = open_panel(page, stage.url)
    box = chat.opener.bounding_box()
    assert box["height"] >= 44 and box["height"] * box["width"] < 0.25 * width * 568
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 568
    words = chat.opener.evaluate(
        """e => { const range = document.createRange(); range.selectNodeContents(e);
                  const box = range.getBoundingClientRect(); return [box.left, box.right, box.height] }"""
    )
    assert words[0] >= box["x"] and words[1] <= box["x"] + box["width"] and words[2] < 60


def test_every_target_is_large_enough(page, stage, play):
    page.set_viewport_size({"width": 320, "height": 568})
    chat = full(page, stage, play)
    targets = chat.frame.evaluate(TARGETS)
    assert len(targets) > 15
    small = [one for one in targets if not one["inline"] and (one["height"] < 44 or one["width"] < 24)]
    assert not small, "ours are 44 px high"
    assert not [one for one in targets if one["inline"] and one["height"] < 18]


def test_larger_text_spacing_cuts_nothing_off(page, stage, play):
    page.set_viewport_size({"width": 320, "height": 568})
    chat = full(page, stage, play)
    page.add_style_tag(content=SPACING)
    page.evaluate(INTO_SHADOWS, SPACING)
    fits(chat)
    assert chat.frame.evaluate(CLIPPED) == []


@pytest.mark.parametrize("root", ["62.5%", "10px", "100%"])
def test_letters_are_never_smaller_than_those_of_the_browser(page, stage, play, root):
    """Many sites set the root to 62.5 % for easy sums; the chat must not shrink with it."""
    chat = open_chat(
        page, stage.url, head=f"<style>html {{ font-size: {root} }} body {{ font-size: 16px }}</style>"
    )
    for part in (chat.log.get_by_text("Ik ben een computer").first, chat.box, chat.send):
        assert part.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16


def test_zoom_of_the_browser_makes_everything_twice_as_large_and_it_still_fits(page, stage, play):
    page.set_viewport_size({"width": 640, "height": 512})
    chat = full(page, stage, play)
    fits(chat)


def test_forced_colours_keep_the_borders_the_focus_and_the_danger(page, stage, play):
    page.emulate_media(forced_colors="active")
    chat = full(page, stage, play)
    chat.send.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(chat.send).to_be_focused()
    assert chat.send.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    for part in (chat.send, chat.box, chat.danger):
        width = part.evaluate(
            "e => Math.max(...['Top','Left'].map(s => parseFloat(getComputedStyle(e)[`border${s}Width`])))"
        )
        assert width >= 1
    assert (
        chat.frame.evaluate(
            """e => [...e.querySelectorAll('*')]
                .filter(x => getComputedStyle(x).forcedColorAdjust === 'none').length"""
        )
        == 0
    )


def test_dark_mode_is_dark_and_readable(page, stage, play):
    page.emulate_media(color_scheme="dark")
    chat = full(page, stage, play, head='<meta name="color-scheme" content="light dark">')
    lightness = """e => { for (let one = e; one; one = one.parentElement || one.getRootNode().host) {
        const [r, g, b, a = 1] = getComputedStyle(one).backgroundColor.match(/[\\d.]+/g).map(Number);
        if (a) return (r + g + b) / 765 } return 1 }"""
    assert chat.log.evaluate(lightness) < 0.3
    assert chat.box.evaluate(lightness) < 0.3


@pytest.mark.parametrize("size", [(320, 568), (360, 640), (412, 780), (1280, 720)])
def test_the_talk_has_room_to_be_read(page, stage, play, size):
    """Of a new answer, at least half a small screen can be read without scrolling again."""
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    play.answer(say.turn(say.message("Vertel gerust meer. " * 40)))
    page.emulate_media(reduced_motion="reduce")
    chat = open_chat(page, stage.url)
    chat.say("dementie")
    chat.hears("Vertel gerust meer.")
    seen = chat.log.get_by_text("Vertel gerust meer.").evaluate(
        """e => { const b = e.getBoundingClientRect();
                  const l = e.closest('[role=log]').parentElement.getBoundingClientRect();
                  return Math.min(b.bottom, l.bottom, innerHeight) - Math.max(b.top, l.top, 0) }"""
    )
    assert seen >= 0.35 * size[1], f"{seen:.0f} of {size[1]} px"


def test_reduced_motion_moves_nothing(page, stage, play):
    page.emulate_media(reduced_motion="reduce")
    play.answer(say.held(say.turn(say.FOUND)))
    chat = open_chat(page, stage.url)
    chat.say("dementie")
    expect(chat.status.filter(has_text="De computer zoekt een antwoord")).to_be_visible()
    running = "e => e.getRootNode().getAnimations().filter(a => a.playState === 'running').length"
    assert chat.frame.evaluate(running) == 0
    assert chat.log.evaluate("e => getComputedStyle(e).scrollBehavior") == "auto"
    play.release()
    expect(chat.cards).to_have_count(2)


def test_a_page_that_reads_from_right_to_left_is_mirrored_and_fits(page, stage, play):
    page.set_viewport_size({"width": 320, "height": 568})
    chat = full(page, stage, play, html='lang="ar" dir="rtl"')
    fits(chat)
    expect(chat.danger).to_be_visible()


def test_messages_that_arrive_do_not_move_the_page(page, stage, play):
    """No layout shift: the box stays where it is while messages come in."""
    play.answer(*[say.turn(say.message("Vertel gerust meer. " * 5))] * 3)
    chat = open_chat(page, stage.url, before="<p>Boven</p>", after="<p id='onder'>Onder</p>")
    page.evaluate(
        """() => { window.shift = 0;
            const add = list => { for (const entry of list.getEntries())
                if (!entry.hadRecentInput) window.shift += entry.value };
            new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true}) }"""
    )
    for number in range(3):
        chat.say(f"bericht {number}")
        chat.hears(f"bericht {number}")
        expect(chat.box).to_have_value("")
    assert page.evaluate("window.shift") < 0.1


def test_the_newest_message_is_brought_into_sight(page, stage, play):
    page.set_viewport_size({"width": 360, "height": 640})
    chat = open_chat(page, stage.url)
    for number in range(4):
        play.answer(say.turn(say.message(f"Antwoord {number}. " + "Vertel gerust meer. " * 10)))
        chat.say(f"vraag {number}")
        chat.hears(f"Antwoord {number}.")
        expect(chat.log.get_by_text(f"Antwoord {number}.")).to_be_in_viewport()


def test_a_page_with_the_chat_can_be_printed_as_well(page, stage, play):
    chat = full(page, stage, play)
    page.emulate_media(media="print")
    expect(chat.card("Odensehuis Proefstad")).to_be_visible()
    assert chat.log.evaluate("e => e.scrollHeight <= e.clientHeight + 1"), "nothing scrolls on paper"
