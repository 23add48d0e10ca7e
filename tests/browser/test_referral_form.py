"""Applying for Welzijn op Recept in a real browser: without scripts, by keyboard, small, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import create_engine, text

from api.delivery.events import EVENT_TYPES
from api.delivery.receivers import Receivers
from api.storage.database import Database
from api.storage.seal import Seal
from tests.api.fakes import DANGER_WORD
from tests.browser.server import Site
from tests.own_settings import new_store
from tests.referral.http import CLOSED, FIELDS, OPENED, SETTINGS

CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}")
REFUSED = "422 (Unprocessable"
"""A browser says on its console that a page came with this status."""


@pytest.fixture(scope="module")
def settings() -> dict[str, str]:
    """Of a server with a receiver for a municipality that opened it."""
    address = new_store()
    database = Database(address)
    receivers = Receivers(database, Seal([SETTINGS["OPSLAG_SLEUTELS"]]))
    receivers.add("Welzijn Nepstad", "https://127.0.0.1:9/events", EVENT_TYPES, OPENED)
    database.close()
    return {**SETTINGS, "DATABASE_URL": address}


@pytest.fixture
def site(serve: Callable[..., Site], settings: dict[str, str]) -> Site:
    return serve(**settings)


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """Without JavaScript, as a browser may be set; axe needs none of the page's own."""
    return open_context(java_script_enabled=False).new_page()


def fill(page: Page, **changes: str) -> None:
    filled = {**FIELDS, **changes}
    page.get_by_label("Uw naam").fill(filled["naam"])
    page.get_by_label("Uw telefoonnummer").fill(filled["telefoon"])
    page.get_by_label("In de ochtend").check()
    page.get_by_label("Uw wens").fill(filled["wens"])
    page.get_by_label("ik ben akkoord").check()


def send(page: Page) -> None:
    """Press the button; the page that answers is there with its style."""
    with page.expect_event("load"):
        page.get_by_role("button", name="Meld mij aan").click()


def kept(settings: dict[str, str]) -> list[str]:
    """The statuses of what is kept."""
    with create_engine(settings["DATABASE_URL"]).connect() as connection:
        return list(connection.execute(text("SELECT status FROM referrals")).scalars())


def test_somebody_applies_keeps_the_code_and_stops(page, site, settings):
    before = len(kept(settings))
    page.goto(f"{site.url}/aanmelden?gemeente={OPENED}")
    fill(page)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent aangemeld voor Welzijn op Recept")
    code = CODE.search(page.locator(".code").inner_text())[0]
    assert len(kept(settings)) == before + 1
    with page.expect_popup() as opened:
        page.get_by_role("link", name="uw aanmelding intrekken").click()
    page = opened.value
    page.get_by_label("Uw code").fill(code)
    page.get_by_role("button", name="Trek mijn aanmelding in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw aanmelding is ingetrokken")
    assert kept(settings)[-1] == "ingetrokken"


def test_what_is_wrong_is_beside_the_field_and_what_was_typed_stays(page, site, watch):
    watch.expect_console(REFUSED)
    page.goto(f"{site.url}/aanmelden?gemeente={OPENED}")
    fill(page, wens="Ik ben geboren op 12-03-1947")
    page.get_by_label("Uw telefoonnummer").fill("12")
    send(page)
    expect(page).to_have_title("Fout: Aanmelden voor Welzijn op Recept")
    expect(page.get_by_label("Uw wens")).to_have_value("Ik ben geboren op 12-03-1947")
    expect(page.get_by_label("Uw wens")).to_have_accessible_description(
        re.compile("geboortedatum of een oude datum")
    )
    expect(page.get_by_label("Uw naam")).to_have_value(FIELDS["naam"])
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("Uw telefoonnummer")).to_be_focused()
    page.get_by_label("Uw telefoonnummer").fill(FIELDS["telefoon"])
    page.get_by_label("Uw wens").fill(FIELDS["wens"])
    page.get_by_label("ik ben akkoord").check()
    send(page)
    expect(page.locator(".code")).to_be_visible()


def test_back_after_a_corrected_mistake_shows_an_empty_form(open_context, site, watch):
    watch.expect_console(REFUSED)
    page = open_context().new_page()
    page.goto(f"{site.url}/aanmelden?gemeente={OPENED}")
    fill(page, naam="")
    send(page)
    fill(page)
    send(page)
    expect(page.locator(".code")).to_be_visible()
    page.go_back(wait_until="load")
    expect(page).to_have_url(f"{site.url}/aanmelden?gemeente={OPENED}")
    expect(page.get_by_role("button", name="Meld mij aan")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_danger_is_the_first_thing_on_the_screen(page, site, settings, watch, shoot):
    watch.expect_console(REFUSED)
    before = kept(settings)
    page.goto(f"{site.url}/aanmelden?gemeente={OPENED}")
    fill(page, wens=f"mijn man {DANGER_WORD}")
    send(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Bel nu 112.")
    expect(alert).to_be_in_viewport()
    assert kept(settings) == before
    shoot("aanmelden-gevaar")


def test_it_can_be_done_by_keyboard_alone(page, site):
    page.goto(f"{site.url}/aanmelden?gemeente={OPENED}")
    page.get_by_label("Uw naam").focus()
    page.keyboard.type(FIELDS["naam"])
    page.keyboard.press("Tab")
    page.keyboard.type(FIELDS["telefoon"])
    for key in ("Tab", "Tab", "Space", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type(FIELDS["wens"])
    for key in ("Tab", "Space", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".code")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_context, site, axe, watch, shoot, scheme):
    watch.expect_console(REFUSED)
    page = open_context(color_scheme=scheme).new_page()
    page.goto(f"{site.url}/aanmelden?gemeente={OPENED}")
    axe(page)
    shoot(f"aanmelden-{scheme}", page, full_page=True)
    send(page)
    axe(page)
    shoot(f"aanmelden-fouten-{scheme}", page, full_page=True)
    fill(page, wens=DANGER_WORD)
    send(page)
    axe(page)
    shoot(f"aanmelden-gevaar-{scheme}", page, full_page=True)
    fill(page)
    send(page)
    axe(page)
    shoot(f"aanmelden-klaar-{scheme}", page, full_page=True)
    for path in (f"/aanmelden?gemeente={CLOSED}", "/aanmelden", "/aanmelden/intrekken"):
        page.goto(site.url + path)
        axe(page)
    shoot(f"aanmelden-huisarts-{scheme}", page, full_page=True)


@pytest.mark.parametrize("width", [320, 256])
def test_it_fits_a_small_screen(open_context, site, width, shoot):
    page = open_context(viewport={"width": width, "height": 640}).new_page()
    for path in (f"/aanmelden?gemeente={OPENED}", f"/aanmelden?gemeente={CLOSED}", "/aanmelden/intrekken"):
        page.goto(site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shoot(f"aanmelden-{width}", page, full_page=True)


def test_buttons_and_choices_are_large_enough_to_hit(page, site):
    page.goto(f"{site.url}/aanmelden?gemeente={OPENED}")
    for one in page.locator("button, .choice, .field input:not([type=radio], [type=checkbox])").all():
        assert one.bounding_box()["height"] >= 44


def test_the_text_for_the_gp_can_be_printed(open_context, site):
    page = open_context().new_page()
    page.goto(f"{site.url}/aanmelden")
    page.evaluate("window.print = () => document.body.dataset.printed = 'ja'")
    page.get_by_role("button", name="Print deze pagina").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "ja")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Dit kunt u zeggen")).to_be_visible()
    expect(page.get_by_role("button")).to_be_hidden()
