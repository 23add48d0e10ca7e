"""`bench-desk`: the front desk in a real browser on the real server: from the last key to the answer."""

from __future__ import annotations

import argparse
import dataclasses
import json
import tempfile
from pathlib import Path
from statistics import median, quantiles

from api.cli.chromium import HOW_TO_GET_IT, LAUNCH_ARGUMENTS, find_chromium
from api.cli.common import positive, read_settings, readable_errors
from api.cli.errors import CommandError

NOTES = (
    ("mw 82 jr, pt†, slaapt slecht, gn lich klachten, vr om praatje", "Zeist"),
    ("dhr 71, wed, eet slecht sinds overl echtg, zoekt aanspraak", "Groningen"),
    ("mw 45 mz voor man met dementie, trekt t niet meer", "Terneuzen"),
    ("dhr 58 schulden, durft post niet te openen", "Utrecht"),
    ("mw 33 net bevallen, voelt zich alleen, nieuw in dorp", "Zierikzee"),
    ("dhr 66 ca prostaat, wil lotgenoten spreken", "Amersfoort"),
    ("mw 77 valangst, wil meer bewegen", "Assen"),
    ("dhr 19 gamet dag en nacht, moeder belt", "Tilburg"),
    ("mw 90 hh rec bloeddruk", "Zeist"),
    ("dhr 54 pob uitstr li arm", "Zeist"),
)
"""Notes as an assistant types them, with the place."""

KEY_PAUSE_MS = 45
"""Between two keys, as somebody types who does it all day."""

SETTLED_MS = 1_000
"""After the last key; nothing may follow on what was measured."""

TARGET_MS = 150
"""Issue F: median from the end of typing to the answer on the screen."""

WATCH = """
window.bench = { typed: 0, shown: 0 };
addEventListener("keydown", () => Object.assign(bench, { typed: performance.now(), shown: 0 }), true);
addEventListener("DOMContentLoaded", () => {
  new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
    if (document.querySelector("#kaart h2")) bench.shown = performance.now();
  }))).observe(document.getElementById("kaart"), { childList: true });
});
"""
"""Notes the last key, and the first frame after the answer to it stands there."""


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add `bench-desk` to the command line."""
    bench = commands.add_parser(
        "bench-desk",
        help="measure the front desk in a real browser; writes one JSON file",
        description="Types notes of a practice in /balie in Chromium against the real server, key by key; "
        "measures up to the frame with the answer. Prints the figures and, as the last line, "
        "the path of one JSON file. Needs the development dependencies and a Chromium.",
    )
    bench.add_argument("--runs", type=positive, default=3, help="times that every note is typed")
    bench.add_argument("--chromium", help="the browser to use, instead of the first that is found")
    bench.add_argument("--output", type=Path, default=Path("build/bench-desk.json"), help="the file to write")
    bench.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, print the figures, write the file, print its path as the last line."""
    chromium = find_chromium(arguments.chromium)
    if not chromium:
        raise CommandError(HOW_TO_GET_IT)
    report = summary(_measure(chromium, arguments.runs))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(f"answer on the screen after the last key: median {report['medianMs']} ms, 95 % within")
    print(f"{report['p95Ms']} ms, over {report['answers']} answers (target: median under {TARGET_MS} ms)")
    print(arguments.output)
    return 0


def summary(times: list[float]) -> dict:
    """Figures of the times (milliseconds, at least two)."""
    return {
        "answers": len(times),
        "medianMs": round(median(times), 1),
        "p95Ms": round(quantiles(times, n=20)[-1], 1),
        "targetMs": TARGET_MS,
        "keyPauseMs": KEY_PAUSE_MS,
    }


def _measure(chromium: str, runs: int) -> list[float]:
    from playwright.sync_api import sync_playwright

    from api.cli.local_server import serving
    from bot.model_signature import keys_of
    from bot.own_model import ensure_own_model

    plenty = "1000000/second"
    store = tempfile.TemporaryDirectory()
    settings = dataclasses.replace(read_settings(), store_url=f"sqlite:///{store.name}/opslag.sqlite")
    settings = dataclasses.replace(settings, rate_limit_address=plenty)
    with store, readable_errors():
        ensure_own_model(keys=keys_of(settings))
        with serving(settings) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH_ARGUMENTS))
            page = browser.new_context(locale="nl-NL").new_page()
            page.add_init_script(WATCH)
            page.goto(f"{address}/balie")
            times = [_time(page, note, place) for _ in range(runs) for note, place in NOTES]
            browser.close()
    return times


def _time(page, note: str, place: str) -> float:
    """Milliseconds from the last key of `note` to the frame with its answer."""
    page.keyboard.press("Escape")
    page.locator("#plaats").fill(place)
    page.locator("#vraag").focus()
    page.keyboard.type(note, delay=KEY_PAUSE_MS)
    page.wait_for_timeout(SETTLED_MS)
    took = page.evaluate("bench.shown - bench.typed")
    if took <= 0:
        raise CommandError(f"no answer within {SETTLED_MS / 1000:g} seconds to one of the notes")
    return took
