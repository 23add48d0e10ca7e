"""A real browser against the real application; skipped, or failed in CI, where there is no browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from api.cli.chromium import LAUNCH_ARGUMENTS
from tests.browser.browser import PICTURES, Watch, need_axe, need_chromium, violations
from tests.browser.play import Play
from tests.browser.server import ScriptedAssistant, Site, running


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    return need_chromium()


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests here.

    Not for the session: as long as Playwright runs, no other test could run an asyncio loop in this thread.
    """
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH_ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(chromium: str, assistant) -> Iterator[Site]:
    """The real application with the session's real assistant."""
    with running(assistant) as site:
        yield site


@pytest.fixture
def serve(chromium: str) -> Iterator[Callable[..., Site]]:
    """Start the application with a scripted assistant and settings by environment name.

    `serve(RATE_LIMIT_GESPREK="2/minute").assistant.delay = 1.0`
    """
    with ExitStack() as stack:

        def start(**environ: str) -> Site:
            return stack.enter_context(running(ScriptedAssistant(), **environ))

        yield start


@pytest.fixture
def fake_site(serve: Callable[..., Site]) -> Site:
    """The application with a scripted assistant (`fake_site.assistant`) and the usual settings."""
    return serve()


@pytest.fixture
def watch() -> Watch:
    """What the pages of this test do unasked; tell it what the test expects."""
    return Watch()


@pytest.fixture
def open_context(browser: Browser, watch: Watch, serve: object) -> Iterator[Callable[..., BrowserContext]]:
    """Open a fresh, watched browser context; takes what Playwright's `new_context` takes.

    After `serve`, so that pages close before their server does: a request on its way is not refused.
    """
    with ExitStack() as stack:

        def start(**options) -> BrowserContext:
            options = {
                "locale": "nl-NL",
                "timezone_id": "Europe/Amsterdam",
                "service_workers": "block",
            } | options
            context = stack.enter_context(browser.new_context(**options))
            context.set_default_timeout(10_000)
            watch.follow(context)
            return context

        yield start
    watch.check()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """An empty page in a context of its own; what it does unasked fails the test (see `watch`)."""
    return open_context().new_page()


@pytest.fixture
def shoot(page: Page) -> Callable[..., Path]:
    """Keep a picture in build/schermbeelden/: `shoot("gevaar")`, `shoot("paneel", other_page)`.

    Further options are those of Playwright's `screenshot`, such as `full_page=True`.
    """

    def keep(name: str, of: Page | None = None, **options) -> Path:
        picture = PICTURES / f"{name}.png"
        (of or page).screenshot(path=picture, animations="disabled", caret="initial", **options)
        return picture

    return keep


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Assert that axe-core finds nothing on a page in the state in which it is: `axe(page)`."""
    source = need_axe()

    def check(page: Page, rules: dict[str, dict] | None = None) -> None:
        found = violations(page, source, rules)
        assert not found, "axe-core:\n" + "\n".join(found)

    return check


@pytest.fixture(scope="session")
def stage(chromium: str) -> Iterator[Site]:
    """One server for all tests that play the answers themselves (`play`): it serves pages and the widget."""
    with running(ScriptedAssistant()) as site:
        yield site


@pytest.fixture
def play(page: Page, stage: Site) -> Play:
    """What `stage` answers in the browser of this test."""
    return Play(page.context, stage.url)
