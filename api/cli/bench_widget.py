"""`bench-widget`: the chat of the website in a real browser, against the real server."""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import json
from pathlib import Path
from statistics import median

from api.cli.bench import TALK
from api.cli.chromium import HOW_TO_GET_IT, LAUNCH_ARGUMENTS, WIDGET, find_chromium
from api.cli.common import positive, read_settings, readable_errors
from api.cli.errors import CommandError

SCRIPT = WIDGET / "dist" / "sociale-triage.js"

EARLY = 50
"""Messages after which memory is measured first; the chat is then as full as it gets."""

TARGETS = {"firstRenderMs": 100, "firstAnswerMs": 500, "layoutShift": 0}
"""Issue E: what the figures should stay under, on the machine of the project."""

PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Meting</title>
<meta name="viewport" content="width=device-width"><script src="/widget/sociale-triage.js"></script></head>
<body><h1>Meting</h1><p>Een pagina met alleen de chat.</p><main></main><p>Onder de chat.</p></body></html>"""

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"

PREPARE = """
window.bench = {
  shift: 0,
  painted: () => new Promise((done) => requestAnimationFrame(() => setTimeout(done))),
  until: async (met) => {
    const patience = performance.now() + 30000;
    while (!met()) {
      if (performance.now() > patience) throw new Error(`not within 30 seconds: ${met}`);
      await bench.painted();
    }
  },
  chat: () => document.querySelector("sociale-triage").shadowRoot,
  log: () => bench.chat()?.querySelector("[role=log]"),
  composer: (selector) =>
    [...bench.chat().querySelectorAll(selector)].find((one) => !bench.log().contains(one)),
  said: 0,
};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) bench.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""

FIRST_RENDER = """async () => {
  const began = performance.now();
  document.querySelector("main").append(document.createElement("sociale-triage"));
  await bench.until(bench.log);
  const rendered = performance.now() - began;
  await bench.painted();
  bench.shift = 0; // the page made room for the chat; from here on messages arrive
  await bench.until(() => bench.log().innerText.trim());
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node.textContent.trim().startsWith("Computer")) bench.said += 1;
  }).observe(bench.log(), { childList: true, subtree: true });
  return { rendered, greeted: performance.now() - began };
}"""

SEND = """async (texts) => {
  const answered = [];
  for (const text of texts) {
    const box = bench.composer("textarea");
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    const before = bench.said, began = performance.now();
    bench.composer("button[type=submit]").click();
    await bench.until(() => bench.said > before);
    answered.push(performance.now() - began);
  }
  return answered;
}"""


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add `bench-widget` to the command line."""
    bench = commands.add_parser(
        "bench-widget",
        help="measure the chat of the website in a real browser; writes one JSON file",
        description="Opens the built chat in Chromium against the real server: first render, first answer, "
        "layout shift, memory over many messages, size and requests. Prints the figures and, as the last "
        "line, the path of one JSON file. Needs the development dependencies and a Chromium.",
    )
    bench.add_argument("--runs", type=positive, default=5, help="fresh pages, of which the median counts")
    bench.add_argument(
        "--messages", type=positive, default=500, help=f"messages of the long conversation ({EARLY} or more)"
    )
    bench.add_argument("--chromium", help="the browser to use, instead of the first that is found")
    bench.add_argument(
        "--output", type=Path, default=Path("build/bench-widget.json"), help="the file to write"
    )
    bench.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, print the figures, write the file, print its path as the last line."""
    chromium = find_chromium(arguments.chromium)
    if not chromium:
        raise CommandError(HOW_TO_GET_IT)
    if not SCRIPT.is_file():
        raise CommandError(f"{SCRIPT} is not there: run make widget")
    report = {"targets": TARGETS, **_measure(chromium, arguments.runs, max(arguments.messages, EARLY))}
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print("\n".join(readable(report)))
    print(arguments.output)
    return 0


def readable(report: dict) -> list[str]:
    """The figures as lines, with the target beside each that has one."""
    early, late = report["memory"]
    return [
        f"script {report['gzippedBytes']} bytes gzipped; {report['requests']:g} requests to the first answer",
        f"first render {report['firstRenderMs']} ms (target: under {TARGETS['firstRenderMs']})",
        f"greeting from the server {report['greetingMs']} ms",
        f"first answer {report['firstAnswerMs']} ms (target: under {TARGETS['firstAnswerMs']})",
        f"layout shift {report['layoutShift']} (target: {TARGETS['layoutShift']})",
        *(
            f"after {m['messages']} messages: {m['heapKb']} kB heap, {m['nodes']} nodes"
            for m in (early, late)
        ),
        f"growth: heap x {report['ratios']['heapGrowth']}, nodes x {report['ratios']['nodeGrowth']}",
    ]


def _measure(chromium: str, runs: int, messages: int) -> dict:
    from playwright.sync_api import sync_playwright

    from api.cli.local_server import serving
    from bot.model_signature import keys_of
    from bot.own_model import ensure_own_model

    plenty = "1000000/second"
    settings = dataclasses.replace(
        read_settings(), rate_limit_address=plenty, rate_limit_start=plenty, rate_limit_conversation=plenty
    )
    with readable_errors():
        ensure_own_model(keys=keys_of(settings))
        with serving(settings) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH_ARGUMENTS))
            fresh = [_Visit(browser, address).figures() for _ in range(runs)]
            memory = _Visit(browser, address).memory((EARLY, messages))
            browser.close()
    figures = {name: round(median(visit[name] for visit in fresh), 3) for name in fresh[0]}
    early, late = memory
    return {
        "runs": runs,
        "gzippedBytes": len(gzip.compress(SCRIPT.read_bytes(), 9, mtime=0)),
        **figures,
        "memory": memory,
        "ratios": {
            "heapGrowth": round(late["heapKb"] / early["heapKb"], 2),
            "nodeGrowth": round(late["nodes"] / early["nodes"], 2),
        },
    }


class _Visit:
    """One fresh browser context with the chat on a page of its own."""

    def __init__(self, browser, address: str) -> None:
        self._context = browser.new_context(locale="nl-NL", viewport={"width": 1000, "height": 900})
        self._context.add_init_script(PREPARE)
        self._requests: list[str] = []
        self._context.on("request", lambda request: self._requests.append(request.url))
        self._page = self._context.new_page()
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
        self._page.route(f"{address}/meting", lambda route: route.fulfill(body=PAGE, headers=headers))
        self._page.goto(f"{address}/meting")
        self._started = self._page.evaluate(FIRST_RENDER)

    def figures(self) -> dict:
        """Times in milliseconds, the sum of all layout shifts, and the requests up to the first answer."""
        [first_answer] = self._page.evaluate(SEND, [TALK[0]])
        requests = len(self._requests)
        self._page.evaluate(SEND, list(TALK[1:]))
        shift = self._page.evaluate("bench.shift")
        self._context.close()
        return {
            "firstRenderMs": self._started["rendered"],
            "greetingMs": self._started["greeted"],
            "firstAnswerMs": first_answer,
            "layoutShift": shift,
            "requests": requests,
        }

    def memory(self, moments: tuple[int, ...]) -> list[dict]:
        """Heap and nodes, garbage collected, after so many messages of one conversation."""
        devtools = self._context.new_cdp_session(self._page)
        sent, measured = 0, []
        for moment in moments:
            texts = [TALK[number % len(TALK)] for number in range(sent, moment)]
            self._page.evaluate(SEND, texts)
            sent = moment
            devtools.send("HeapProfiler.collectGarbage")
            heap = devtools.send("Runtime.getHeapUsage")["usedSize"]
            nodes = devtools.send("Memory.getDOMCounters")["nodes"]
            measured.append({"messages": moment, "heapKb": round(heap / 1024), "nodes": nodes})
        self._context.close()
        return measured
