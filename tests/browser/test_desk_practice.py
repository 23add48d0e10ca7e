"""The front desk of a practice that signs in: its session, and referring somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from api.access.tokens import PRACTICE, Tokens
from api.delivery.events import REFERRAL_MADE
from api.delivery.receivers import Receivers
from api.storage.database import Database
from api.storage.seal import Seal, new_key
from tests.browser.desk import CATCH_PRINT, Desk
from tests.browser.server import Site
from tests.own_settings import new_store

QUESTION = "mw wil onder de mensen"


class Practice:
    """A server with one practice, and an organisation that receives its referrals."""

    def __init__(self, serve: Callable[..., Site]) -> None:
        store, key = new_store(), new_key()
        database = Database(store)
        self.tokens = Tokens(database)
        self.holder, self.token = self.tokens.make(PRACTICE, "Praktijk De Linde", "Terneuzen")
        receivers = Receivers(database, Seal([key]))
        receivers.add("Welzijn", "https://welzijn.example.nl/hook", [REFERRAL_MADE], "Terneuzen")
        self.site = serve(DATABASE_URL=store, OPSLAG_SLEUTELS=key)


@pytest.fixture
def practice(serve) -> Practice:
    return Practice(serve)


@pytest.fixture
def desk(page: Page, practice: Practice, watch) -> Desk:
    """The desk after signing in."""
    watch.expect_console("401")
    page.add_init_script(CATCH_PRINT)
    desk = Desk(page, practice.site.url)
    sign_in(desk, practice.token)
    expect(desk.field).to_be_focused()
    return desk


def sign_in(desk: Desk, token: str) -> None:
    desk.page.get_by_label("Toegangscode van de praktijk").fill(token)
    desk.page.keyboard.press("Enter")


def alert(desk: Desk, text: str) -> Locator:
    return desk.page.get_by_role("alert").filter(has_text=text)


def test_without_signing_in_there_is_no_field(page, practice, watch, shoot, axe):
    watch.expect_console("401")
    desk = Desk(page, practice.site.url)
    expect(page.get_by_label("Toegangscode van de praktijk")).to_be_focused()
    expect(desk.field).to_be_hidden()
    shoot("balie-inloggen", full_page=True)
    axe(page)
    sign_in(desk, "st_000000000000_verkeerd")
    expect(alert(desk, "klopt niet")).to_be_visible()
    sign_in(desk, practice.token)
    expect(page.get_by_text("Praktijk De Linde")).to_be_visible()
    expect(desk.place).to_have_value("Terneuzen")


def test_what_went_wrong_at_the_provider_is_said(page, practice, watch):
    watch.expect_console("401")
    page.goto(f"{practice.site.url}/balie?fout=verlopen")
    expect(page.get_by_role("alert").first).to_contain_text("duurde te lang")
    page.goto(f"{practice.site.url}/balie?fout=<b>x</b>")
    expect(page.locator("#inlogfout")).to_have_text("")


def test_the_session_is_no_business_of_scripts(desk):
    [cookie] = desk.page.context.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["expires"] == -1
    assert desk.page.evaluate("document.cookie") == ""


def test_a_reload_stays_signed_in_and_signing_out_wipes_the_tab(desk):
    desk.types(QUESTION, "Sociale vraag")
    desk.page.keyboard.press("Escape")
    desk.page.reload()
    expect(desk.today).to_contain_text(QUESTION)
    desk.button("Uitloggen").click()
    expect(desk.page.get_by_label("Toegangscode van de praktijk")).to_be_focused()
    assert QUESTION not in desk.page.evaluate("JSON.stringify({...sessionStorage})")
    assert desk.page.context.cookies() == []


def test_when_the_session_ends_the_text_is_still_there(desk, practice):
    practice.tokens.rotate(practice.holder.id)
    new = practice.tokens.rotate(practice.holder.id)
    desk.page.context.clear_cookies()
    desk.field.press_sequentially(QUESTION)
    expect(alert(desk, "Uw tijd is voorbij")).to_be_visible()
    sign_in(desk, new)
    expect(desk.field).to_have_value(QUESTION)
    expect(desk.heading).to_have_text("Sociale vraag")


def fill_form(desk: Desk) -> None:
    page = desk.page
    page.get_by_label("Naam", exact=True).fill("G. Proef")
    page.get_by_label("Telefoon", exact=True).fill("06 12345678")
    page.get_by_label("Wat wil de patiënt graag?").fill("Weer onder de mensen komen.")


def test_referring_after_the_text_was_read_aloud(desk, practice, shoot, axe):
    page = desk.page
    desk.types(QUESTION, "Sociale vraag")
    desk.button("Aanmelden voor Welzijn op Recept").click()
    expect(page.get_by_text("Mag de praktijk u aanmelden")).to_be_visible()
    agreed = page.get_by_label("De patiënt zegt ja")
    expect(agreed).to_be_focused()
    fill_form(desk)
    shoot("balie-aanmelden", full_page=True)
    axe(page)
    assert not agreed.is_checked(), "the computer never agrees for somebody"
    agreed.check()
    desk.button("Verstuur de aanmelding").click()
    expect(page.get_by_text("Geef deze code aan de patiënt")).to_be_visible()
    expect(page.get_by_role("heading", name="De aanmelding is verstuurd.")).to_be_focused()
    desk.button("Print de code").click()
    [paper] = page.evaluate("window.printed")
    assert "/aanmelden/intrekken" in paper and "Proef" not in paper
    desk.button("Klaar").click()
    mine = page.get_by_role("region", name="Aanmeldingen van deze praktijk")
    expect(mine.get_by_role("listitem")).to_have_count(1)
    expect(mine).to_contain_text("nog niet opgepakt")
    expect(mine).not_to_contain_text("Proef")
    page.on("dialog", lambda dialog: dialog.accept())
    mine.get_by_role("button", name="Trek in").click()
    expect(desk.status).to_have_text("De aanmelding is ingetrokken.")


def test_without_a_yes_or_with_a_bsn_nothing_is_sent_and_nothing_is_lost(desk, watch):
    watch.expect_console("422")
    page = desk.page
    desk.types(QUESTION, "Sociale vraag")
    desk.button("Aanmelden voor Welzijn op Recept").click()
    fill_form(desk)
    wish = page.get_by_label("Wat wil de patiënt graag?")
    wish.fill("bsn 111222333, wil wandelen")
    desk.button("Verstuur de aanmelding").click()
    expect(alert(desk, "Er is nog niets verstuurd")).to_be_visible()
    expect(wish).to_have_value("bsn 111222333, wil wandelen")
    expect(wish).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Haal dat weg")).to_be_visible()
    expect(page.get_by_text("Zonder toestemming van de patiënt")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.keyboard.press("Escape")
    expect(wish).to_have_value("bsn 111222333, wil wandelen")
    expect(desk.field).to_have_value(QUESTION)


def test_danger_is_no_referral(desk):
    desk.types("dhr: druk op mijn borst", "Rode vlag: mogelijk direct gevaar")
    expect(desk.button("Aanmelden voor Welzijn op Recept")).to_have_count(0)


def test_a_form_that_is_open_is_gone_after_signing_out(desk, practice):
    desk.types(QUESTION, "Sociale vraag")
    desk.button("Aanmelden voor Welzijn op Recept").click()
    fill_form(desk)
    desk.button("Uitloggen").click()
    sign_in(desk, practice.token)
    expect(desk.field).to_be_empty()
    expect(desk.page.get_by_label("Naam", exact=True)).to_have_count(0)


def test_another_practice_finds_nothing_of_the_one_before(desk, practice):
    desk.types(QUESTION, "Sociale vraag")
    desk.page.keyboard.press("Escape")
    desk.types(QUESTION, "Sociale vraag")
    desk.button("Aanmelden voor Welzijn op Recept").click()
    fill_form(desk)
    desk.page.context.clear_cookies()
    desk.field.press_sequentially(" graag")
    expect(alert(desk, "Uw tijd is voorbij")).to_be_visible()
    sign_in(desk, practice.tokens.make(PRACTICE, "Praktijk De Eik", "Terneuzen")[1])
    expect(desk.page.get_by_text("Praktijk De Eik")).to_be_visible()
    expect(desk.field).to_be_empty()
    expect(desk.today).to_contain_text("Nog geen vragen.")
    expect(desk.page.get_by_label("Naam", exact=True)).to_have_count(0)


def test_when_the_session_ends_in_the_form_it_waits(desk, practice):
    desk.types(QUESTION, "Sociale vraag")
    desk.button("Aanmelden voor Welzijn op Recept").click()
    fill_form(desk)
    desk.page.get_by_label("De patiënt zegt ja").check()
    desk.page.context.clear_cookies()
    desk.button("Verstuur de aanmelding").click()
    expect(alert(desk, "Uw tijd is voorbij")).to_be_visible()
    sign_in(desk, practice.token)
    expect(desk.page.get_by_label("Naam", exact=True)).to_have_value("G. Proef")
    desk.button("Verstuur de aanmelding").click()
    expect(desk.page.get_by_text("Geef deze code aan de patiënt")).to_be_visible()
