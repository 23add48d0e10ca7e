from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from sociale_kaart.reports import REASONS

from api.report_desk import LONGEST_NOTE
from api.routes.pages import PAGES

SCRIPTS = sorted((PAGES / "static").glob("*.js"))
STYLES = sorted((PAGES / "static").glob("*.css"))


class _Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture
def page(client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    return answer.text


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_run_under_a_strict_policy(client, path):
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    elements = _Elements(answer.text)
    assert not elements.all("style")
    for tag, attributes in elements.found:
        assert "style" not in attributes and not any(name.startswith("on") for name in attributes)
        if tag in ("script", "link", "img"):
            assert (attributes.get("src") or attributes.get("href")).startswith("/static/")
    assert "set-cookie" not in answer.headers
    assert client.head(path).status_code == 200


def test_everything_that_a_page_loads_is_here(client, page):
    elements = _Elements(page)
    for attributes in elements.all("script") + elements.all("link"):
        answer = client.get(attributes.get("src") or attributes.get("href"))
        assert answer.status_code == 200 and "set-cookie" not in answer.headers
    for script in SCRIPTS:
        for name in re.findall(r'from "\./([^"]+)"', script.read_text()):
            assert client.get(f"/static/{name}").status_code == 200


def test_the_page_says_what_it_is_and_shows_the_numbers_without_javascript(page):
    elements = _Elements(page)
    assert elements.all("html")[0]["lang"] == "nl"
    assert "computer, niet met een mens" in page and "bestaat niet" in page
    numbers = [link["href"] for link in elements.all("a") if link["href"].startswith("tel:")]
    assert "tel:112" in numbers and "tel:113" in numbers
    assert page.index("tel:112") < page.index("<script") or page.index("tel:112") < page.index('id="chat"')


def test_the_chat_can_be_used_with_a_screen_reader(page):
    elements = _Elements(page)
    ids = {attributes["id"] for _, attributes in elements.found if "id" in attributes}
    log = next(item for item in elements.all("div") if item.get("role") == "log")
    assert log["aria-live"] == "polite" and log["tabindex"] == "0"
    field = elements.all("textarea")[0]
    assert [label["for"] for label in elements.all("label")] == [field["id"]]
    assert set(field["aria-describedby"].split()) <= ids
    assert all("type" in button for button in elements.all("button"))
    assert len(elements.all("h1")) == 1 and elements.all("main") and elements.all("header")
    assert {"opnieuw", "wis", "mens", "verstuur", "weg"} <= ids


def test_scripts_never_turn_text_into_html():
    for script in SCRIPTS:
        code = script.read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", code)
        assert not re.search(r"localStorage|sessionStorage|document\.cookie", code)


def test_scripts_use_only_elements_that_the_page_has(page):
    ids = {attributes["id"] for _, attributes in _Elements(page).found if "id" in attributes}
    used = {name for script in SCRIPTS for name in re.findall(r'byId\("([^"]+)"\)', script.read_text())}
    assert used <= ids


def test_the_form_of_a_report_offers_exactly_the_reasons_of_the_list():
    code = (PAGES / "static" / "report.js").read_text(encoding="utf-8")
    block = re.search(r"const REASONS = \{(.*?)\};", code, re.S).group(1)
    assert dict(re.findall(r'(\w+): "([^"]+)",', block)) == REASONS
    assert f"const LONGEST = {LONGEST_NOTE};" in code


def test_styles_load_nothing_from_elsewhere():
    for style in STYLES:
        assert not re.search(r"@import|url\(", style.read_text())


def test_the_documentation_names_every_call(client):
    page = client.get("/docs").text
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in page
