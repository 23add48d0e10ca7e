"""The chat's own texts, colours and limits agree with the data and the code that they speak for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sociale_kaart.helplines import load_helplines
from sociale_kaart.phones import digits
from sociale_kaart.reports import REASONS
from sociale_kaart.yaml_text import read_yaml_text

from api.report_desk import LONGEST_NOTE
from api.settings import Settings

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "api" / "widget" / "src").glob("*.ts"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
STYLES = (ROOT / "api" / "widget" / "src" / "styles.css").read_text(encoding="utf-8")


def _data(name: str) -> dict:
    return read_yaml_text((ROOT / "data" / "widget" / name).read_text(encoding="utf-8"))


TEXTS, TOKENS = _data("teksten.yml"), _data("tokens.yml")
LINES = {line.key: line for line in load_helplines().values()}


def _keys(texts: dict, before: str = "") -> list[str]:
    """`venster.titel` for every text."""
    keys = []
    for key, value in texts.items():
        keys += _keys(value, f"{before}{key}.") if isinstance(value, dict) else [f"{before}{key}"]
    return keys


@pytest.mark.parametrize("line", TEXTS["hulplijnen"], ids=lambda line: line["sleutel"])
def test_a_number_in_the_script_is_the_number_of_the_help_line(line):
    assert digits(line["telefoon"]) == digits(LINES[line["sleutel"]].phone)


def test_no_other_number_stands_in_the_texts_or_the_code():
    known = {digits(line["telefoon"]) for line in TEXTS["hulplijnen"]}
    texts = re.sub(r"(?s)\nhulplijnen:.*", "", (ROOT / "data" / "widget" / "teksten.yml").read_text())
    for found in re.findall(r"\b(?:1\d\d|0\d{2,3}[- ]?\d{4,7})\b", texts.split("\n\n", 1)[1]):
        assert digits(found) in known


def test_the_form_of_a_report_offers_exactly_the_reasons_of_the_list():
    assert TEXTS["melding"]["redenen"] == REASONS
    assert f"const LONGEST_NOTE = {LONGEST_NOTE};" in CODE


def test_the_limits_are_those_of_the_server():
    assert f"const LONGEST = {Settings().max_message_characters};" in CODE
    assert f"const LONGEST = {Settings().conversation_ttl_minutes} * 60 * 1000;" in CODE


def test_every_text_is_used():
    unused = []
    for key in _keys(TEXTS):
        if key.startswith(("melding.redenen.", "knoppen.", "hulplijnen", "fouten.")):
            continue
        last = key.rsplit(".", 1)[-1]
        if not re.search(rf"\.{last}\b", CODE):
            unused.append(key)
    assert unused == []


def test_the_code_says_nothing_by_itself():
    strings = re.findall(r'"([^"\n]*)"', re.sub(r"//.*|/\*.*?\*/", "", CODE, flags=re.S))
    said = [text for text in strings if re.search(r"\b(de|het|een|u|uw|niet|is|en|of)\b \w", text.lower())]
    assert said == []


def test_text_is_only_ever_set_as_text():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", CODE)
    assert not re.search(r"localStorage|document\.cookie|indexedDB", CODE)
    assert not re.search(r"""createElement\(["']style|setAttribute\(["']style""", CODE)
    assert not re.search(r"@import|url\(", STYLES)


def test_every_colour_of_the_styles_has_a_role():
    roles = set(TOKENS["rollen"])
    own = set(re.findall(r"--([\w-]+):", STYLES))
    assert set(re.findall(r"var\(--([\w-]+)", STYLES)) <= roles | own


def _luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("kind", ["terugval", "donker"])
@pytest.mark.parametrize("pair", TOKENS["samen"], ids=lambda pair: "-".join(pair[:2]))
def test_the_fallback_colours_can_be_read(pair, kind):
    one, other, least = pair
    lights = sorted(_luminance(TOKENS["rollen"][role][kind]) for role in (one, other))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= least
