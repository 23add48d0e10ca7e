from __future__ import annotations

import re

import pytest
from sociale_kaart.phones import numbers_in
from sociale_kaart.yaml_text import read_yaml_text

from actions.context import build_context
from api.integration_page import MEANINGS, TOKENS
from api.site_pages import PAGES
from tests.api.html import Html

RESIDENTS = [
    "/",
    "/voorbeeld-knop",
    "/widget/zonder-javascript",
    "/widget/zonder-javascript?gemeente=Terneuzen",
]
OURS = [*RESIDENTS, "/integratie", "/integratie?gemeente=Terneuzen"]
STYLES = sorted((PAGES / "static").glob("*.css"))


def page(client, path: str) -> Html:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert "{{" not in answer.text
    return Html(answer.text)


@pytest.mark.parametrize("path", [*OURS, "/docs"])
def test_pages_run_under_a_strict_policy(client, path):
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    html = Html(answer.text)
    assert not html.all("style")
    for tag, attributes in html.found:
        assert "style" not in attributes and not any(name.startswith("on") for name in attributes)
        if tag in ("script", "link", "img"):
            assert (attributes.get("src") or attributes.get("href")).startswith(("/static/", "/widget/"))
    assert "set-cookie" not in answer.headers and answer.headers["cache-control"] == "no-store"
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", OURS)
def test_everything_that_a_page_loads_or_links_to_is_here(client, path):
    html = page(client, path)
    loaded = [item.get("src") or item.get("href") for item in html.all("script") + html.all("link")]
    for address in loaded:
        if not address.startswith("/widget/"):
            answer = client.get(address)
            assert answer.status_code == 200 and "set-cookie" not in answer.headers
    for link in html.links():
        target, _, anchor = link.partition("#")
        if link.startswith(("/", "#")):
            other = page(client, target) if target.startswith("/") and anchor else html
            assert not target or client.get(target).status_code == 200
            assert not anchor or anchor in other.ids(), link
        else:
            assert link.startswith("tel:") or path != "/" or link == "https://www.113.nl"


@pytest.mark.parametrize("path", OURS)
def test_a_page_has_one_title_one_main_and_headings_in_order(client, path):
    html = page(client, path)
    assert html.all("html")[0]["lang"] == "nl"
    levels = [int(tag[1]) for tag, _ in html.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1 and len(html.all("main")) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(html.ids()) == len(set(html.ids()))
    assert all("aria-label" in nav for nav in html.all("nav"))
    for field in html.all("input"):
        assert field["id"] in [label["for"] for label in html.all("label")]


@pytest.mark.parametrize("path", ["/", "/voorbeeld-knop"])
def test_the_imaginary_municipality_says_that_it_is_one_and_invents_no_number(client, path):
    text = client.get(path).text
    assert "Gemeente Voorbeeldstad bestaat niet" in text and "computer" in text
    help_lines = build_context().helplines
    known = {help_lines[key].phone for key in ("112", "113", "veilig_thuis", "luisterlijn")}
    assert set(numbers_in(text)) <= {re.sub(r"\D", "", phone) for phone in known}


def test_the_chat_is_a_block_on_one_page_and_a_button_on_the_other(client):
    [block] = page(client, "/").all("sociale-triage")
    [button] = page(client, "/voorbeeld-knop").all("sociale-triage")
    assert "weergave" not in block and button["weergave"] == "knop"
    for path in ("/", "/voorbeeld-knop"):
        [script] = page(client, path).all("script")
        assert script == {"src": "/widget/sociale-triage.js", "defer": None}


@pytest.mark.parametrize("path", RESIDENTS)
def test_residents_read_short_sentences_in_plain_words(client, path):
    html = page(client, path)
    for block in html.blocks:
        for sentence in re.split(r"(?<=[.!?:])\s+", " ".join(block.split())):
            assert len(sentence.split()) <= 20, sentence
        assert not re.search(r"\b(triage|je|jij|jouw|cliënt|patiënt)\b", block, re.I), block


def test_styles_load_nothing_from_elsewhere():
    for style in STYLES:
        assert not re.search(r"@import|url\(", style.read_text())


def test_scripts_never_turn_text_into_html_and_keep_nothing():
    for script in (PAGES / "static").glob("*.js"):
        code = script.read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", code)
        assert not re.search(r"localStorage|sessionStorage|document\.cookie", code)


def test_the_documentation_names_every_call(client):
    text = client.get("/docs").text
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in text


LIST = read_yaml_text(TOKENS.read_text(encoding="utf-8"))
ROLES = {f"--{name}": role for role, facts in LIST["rollen"].items() for name in facts["token"]}
HOUSE_STYLE = (PAGES / "static" / "huisstijl.css").read_text(encoding="utf-8")
SITE_STYLE = (PAGES / "static" / "site.css").read_text(encoding="utf-8")


def test_the_house_style_sets_nothing_but_tokens_that_the_chat_reads():
    rules = re.sub(r"/\*.*?\*/", "", HOUSE_STYLE, flags=re.S)
    assert set(re.findall(r"^\s*([\w-]+):", rules, re.M)) <= set(ROLES)
    assert set(re.findall(r"^\s*([@:].*?) \{", rules, re.M)) == {
        ":root",
        "@media (prefers-color-scheme: dark)",
    }


def test_the_site_looks_as_the_chat_does_where_no_token_is_set():
    light, dark = SITE_STYLE.split("@media (prefers-color-scheme: dark)")
    for role, facts in LIST["rollen"].items():
        if not facts["token"]:
            continue  # nobody can choose it; only the chat shows it
        names = "".join(f"var(--{name}, " for name in facts["token"])
        closing = ")" * len(facts["token"])
        if role != "lettertype":
            assert f"{names}{facts['terugval']}{closing};" in light
        if "donker" in facts:
            assert f"{names}{facts['donker']}{closing};" in dark
    assert set(re.findall(r"--(?:nl|utrecht)-[\w-]+", SITE_STYLE)) == set(ROLES)


def test_every_role_has_a_meaning():
    meanings = read_yaml_text(MEANINGS.read_text(encoding="utf-8"))
    assert set(meanings) == set(LIST["rollen"]) and all(meanings.values())


def _palettes() -> dict[str, dict[str, str]]:
    """Role to colour: the fallbacks of the list and the house style, each in light and in dark."""
    palettes = {
        kind: {role: facts[kind] for role, facts in LIST["rollen"].items() if kind in facts}
        for kind in ("terugval", "donker")
    }
    for name, css in zip(("huisstijl", "huisstijl donker"), HOUSE_STYLE.split("@media"), strict=True):
        found = re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", css)
        ours = palettes["donker" if name.endswith("donker") else "terugval"]
        palettes[name] = {"gevaar": ours["gevaar"]} | {ROLES[token]: colour for token, colour in found}
    return palettes


@pytest.mark.parametrize("name", ["terugval", "donker", "huisstijl", "huisstijl donker"])
def test_colours_can_be_told_apart(name):
    palette = _palettes()[name]
    for one, other, least in LIST["samen"]:
        assert _contrast(palette[one], palette[other]) >= least, (one, other)


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1..21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
