"""Signing in through the provider in a real browser: it is another site, so do our cookies come along?"""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from api.access.tokens import PRACTICE, Tokens
from api.cli.chromium import LAUNCH_ARGUMENTS
from api.storage.database import Database
from tests.api.fakes import FakeAssistant
from tests.browser.browser import need_chromium
from tests.browser.server import running
from tests.oidc.real_provider import CLIENT_ID, CLIENT_SECRET, running_provider
from tests.own_settings import new_store

WHO_IS_IN = "async () => (await fetch('/v1/balie/sessies/huidige')).json()"


def test_a_practice_signs_in_in_a_browser():
    chromium, address = need_chromium(), new_store()
    database = Database(address)
    Tokens(database).make(PRACTICE, "Praktijk De Linde", "Zeist")
    database.close()
    client = {"OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": CLIENT_SECRET}
    with (
        running_provider() as issuer,
        running(FakeAssistant(), DATABASE_URL=address, OIDC_UITGEVER=issuer, **client) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH_ARGUMENTS))
        page = browser.new_page()
        page.route(lambda url: not url.startswith((site.url, issuer)), lambda route: route.abort())
        page.goto(f"{site.url}/balie/inloggen")
        page.fill("[name=login]", "Praktijk De Linde")
        page.fill("[name=password]", "x")
        page.click("[type=submit]")
        page.click("[type=submit]")
        page.wait_for_url(f"{site.url}/balie")
        assert page.evaluate(WHO_IS_IN)["praktijk"]["naam"] == "Praktijk De Linde"
        assert page.evaluate("document.cookie") == ""
        assert {cookie["name"] for cookie in page.context.cookies(site.url)} == {"balie"}
        browser.close()
