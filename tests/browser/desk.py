"""The page of the front desk as a test uses it: by the names and roles that an assistant sees."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

CATCH_PRINT = """
window.printed = [];
window.print = () => window.printed.push(document.getElementById('papier').innerText);
"""
"""`print()` keeps the text of the sheet."""


class Desk:
    """The page at `/balie`, open in a browser."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        page.goto(f"{origin}/balie")

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Wat vraagt de patiënt?")

    @property
    def place(self) -> Locator:
        return self.page.get_by_label("Woonplaats")

    @property
    def card(self) -> Locator:
        return self.page.get_by_role("region", name="Antwoord")

    @property
    def heading(self) -> Locator:
        return self.card.get_by_role("heading", level=2)

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")

    @property
    def today(self) -> Locator:
        return self.page.get_by_role("region", name="Vandaag in dit tabblad")

    @property
    def paper(self) -> Locator:
        return self.page.locator("#papier")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def types(self, text: str, heading: str) -> None:
        """Type a question as a person does, and wait for its card."""
        self.field.fill("")
        self.field.press_sequentially(text)
        expect(self.heading).to_have_text(heading)
