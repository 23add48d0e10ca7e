"""Ratios, verdicts, the table, the page and the pictures of one known run."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from api.cli.bench.page import contents, page
from api.cli.bench.plot import apart, cost_plot, latency_plot, nice_step
from api.cli.bench.report import BUSY, head, met, ratios, table
from tests.cli.bench.fake_sides import REPORT

SVG = "{http://www.w3.org/2000/svg}"


def test_the_ratios_are_ours_against_stock_and_the_last_is_ours_alone():
    assert ratios(REPORT["ours"], REPORT["stock"]) == {
        "turnsPerSecond16": 4.0, "p95At16": 0.25, "memory": 0.25, "turn200Over5": 1.4,
    }  # fmt: skip


@pytest.mark.parametrize(
    "name, good, bad",
    [
        ("turnsPerSecond16", 3.0, 2.9),
        ("p95At16", 0.33, 0.34),
        ("memory", 0.6, 0.61),
        ("turn200Over5", 1.3, 1.31),
    ],
)
def test_more_turns_are_better_and_less_of_all_else(name, good, bad):
    assert met(name, good) and not met(name, bad)


def test_the_table_shows_both_sides_and_every_verdict():
    text = "\n".join([*head(REPORT), *table(REPORT)])
    for words in (
        "1 client: median",
        "16 clients: 99th",
        "memory",
        "start-up",
        "turn 200",
        "/v1/triage",
        "seed 2026",
    ):
        assert words in text
    assert text.count(": met") == 3 and text.count(": missed") == 2


def test_the_page_holds_the_table_the_pictures_and_the_targets():
    text = page(REPORT)
    assert "| memory | 600.0 MB | 2400.0 MB |" in text
    assert "at most 0.6 | 0.65 | missed" in text
    assert "$" not in text
    for path in contents(REPORT):
        assert path.name in text or path.suffix == ".md"


@pytest.mark.parametrize("draw", [latency_plot, cost_plot])
def test_a_picture_is_well_formed_and_says_in_words_what_it_shows(draw):
    picture = ElementTree.fromstring(draw(REPORT))
    assert picture.get("role") == "img" and picture.get("aria-labelledby") == "title desc"
    assert picture.find(f"{SVG}title").text
    assert "200" in picture.find(f"{SVG}desc").text or "16 clients" in picture.find(f"{SVG}desc").text
    drawn = [path for path in picture.iter(f"{SVG}path") if "line" in path.get("class")]
    assert {name for path in drawn for name in ("ours", "stock") if name in path.get("class")} == {
        "ours",
        "stock",
    }


def test_steps_of_an_axis_are_round_and_words_never_overlap():
    assert [nice_step(least) for least in (0.9, 1, 3, 60, 120)] == [1, 1, 5, 100, 200]
    assert apart([100, 101, 300, 90], 18) == [108, 126, 300, 90]


def test_a_run_on_a_busy_machine_says_so():
    busy = {**REPORT, "machine": {**REPORT["machine"], "loadAverage": 4.2}}
    assert BUSY in page(busy) and BUSY in list(head(busy))
    assert BUSY not in page(REPORT) and BUSY not in list(head(REPORT))
