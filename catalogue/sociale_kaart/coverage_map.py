"""A map of what the catalogue shows, drawn from the data alone: the known places give the outline."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sociale_kaart.coverage import Coverage, primary_route
from sociale_kaart.model import Initiative, Kind, Place
from sociale_kaart.store import ACTIVE

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
"""Radians between two seeds of a sunflower: marks set this way around a point keep equal distances."""


@dataclass(frozen=True)
class Family:
    """Routes that share a mark: an SVG path around 0,0, and a colour on light and on dark paper."""

    name: str
    routes: tuple[str, ...]
    shape: str
    light: str
    dark: str


FAMILIES = (
    Family(
        "Memory and dementia",
        ("odensehuis", "alzheimer_cafe"),
        "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        "#0068b0",
        "#5ab6f5",
    ),
    Family("Cancer", ("ipso_inloophuis",), "M0-5.2 4.4 0 0 5.2-4.4 0z", "#c2187b", "#ff8fcb"),
    Family("Welzijn op Recept", ("welzijn_op_recept",), "M-3.7-3.7h7.4v7.4h-7.4z", "#007d5c", "#3fd6a6"),
    Family("Carers and respite", ("mantelzorg", "respijtzorg"), "M0-4.8 4.7 3.6h-9.4z", "#c44a00", "#ff9757"),
    Family(
        "Grief, mind, illness",
        ("rouw", "psychische_kwetsbaarheid", "lotgenoten_chronisch"),
        "M0 4.8-4.7-3.6h9.4z",
        "#6b3fb0",
        "#bda2ff",
    ),
    Family(
        "Neighbours and buddies",
        ("buurt_ontmoeting", "dorpsondersteuner", "voorzorgcirkel", "buddy", "vrijwilligerswerk"),
        "M-1.7-4.8h3.4v3.1h3.1v3.4h-3.1v3.1h-3.4v-3.1h-3.1v-3.4h3.1z",
        "#7a6200",
        "#e0c341",
    ),
    Family(
        "Money and newcomers",
        ("financieel", "nieuwkomers"),
        "M-2.6-4.6 0-2 2.6-4.6 4.6-2.6 2 0 4.6 2.6 2.6 4.6 0 2-2.6 4.6-4.6 2.6-2 0-4.6-2.6z",
        "#4a5560",
        "#c6d0da",
    ),
    Family(
        "Young and family",
        ("jongeren", "zwanger_ouder", "kopp_kov"),
        "M0-5 4.8-1.5 2.9 4.1h-5.8L-4.8-1.5z",
        "#b3261e",
        "#ff8a80",
    ),
    Family(
        "Exercise and health",
        ("bewegen", "valpreventie", "leefstijl"),
        "M0-5.6 1.5-1.8 5.3-1.7 2.4.8 3.3 4.5 0 2.4-3.3 4.5-2.4.8-5.3-1.7-1.5-1.8z",
        "#4d7a00",
        "#a5d94b",
    ),
)
"""Every route has one. Colours keep 3:1 with their paper (WCAG 2.2, 1.4.11) and differ in shape too."""

LIGHT = {"paper": "#ffffff", "ink": "#1f2328", "soft": "#59636e", "land": "#c6cdd5"}
DARK = {"paper": "#0d1117", "ink": "#f0f6fc", "soft": "#9198a1", "land": "#3d4651"}

WIDTH, HEIGHT = 860, 1192
WEST, NORTH = 3.34, 53.56
KM_PER_DEGREE = 111.2
EAST_SHRINKS = math.cos(math.radians(52.15))
"""A degree of longitude against one of latitude, in the middle of the country."""
BIG_LEFT, BIG_TOP, BIG_SCALE = 232, 14, 2.3
SMALL_LEFT, SMALL_TOP, SMALL_SCALE = 12, 780, 0.56
COLUMN, ROW = 170, 222
BIG_STEP, SMALL_STEP = 4.7, 3.0
"""Pixels between marks that share a point."""


def draw_map(
    initiatives: Iterable[Initiative], kinds: Mapping[str, Kind], places: Sequence[Place], coverage: Coverage
) -> str:
    """The SVG: one map of all shown `initiatives` that have a point, and a small one per family.

    `coverage` gives the municipalities without any, for the last small map.
    """
    drawn = on_map(initiatives)
    families = [[one for one in drawn if family_of(kinds[one.kind]) is family] for family in FAMILIES]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'role="img" aria-labelledby="title desc">',
        '<title id="title">Where the initiatives of the catalogue are</title>',
        f'<desc id="desc">{_in_words(families, coverage)}</desc>',
        f"<style>{_style()}</style>",
        f"<defs>{_shapes()}</defs>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" class="paper"/>',
        *_legend(families, len(drawn), len(places)),
        f'<g transform="translate({BIG_LEFT} {BIG_TOP})">',
        f'<path class="land" stroke-width="3.6" d="{_dots(places, BIG_SCALE)}"/>',
        *_marks(families, BIG_SCALE, BIG_STEP),
        "</g>",
        f'<defs><path id="land" d="{_dots(places, SMALL_SCALE)}"/></defs>',
    ]
    for number, family in enumerate(FAMILIES):
        only = [chosen if one is family else [] for one, chosen in zip(FAMILIES, families, strict=True)]
        marks = _marks(only, SMALL_SCALE, SMALL_STEP, "s")
        lines += _small_map(number, family.name, f"{len(families[number])}", f"#m{number}", marks)
    empty = [f'<use href="#none" x="{x}" y="{y}"/>' for x, y in _points(coverage.without_own, SMALL_SCALE)]
    lines += _small_map(
        len(FAMILIES), "None of their own", f"{len(coverage.without_own)} municipalities", "#none",
        ['<g class="none">', *empty, "</g>"],
    )  # fmt: skip
    return "\n".join([*lines, "</svg>", ""])


def on_map(initiatives: Iterable[Initiative]) -> list[Initiative]:
    """The shown initiatives that have a point."""
    return [one for one in initiatives if one.status == ACTIVE and one.latitude is not None]


def family_of(kind: Kind) -> Family | None:
    """The family of the route a kind is first offered for; None for a way of working, which has no route."""
    return next((family for family in FAMILIES if primary_route(kind) in family.routes), None)


def _in_words(families: Sequence[Sequence[Initiative]], coverage: Coverage) -> str:
    counts = ", ".join(
        f"{family.name} {len(found)}" for family, found in zip(FAMILIES, families, strict=True)
    )
    return (
        f"A map of the Netherlands with a mark for every initiative, and a small map per theme. {counts}. "
        f"{len(coverage.without_own)} of the {sum(coverage.municipalities.values())} municipalities "
        "have none of their own. The tables on the page give the same figures."
    )


def _style() -> str:
    def colours(paper: Mapping[str, str], tints: Sequence[str]) -> str:
        rules = [
            f".paper{{fill:{paper['paper']}}}",
            f"text{{fill:{paper['ink']}}}",
            f".soft{{fill:{paper['soft']}}}",
            f".land{{stroke:{paper['land']}}}",
            f".mark{{stroke:{paper['paper']}}}",
            f".none{{fill:{paper['ink']}}}",
        ]
        return "".join([*rules, *(f".f{number}{{fill:{tint}}}" for number, tint in enumerate(tints))])

    return (
        "text{font:14px system-ui,-apple-system,'Segoe UI',sans-serif}"
        ".head{font-size:20px;font-weight:600}.small{font-size:12.5px}"
        ".land{fill:none;stroke-linecap:round}.mark{stroke-width:.7}"
        f"{colours(LIGHT, [family.light for family in FAMILIES])}"
        f"@media(prefers-color-scheme:dark){{{colours(DARK, [family.dark for family in FAMILIES])}}}"
    )


def _shapes() -> str:
    """Every mark in two sizes (`m` and, for the small maps, `s`), and the dot of the last map."""
    marks = "".join(
        f'<path id="m{number}" d="{family.shape}"/>'
        f'<path id="s{number}" d="{family.shape}" transform="scale(.72)"/>'
        for number, family in enumerate(FAMILIES)
    )
    return f'{marks}<circle id="none" r="1.9"/>'


def _legend(families: Sequence[Sequence[Initiative]], drawn: int, places: int) -> Iterator[str]:
    yield '<text x="16" y="40" class="head">Where they are</text>'
    yield f'<text x="16" y="66" class="soft">{drawn} initiatives, a mark each</text>'
    yield f'<text x="16" y="86" class="soft">{places:,} known places as dots</text>'
    for number, (family, found) in enumerate(zip(FAMILIES, families, strict=True)):
        y = 122 + 25 * number
        larger = f"translate(23 {y - 5}) scale(1.3)"
        yield f'<g class="mark f{number}"><use href="#m{number}" transform="{larger}"/></g>'
        yield f'<text x="38" y="{y}">{family.name} <tspan class="soft">{len(found)}</tspan></text>'


def _small_map(number: int, name: str, count: str, shape: str, marks: Iterable[str]) -> Iterator[str]:
    left, top = SMALL_LEFT + COLUMN * (number % 5), SMALL_TOP + ROW * (number // 5)
    tint = "none" if number == len(FAMILIES) else f"mark f{number}"
    yield f'<g transform="translate({left} {top})">'
    yield f'<g class="{tint}"><use href="{shape}" x="6" y="-31"/></g>'
    yield f'<text x="16" y="-26" class="small">{name}</text>'
    yield f'<text x="16" y="-10" class="small soft">{count}</text>'
    yield '<use href="#land" class="land" stroke-width="1.3"/>'
    yield from marks
    yield "</g>"


def _marks(
    families: Sequence[Sequence[Initiative]], scale: float, step: float, size: str = "m"
) -> Iterator[str]:
    """A group of marks per family; initiatives at one point stand around it like the seeds of a sunflower."""
    at_point: dict[tuple[float, float], int] = defaultdict(int)
    for number, family in enumerate(families):
        if not family:
            continue
        yield f'<g class="mark f{number}">'
        for x, y in _points(family, scale):
            turn = at_point[x, y]
            at_point[x, y] += 1
            away = step * math.sqrt(turn)
            east, south = away * math.cos(turn * GOLDEN_ANGLE), away * math.sin(turn * GOLDEN_ANGLE)
            yield f'<use href="#{size}{number}" x="{x + east:.1f}" y="{y + south:.1f}"/>'
        yield "</g>"


def _dots(places: Iterable[Place], scale: float) -> str:
    """A path of points without length, which round ends turn into dots; points that coincide once."""
    return "".join(f"M{x} {y}h0" for x, y in sorted(set(_points(places, scale))))


def _points(found: Iterable[Initiative | Place], scale: float) -> Iterator[tuple[float, float]]:
    """Pixels (one decimal) from the north-west corner; `scale` in pixels per km."""
    per_degree = KM_PER_DEGREE * scale
    for one in found:
        yield (
            round((one.longitude - WEST) * per_degree * EAST_SHRINKS, 1),
            round((NORTH - one.latitude) * per_degree, 1),
        )
