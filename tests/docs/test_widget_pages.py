"""The page on the widget names what exists; the accessibility statement treats every criterion."""

from __future__ import annotations

import re

from sociale_kaart.yaml_text import read_yaml_text

from tests.docs.markdown import ROOT, Page

WIDGET = Page(ROOT / "docs" / "widget.md")
STATEMENT = Page(ROOT / "docs" / "toegankelijkheid.md")
INTEGRATION = (ROOT / "api" / "pages" / "integratie.html").read_text(encoding="utf-8")

CRITERIA = {
    "1.1": [1],
    "1.2": [1, 2, 3, 4, 5],
    "1.3": [1, 2, 3, 4, 5],
    "1.4": [1, 2, 3, 4, 5, 10, 11, 12, 13],
    "2.1": [1, 2, 4],
    "2.2": [1, 2],
    "2.3": [1],
    "2.4": [1, 2, 3, 4, 5, 6, 7, 11],
    "2.5": [1, 2, 3, 4, 7, 8],
    "3.1": [1, 2],
    "3.2": [1, 2, 3, 4, 6],
    "3.3": [1, 2, 3, 4, 7, 8],
    "4.1": [2, 3],
}
"""Success criteria of WCAG 2.2, level A and AA, by guideline (W3C Recommendation of 5 October 2023)."""


def test_the_statement_treats_every_criterion_once():
    rows = re.findall(r"^\| (\d\.\d)\.(\d+)(?: t/m \1\.(\d+))? ", STATEMENT.text, re.M)
    treated = [
        (guideline, number)
        for guideline, first, last in rows
        for number in range(int(first), int(last or first) + 1)
    ]
    wanted = [(guideline, number) for guideline, numbers in CRITERIA.items() for number in numbers]
    assert treated == wanted and len(wanted) == 55


def test_a_criterion_is_tested_or_does_not_apply():
    for row in re.findall(r"^\| \d\.\d\.\d+.*$", STATEMENT.text, re.M):
        how, test = [cell.strip() for cell in row.strip("|").split("|")][1:]
        assert test or "niet van toepassing" in how or "niets flitst" in how, row


def test_the_statement_says_that_it_is_a_draft_and_leaves_the_municipality_its_part():
    assert "**concept**" in STATEMENT.text and "geen onderzoek" in STATEMENT.text
    assert STATEMENT.text.count("[naam") >= 2 and "[datum]" in STATEMENT.text


def test_files_that_are_named_exist():
    for page in (WIDGET, STATEMENT):
        for span in page.code_spans:
            if re.fullmatch(r"(tests|api|data|catalogue)/[\w./-]+", span):
                assert (ROOT / span).exists(), f"{page}: {span}"


def test_attributes_are_the_same_on_both_pages():
    documented = re.findall(r"^\| `([a-z-]+)` \|", WIDGET.text, re.M)
    explained = re.findall(r'<th scope="row"><code>([a-z-]+)</code>', INTEGRATION)
    assert documented == explained == ["endpoint", "gemeente", "weergave", "verlaat-naar"]
    element = (ROOT / "api" / "widget" / "src" / "element.ts").read_text(encoding="utf-8")
    assert set(re.findall(r'getAttribute\("([a-z-]+)"\)', element)) == set(documented)


def test_the_neutral_page_is_the_one_of_the_element():
    element = (ROOT / "api" / "widget" / "src" / "element.ts").read_text(encoding="utf-8")
    neutral = re.search(r'NEUTRAL = "([^"]+)"', element).group(1)
    assert f"`{neutral}`" in WIDGET.text and f"<code>{neutral}</code>" in INTEGRATION


def test_the_number_of_other_languages_is_right():
    languages = read_yaml_text((ROOT / "data" / "widget" / "zonder_javascript.yml").read_text())["talen"]
    assert len(languages) == 8 and "eight other languages" in WIDGET.text.replace("\n", " ")
