from __future__ import annotations

import re
from html import unescape

import pytest
from sociale_kaart.helplines import load_helplines
from sociale_kaart.municipality import Desk
from sociale_kaart.phones import digits, numbers_in
from sociale_kaart.yaml_text import read_yaml_text

from actions.context import build_context
from actions.local_contact import Municipality
from api.without_javascript import TEXTS, fallback_html, other_languages_html, texts
from tests.api.html import Html

KNOWN = Municipality(
    name="Nepstad",
    phone="14 0999",
    website="https://www.example.nl/",
    opening_hours="maandag 9-12 uur",
    out_of_hours_gp_phone="0999 123 456",
    team=Desk(name="het wijkteam", phone="0999 654 321"),
)


def test_numbers_are_those_of_the_list():
    listed = load_helplines()
    lines = texts()["nummers"]
    assert [line["sleutel"] for line in lines] == ["112", "113", "veilig_thuis", "luisterlijn"]
    for line in lines:
        row = listed[line["sleutel"]]
        assert line["telefoon"] == row.phone and line["telefoon"] in line["bel"]
        assert line.get("site", row.url) == row.url
        assert "24 uur per dag" in row.opening_hours, texts()["open"]
        if "gratis" in line["bel"]:
            assert "gratis" in row.opening_hours


def test_the_file_names_no_other_number():
    allowed = build_context().numbers.resident
    assert set(numbers_in(TEXTS.read_text(encoding="utf-8"))) <= allowed


def test_every_number_can_be_tapped():
    html = Html(fallback_html(None))
    assert html.links() == ["tel:112", "tel:113", "https://www.113.nl", "tel:08002000", "tel:0880767000"]
    for text in ("Bel uw eigen huisarts", "112NL-app", "Hier staat het telefoonnummer van uw gemeente"):
        assert text in fallback_html(None)


def test_a_municipality_gives_what_it_knows():
    html = fallback_html(KNOWN)
    for part in ("de gemeente Nepstad: 14 0999", "(maandag 9-12 uur)", ">example.nl<", "0999 123 456"):
        assert part in html
    assert "tel:140999" in html and "tel:0999654321" in html
    assert "Hier staat" not in html


def test_a_municipality_without_a_number_is_still_named():
    html = fallback_html(Municipality(name="Nepstad"))
    assert "Op de website van de gemeente Nepstad staat" in html


def test_what_comes_in_stays_text():
    nasty = '"><script>alert(1)</script>'
    html = fallback_html(
        Municipality(name=nasty, phone=nasty, website=f"https://x{nasty}", opening_hours=nasty)
    )
    assert "<script" not in html and nasty in unescape(html)
    assert {tag for tag, _ in Html(html).found} == {"p", "strong", "ul", "li", "a"}


def test_it_needs_nothing_of_the_page_that_it_is_put_on():
    for _, attributes in Html(fallback_html(KNOWN)).found:
        assert set(attributes) <= {"href"}


def test_the_page_of_its_own_has_the_numbers_in_every_language_of_the_chat(client):
    text = client.get("/widget/zonder-javascript").text
    html = Html(text)
    languages = read_yaml_text((TEXTS.parents[1] / "languages" / "languages.yml").read_text())["answered"]
    assert [section["lang"] for section in html.all("section")] == languages
    assert [section.get("dir") for section in html.all("section") if section["lang"] == "ar"] == ["rtl"]
    assert html.links().count("tel:113") == 1 + len(languages)
    assert "chat werkt" not in text and "Hier staat" not in text


def test_other_languages_name_only_checked_numbers():
    shown = re.sub(r"<[^>]+>", "", other_languages_html())
    assert set(numbers_in(shown)) == {"112", "113", "08002000"}


def test_a_number_reads_from_left_to_right_in_arabic_too():
    html = Html(other_languages_html())
    assert len(html.all("bdi")) == len(html.all("a")) and {item["dir"] for item in html.all("bdi")} == {"ltr"}


@pytest.mark.parametrize("spelling", ["Terneuzen", "gemeente terneuzen", " TERNEUZEN "])
def test_a_municipality_can_link_to_its_own_numbers(client, spelling):
    html = Html(client.get("/widget/zonder-javascript", params={"gemeente": spelling}).text)
    assert f"tel:{digits('14 0115')}" in html.links() and "tel:0115643000" in html.links()


def test_an_unknown_name_still_gets_the_national_numbers(client):
    answer = client.get("/widget/zonder-javascript", params={"gemeente": "<b>Nergens</b>"})
    assert answer.status_code == 200 and "Wij kennen geen gemeente met deze naam" in answer.text
    assert "Nergens" not in answer.text and "tel:112" in answer.text


def test_the_municipality_of_the_server_is_the_default(serve):
    client = serve(GEMEENTE="Terneuzen", GEMEENTE_OPENINGSTIJDEN="elke dag")
    assert "14 0115</a> (elke dag)" in client.get("/widget/zonder-javascript").text
    other = client.get("/widget/zonder-javascript?gemeente=Zeist").text
    assert "14 0115" not in other and "elke dag" not in other and "de gemeente Zeist" in other
