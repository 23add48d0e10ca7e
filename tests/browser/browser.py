"""What a browser test stands on: a Chromium, axe-core, and a watch on what a page does unasked.

CHROMIUM=/path names the browser of a test run; see tests/compulsory.py for what happens without one.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route

from api.cli.chromium import HOW_TO_GET_IT, WIDGET, find_chromium
from tests.compulsory import missing

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "build" / "schermbeelden"
AXE = WIDGET / "node_modules" / "axe-core" / "axe.min.js"

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN_AXE = "(options) => axe.run(document, options)"

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.effectiveDirective} blocked ${event.blockedURI}`);
});
"""
"""Run in every document before its own scripts."""

NEUTRAL_PAGE = "<!doctype html><html lang=nl><title>Elders</title><h1>Elders</h1></html>"
"""What a test that expects to leave the site gets to see."""


def need_chromium() -> str:
    """The path of the browser; skips or fails the test where there is none."""
    return find_chromium(os.environ.get("CHROMIUM")) or missing(HOW_TO_GET_IT)


def need_axe() -> str:
    """The source of axe-core; skips or fails the test where it is not installed."""
    if not AXE.is_file():
        missing("no axe-core: run .ci/widget, which installs the widget's node packages")
    return AXE.read_text(encoding="utf-8")


@dataclass
class Watch:
    """What a page did that nobody asked for: requests elsewhere, console errors, uncaught exceptions.

    A test that provokes something says so with `expect_foreign` or `expect_console`; everything else
    fails it at the end.
    """

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    _foreign_expected: list[str] = field(default_factory=list)
    _console_expected: list[str] = field(default_factory=list)

    def expect_foreign(self, start: str) -> None:
        """Addresses elsewhere that start with `start` are right here; a neutral page answers them."""
        self._foreign_expected.append(start)

    def expect_console(self, part: str) -> None:
        """Console errors that hold `part`, such as the status of a refused request, are right here."""
        self._console_expected.append(part)

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of `context`, and let no request leave this machine."""
        context.add_init_script(REPORT_VIOLATIONS)
        context.route("**/*", self._guard)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.errors.append(f"uncaught: {error.error}"))

    def check(self) -> None:
        """Fail the test on anything that was not expected."""
        errors = [error for error in self.errors if not any(part in error for part in self._console_expected)]
        assert not self.foreign, f"third-party requests: {self.foreign}"
        assert not errors, "the browser reported:\n" + "\n".join(errors)

    def _guard(self, route: Route) -> None:
        address = route.request.url
        self.requests.append(address)
        if urlsplit(address).hostname == "127.0.0.1":
            route.continue_()
        elif any(address.startswith(start) for start in self._foreign_expected):
            route.fulfill(body=NEUTRAL_PAGE, content_type="text/html; charset=utf-8")
        else:
            self.foreign.append(address)
            route.abort("blockedbyclient")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


def violations(page: Page, source: str, rules: dict[str, dict] | None = None) -> list[str]:
    """What axe-core holds against the page, shadow roots included, as readable lines.

    `rules`: axe's own option, such as `{"region": {"enabled": False}}`.
    """
    page.evaluate(source)  # evaluated by the debugger, which the page's CSP does not bind
    options = {"runOnly": AXE_TAGS, "rules": rules or {}, "resultTypes": ["violations"]}
    found = page.evaluate(RUN_AXE, options)["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}\n"
        f"    at {json.dumps(node['target'])}: {node['html'][:160]}\n    {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]
