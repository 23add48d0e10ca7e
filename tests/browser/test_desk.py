"""The front desk in a real browser: one field, an answer by itself, everything from the keyboard."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CATCH_PRINT, Desk

NOTE = "mw 82 jr, pt†, slaapt slecht, gn lich klachten, vr om praatje"
SECRET = "mw Geesje Bosscha is zo alleen"


@pytest.fixture
def desk(page, fake_site) -> Desk:
    page.add_init_script(CATCH_PRINT)
    return Desk(page, fake_site.url)


def printed(desk: Desk) -> list[str]:
    return desk.page.evaluate("window.printed")


def test_the_cursor_is_in_the_field_and_the_answer_comes_by_itself(desk):
    expect(desk.field).to_be_focused()
    desk.page.keyboard.type("mw 82 jr, vr om praatje")
    expect(desk.heading).to_have_text("Sociale vraag")
    expect(desk.card.get_by_role("heading", name="Odensehuis Nepstad")).to_be_visible()
    expect(desk.field).to_be_focused()


def test_the_issues_own_example(page, site, shoot, axe):
    desk = Desk(page, site.url)
    desk.place.fill("Zeist")
    desk.types(NOTE, "Sociale vraag")
    expect(desk.card.locator("mark").first).to_be_visible()
    read = desk.card.locator(".read").inner_text()
    assert read == NOTE
    expect(desk.card.locator(".say p")).to_have_count(2)
    assert 1 <= desk.card.locator(".places > ol > li").count() <= 3
    shoot("balie-sociaal", full_page=True)
    axe(page)


def test_danger_says_to_follow_the_own_protocol_and_offers_no_place(page, site, shoot, axe):
    desk = Desk(page, site.url)
    desk.types("dhr 54 wil niet meer leven, heeft pillen klaarliggen", "Rode vlag: mogelijk direct gevaar")
    expect(desk.card).to_contain_text("triageprotocol")
    expect(desk.card).to_contain_text("overleg nu met de huisarts")
    expect(desk.card).to_contain_text("020-3113 888")
    expect(desk.card.locator(".places")).to_have_count(0)
    expect(desk.button("Print om mee te geven")).to_have_count(0)
    expect(page.locator("[aria-live=polite]")).to_contain_text("Rode vlag")
    shoot("balie-gevaar", full_page=True)
    axe(page)


def test_escape_begins_again_with_the_place_kept(desk):
    desk.place.fill("Nepstad")
    desk.types(SECRET, "Sociale vraag")
    desk.page.keyboard.press("Escape")
    expect(desk.field).to_be_empty()
    expect(desk.field).to_be_focused()
    expect(desk.heading).to_have_count(0)
    expect(desk.place).to_have_value("Nepstad")
    desk.page.reload()
    expect(desk.place).to_have_value("Nepstad")


def test_an_older_answer_never_replaces_a_newer_one(desk, fake_site):
    fake_site.assistant.delay = 0.4
    desk.field.fill("mw is alleen")
    desk.page.wait_for_timeout(150)
    fake_site.assistant.delay = 0.0
    desk.field.fill("dhr: druk op mijn borst")
    expect(desk.heading).to_have_text("Rode vlag: mogelijk direct gevaar")
    desk.page.wait_for_timeout(500)
    expect(desk.heading).to_have_text("Rode vlag: mogelijk direct gevaar")


def test_the_text_for_the_his_holds_no_word_of_the_patient(desk, open_context, fake_site):
    context = open_context(permissions=["clipboard-read", "clipboard-write"])
    desk = Desk(context.new_page(), fake_site.url)
    desk.types(SECRET, "Sociale vraag")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.status).to_have_text("De tekst staat klaar. Plak hem in het HIS.")
    copied = desk.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Sociale wegwijzer, ") and "Odensehuis Nepstad" in copied
    assert not any(word in copied for word in ("Geesje", "Bosscha", "alleen"))


def test_where_the_browser_may_not_copy_the_text_stands_there_selected(desk):
    desk.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    desk.types(SECRET, "Sociale vraag")
    desk.button("Kopieer voor het HIS").click()
    box = desk.card.get_by_role("textbox", name="Kopieer voor het HIS")
    expect(box).to_be_focused()
    assert box.input_value().startswith("Sociale wegwijzer")


def test_paper_holds_the_place_in_large_type_and_nothing_personal(desk, shoot):
    desk.types(SECRET, "Sociale vraag")
    desk.page.keyboard.press("Control+p")
    expect(desk.status).to_have_text("")
    while not printed(desk):
        desk.page.wait_for_timeout(20)
    desk.page.emulate_media(media="print")
    text = desk.paper.inner_text()
    assert "Odensehuis Nepstad" in text and "Nepstad" in text and "31 januari 2024" in text
    assert not any(word in text for word in ("Geesje", "Bosscha", "alleen", "mw"))
    size = desk.paper.locator("dd").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 21, "16 points"
    code = desk.paper.get_by_role("img").or_(desk.paper.locator("img")).first
    assert code.evaluate("image => image.complete && image.naturalWidth > 0")
    expect(desk.field).to_be_hidden()
    shoot("balie-papier", full_page=True)


def test_a_place_that_is_unticked_stays_off_the_paper(desk):
    desk.types(SECRET, "Sociale vraag")
    desk.page.get_by_label("Op het papier: Odensehuis Nepstad").uncheck()
    desk.page.keyboard.press("Control+p")
    expect(desk.status).to_have_text("Er is niets om te printen.")
    assert printed(desk) == []


def test_today_stays_in_this_tab(desk, fake_site, open_context):
    desk.types(SECRET, "Sociale vraag")
    desk.page.keyboard.press("Escape")
    expect(desk.today.get_by_role("button").first).to_contain_text(SECRET)
    desk.page.reload()
    again = desk.today.get_by_role("button").first
    expect(again).to_contain_text(SECRET)
    again.click()
    expect(desk.field).to_have_value(SECRET)
    expect(desk.heading).to_have_text("Sociale vraag")
    kept = desk.page.evaluate("JSON.stringify([{...localStorage}, document.cookie])")
    assert SECRET not in kept and json.loads(kept)[1] == ""
    other = Desk(desk.page.context.new_page(), fake_site.url)
    expect(other.today).to_contain_text("Nog geen vragen.")
    desk.button("Wis de lijst").click()
    expect(desk.today).to_contain_text("Nog geen vragen.")


def test_one_question_is_remembered_once(desk):
    desk.types("mw is alleen", "Sociale vraag")
    desk.page.wait_for_timeout(1700)
    desk.field.press_sequentially(" en eenzaam")
    desk.page.wait_for_timeout(1900)
    expect(desk.today.get_by_role("listitem")).to_have_count(1)
    expect(desk.today).to_contain_text("mw is alleen en eenzaam")


def test_everything_is_reached_by_keyboard(desk):
    desk.types(SECRET, "Sociale vraag")
    reached = []
    for _ in range(20):
        desk.page.keyboard.press("Tab")
        reached.append(
            desk.page.evaluate(
                "document.activeElement.innerText || document.activeElement.ariaLabel"
                " || document.activeElement.id"
            )
        )
    text = " | ".join(reached)
    for name in (
        "plaats",
        "Op het papier: Odensehuis Nepstad",
        "Meer over deze plek",
        "Kopieer voor het HIS",
    ):
        assert name in text


def test_when_the_server_is_away_the_text_stays(desk, watch, fake_site):
    watch.expect_console("Failed to load resource")
    expect(desk.field).to_be_focused()
    desk.page.route("**/v1/balie/vragen", lambda route: route.abort())
    desk.field.press_sequentially(SECRET)
    expect(desk.page.get_by_role("alert").filter(has_text="De server antwoordt niet")).to_be_visible()
    expect(desk.field).to_have_value(SECRET)
    expect(desk.heading).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_is_cut_off(desk, axe, width, shoot):
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.types(SECRET, "Sociale vraag")
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(desk.page)
    shoot(f"balie-{width}", full_page=True)


def test_what_is_copied_belongs_to_what_is_typed(open_context, fake_site):
    context = open_context(permissions=["clipboard-read", "clipboard-write"])
    desk = Desk(context.new_page(), fake_site.url)
    desk.types("mw is alleen", "Sociale vraag")
    fake_site.assistant.delay = 0.3
    desk.field.press_sequentially(", druk op mijn borst")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.status).to_have_text("De tekst staat klaar. Plak hem in het HIS.")
    assert "Rode vlag" in desk.page.evaluate("navigator.clipboard.readText()")


def test_a_choice_outlives_the_next_key(desk):
    desk.types("mw is alleen", "Sociale vraag")
    tick = desk.page.get_by_label("Op het papier: Odensehuis Nepstad")
    tick.uncheck()
    desk.card.get_by_text("Meer over deze plek").click()
    with desk.page.expect_response("**/v1/balie/vragen"):
        desk.field.press_sequentially("!")
    expect(tick).not_to_be_checked()
    expect(desk.card.locator("details").first).to_have_attribute("open", "")


def test_another_question_over_the_first_is_another_line_of_today(desk):
    for note in ("mw is alleen", "dhr zoekt een maatje"):
        desk.field.fill(note)
        desk.page.wait_for_timeout(1900)
    expect(desk.today.get_by_role("listitem")).to_have_count(2)
