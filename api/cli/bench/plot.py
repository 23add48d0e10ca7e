"""Two pictures of a run: latency against load, and cost against the length of a conversation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 66, 566, 62, 362
"""Pixels of the field in which the lines are; the words of each line stand on its right."""

LINE_HEIGHT = 18
TICKS = 6

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1f2328",
    "soft": "#59636e",
    "rule": "#d1d9e0",
    "ours": "#0068b0",
    "stock": "#b34400",
}
DARK = {
    "paper": "#0d1117",
    "ink": "#f0f6fc",
    "soft": "#9198a1",
    "rule": "#3d4651",
    "ours": "#5ab6f5",
    "stock": "#ff9757",
}
"""Colours on light and on dark paper: 4.5:1 for words, 3:1 for lines (WCAG 2.2, 1.4.3 and 1.4.11)."""


@dataclass(frozen=True)
class Line:
    """One line: what it says, whose it is (`ours` or `stock`), its points, and whether it is dashed."""

    words: str
    side: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False


def latency_plot(report: Mapping) -> str:
    """SVG: median and 95th percentile per turn (ms) at each number of clients."""
    clients = list(report["ours"]["load"])
    lines = [
        Line(
            f"{'ours' if side == 'ours' else 'stock Rasa'}: {words}",
            side,
            [(place, report[side]["load"][number][field]) for place, number in enumerate(clients)],
            dashed,
        )
        for field, words, dashed in (("p95Ms", "95 % within", False), ("p50Ms", "median", True))
        for side in ("stock", "ours")
    ]
    spoken = "; ".join(
        f"at {number} clients 95 % within {report['ours']['load'][number]['p95Ms']:.0f} ms against "
        f"{report['stock']['load'][number]['p95Ms']:.0f} ms"
        for number in clients
    )
    places = [(place, number) for place, number in enumerate(clients)]
    title = "Time per turn against the number of clients"
    return draw(title, f"Ours against stock Rasa: {spoken}.", "clients that talk at once", places, lines)


def cost_plot(report: Mapping) -> str:
    """SVG: what a turn costs (ms) as one conversation goes on."""
    lines = [
        Line("stock Rasa", "stock", [tuple(point) for point in report["stock"]["turnCostCurveMs"]]),
        Line("ours", "ours", [tuple(point) for point in report["ours"]["turnCostCurveMs"]]),
    ]
    last = max(turn for turn, _ in lines[0].points)
    spoken = "; ".join(
        f"{words} {costs['5']:.0f} ms at turn 5, {costs['50']:.0f} at turn 50, {costs['200']:.0f} at turn 200"
        for words, costs in (
            ("ours", report["ours"]["turnCostMs"]),
            ("stock Rasa", report["stock"]["turnCostMs"]),
        )
    )
    places = [(turn, f"{turn}") for turn in range(0, math.ceil(last / 50) * 50 + 1, 50)]
    title = "Time per turn against the length of the conversation"
    return draw(title, f"One client, one conversation: {spoken}.", "turn of the conversation", places, lines)


def draw(
    title: str, description: str, below: str, places: Sequence[tuple[float, str]], lines: Sequence[Line]
) -> str:
    """A picture of `lines` over the marked `places` of the horizontal axis; milliseconds from 0 upwards."""
    highest = max(height for line in lines for _, height in line.points)
    step = nice_step(highest / TICKS)
    top = step * math.ceil(highest / step)
    low, high = min(place for place, _ in places), max(place for place, _ in places)

    def x(value: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (value - low) / (high - low), 1)

    def y(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)

    content = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(description)}</desc>',
        f"<style>{_style()}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" class="paper"/>',
        f'<text x="16" y="30" class="head">{escape(title)}</text>',
        f'<text x="16" y="{TOP - 10}" class="soft">milliseconds</text>',
    ]
    for tick in range(round(top / step) + 1):
        height = y(tick * step)
        content.append(f'<path class="rule" d="M{LEFT} {height}H{RIGHT}"/>')
        content.append(f'<text x="{LEFT - 8}" y="{height + 5}" class="soft end">{tick * step:g}</text>')
    for place, words in places:
        content.append(f'<text x="{x(place)}" y="{BOTTOM + 22}" class="soft middle">{escape(words)}</text>')
    middle = (LEFT + RIGHT) / 2
    content.append(f'<text x="{middle:g}" y="{BOTTOM + 46}" class="soft middle">{escape(below)}</text>')
    for line in lines:
        path = "L".join(f"{x(place)} {y(height)}" for place, height in line.points)
        content.append(f'<path class="line {line.side}{" dashed" if line.dashed else ""}" d="M{path}"/>')
    content += _words_of(lines, [y(line.points[-1][1]) for line in lines])
    return "\n".join([*content, "</svg>", ""])


def nice_step(least: float) -> float:
    """The smallest 1, 2 or 5 times a power of ten from `least` (above 0) upwards."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def apart(heights: Sequence[float], distance: float = LINE_HEIGHT) -> list[float]:
    """`heights` with at least `distance` between any two, in the same order, moved down where needed."""
    placed = list(heights)
    previous = -math.inf
    for number in sorted(range(len(heights)), key=lambda one: heights[one]):
        previous = placed[number] = max(heights[number], previous + distance)
    return placed


def _words_of(lines: Sequence[Line], heights: Sequence[float]) -> Iterator[str]:
    for line, height in zip(lines, apart(heights), strict=True):
        yield f'<text x="{RIGHT + 10}" y="{height + 5:g}" class="{line.side}">{escape(line.words)}</text>'


def _style() -> str:
    def colours(tints: Mapping[str, str]) -> str:
        sides = "".join(
            f"text.{side}{{fill:{tints[side]}}}.line.{side}{{stroke:{tints[side]}}}"
            for side in ("ours", "stock")
        )
        return (
            f".paper{{fill:{tints['paper']}}}text{{fill:{tints['ink']}}}.soft{{fill:{tints['soft']}}}"
            f".rule{{stroke:{tints['rule']}}}{sides}"
        )

    return (
        "text{font:14px system-ui,-apple-system,'Segoe UI',sans-serif}.head{font-size:18px;font-weight:600}"
        ".end{text-anchor:end}.middle{text-anchor:middle}.line{fill:none;stroke-width:2.5}"
        ".dashed{stroke-dasharray:6 5}"
        f"{colours(LIGHT)}@media(prefers-color-scheme:dark){{{colours(DARK)}}}"
    )
