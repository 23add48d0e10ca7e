"""The page about coverage: the count of `coverage.py` as Markdown tables and what they say is thin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template

from sociale_kaart.coverage import (
    NATIONWIDE,
    NEWEST,
    NOWHERE,
    OLDER,
    RECENT,
    RECENT_YEARS,
    UNDATED,
    Coverage,
    Tally,
)
from sociale_kaart.model import Kind, Route

ABBREVIATIONS = {
    "Groningen": "Gr",
    "Friesland": "Fr",
    "Drenthe": "Dr",
    "Overijssel": "Ov",
    "Flevoland": "Fl",
    "Gelderland": "Ge",
    "Utrecht": "Ut",
    "Noord-Holland": "NH",
    "Zuid-Holland": "ZH",
    "Zeeland": "Ze",
    "Noord-Brabant": "NB",
    "Limburg": "Li",
}
"""The provinces from north to south, and how the wide tables write them."""

FEW_MUNICIPALITIES = 0.15
"""A route that fewer of the municipalities can reach is called thin on the page."""
LEAST_PROVINCES = 4
AREAS = (*ABBREVIATIONS, NATIONWIDE)

TEMPLATE = Path(__file__).with_name("coverage_page.txt")


def coverage_page(
    coverage: Coverage, kinds: Mapping[str, Kind], routes: Mapping[str, Route], on_map: int
) -> str:
    """The page in Markdown; `on_map` is how many initiatives the map shows."""
    total = coverage.total
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        rows=_rows_of(total),
        shown=total.shown,
        draft=total.draft,
        other=total.other,
        off_map=total.shown - on_map,
        provinces=_provinces(coverage),
        with_own=_municipalities(coverage) - len(coverage.without_own),
        municipalities=_municipalities(coverage),
        reach=_reach(coverage, routes),
        legend=", ".join(f"{short} {name}" for name, short in ABBREVIATIONS.items())
        + "; NL works for the whole country.",
        routes=_by_area(
            {routes[code].name: one.per_province for code, one in coverage.routes.items()}, "Route"
        ),
        kinds=_by_area(
            {kinds[code].name: tally.per_province for code, tally in _largest_first(coverage.kinds)}, "Kind"
        ),
        missing_kinds=_missing_kinds(coverage, kinds),
        quality=_quality(total, coverage.newest_year),
        partial=total.partial_address,
        unreachable=total.unreachable,
        kind_quality=_kind_quality(coverage, kinds),
        thin=_thin(coverage, kinds, routes),
        odensehuizen=_rows_of(coverage.kinds["odensehuis"]),
        inloophuizen=_rows_of(coverage.kinds["ipso_inloophuis"]),
        prescribing=_rows_of(coverage.kinds["welzijn_op_recept"]),
    )


def _provinces(coverage: Coverage) -> str:
    without = [point.province for point in coverage.without_own]
    rows = []
    for name in (*ABBREVIATIONS, NATIONWIDE, NOWHERE):
        tally, municipalities = coverage.provinces[name], coverage.municipalities.get(name, 0)
        own = municipalities - without.count(name)
        places = [municipalities, own, f"{tally.shown / municipalities:.1f}"] if municipalities else [""] * 3
        rows.append([name, tally.shown, *places, tally.draft, tally.other, tally.phone, tally.roster])
    columns = [
        "Shown",
        "Municipalities",
        "With their own",
        "Each",
        "Draft",
        "Other",
        "Telephone",
        "Opening times",
    ]
    return _table(["Province", *columns], rows)


def _reach(coverage: Coverage, routes: Mapping[str, Route]) -> str:
    everywhere = _municipalities(coverage)
    rows = []
    for code, one in sorted(coverage.routes.items(), key=lambda item: -item[1].reached):
        nationwide = one.per_province.get(NATIONWIDE, 0)
        share = f"{100 * one.reached / everywhere:.0f} %"
        name = f"{routes[code].name} (`{code}`)"
        rows.append([name, one.shown - nationwide, one.reached, share, one.reached_by_first, nationwide])
    return _table(["Route", "Local", "In reach", "Share", "First choice", "Whole country"], rows)


def _by_area(counts: Mapping[str, Mapping[str, int]], first_column: str) -> str:
    rows = [
        [name, *(found.get(area) or "·" for area in AREAS), sum(found.values())]
        for name, found in counts.items()
    ]
    return _table([first_column, *ABBREVIATIONS.values(), "NL", "All"], rows)


def _missing_kinds(coverage: Coverage, kinds: Mapping[str, Kind]) -> str:
    """Kinds that a resident may be told of, without any; how many rows wait as a draft."""
    empty = [code for code, kind in kinds.items() if kind.role != "tool" and not coverage.kinds[code].shown]
    return ", ".join(f"{kinds[code].name} ({_drafts(coverage.kinds[code])})" for code in empty) or "none"


def _drafts(tally: Tally) -> str:
    return {0: "no draft", 1: "1 draft"}.get(tally.draft, f"{tally.draft} drafts")


def _quality(total: Tally, newest: int | None) -> str:
    def row(name: str, count: int) -> list[object]:
        return [name, count, f"{100 * count / max(1, total.shown):.0f} %"]

    known = {
        "Full address": total.address,
        "Telephone": total.phone,
        "Opening times as a roster": total.roster,
        "Website": total.website,
    }
    ages = {f"Source: {words}": total.ages.get(age, 0) for age, words in _ages(newest).items()}
    return _table(["Known", "Shown", "Share"], [row(*item) for item in {**known, **ages}.items()])


def _ages(newest: int | None) -> dict[str, str]:
    """How the page calls each age, counted back from the newest source in the catalogue."""
    if newest is None:
        return {UNDATED: "no date"}
    first = newest - RECENT_YEARS
    return {
        NEWEST: str(newest),
        RECENT: f"{first}–{newest - 1}",
        OLDER: f"before {first}",
        UNDATED: "no date",
    }


def _kind_quality(coverage: Coverage, kinds: Mapping[str, Kind]) -> str:
    ages = _ages(coverage.newest_year)
    columns = ["Shown", "Draft", "Other", "Address", "Telephone", "Opening times", "Website", *ages.values()]
    rows = [
        [f"{kinds[code].name} (`{code}`)", one.shown, one.draft, one.other]
        + [one.address, one.phone, one.roster, one.website]
        + [one.ages.get(age, 0) for age in ages]
        for code, one in _largest_first(coverage.kinds)
    ]
    return _table(["Kind", *columns], rows)


def _thin(coverage: Coverage, kinds: Mapping[str, Kind], routes: Mapping[str, Route]) -> str:
    everywhere, total = _municipalities(coverage), coverage.total
    few = sorted(
        (one.reached, routes[code].name)
        for code, one in coverage.routes.items()
        if one.reached < FEW_MUNICIPALITIES * everywhere
    )
    sparse = sorted(
        (coverage.provinces[name].shown / coverage.municipalities[name], name) for name in ABBREVIATIONS
    )[:LEAST_PROVINCES]
    fewest = sorted((coverage.provinces[name].shown, name) for name in ABBREVIATIONS)[:LEAST_PROVINCES]
    lines = [
        f"{len(coverage.without_own)} of the {everywhere} municipalities have no initiative of their own.",
        "Fewest per municipality: " + _listed((f"{number:.1f}", name) for number, name in sparse) + ".",
        "Fewest in all: " + _listed(fewest) + ".",
        f"Routes in reach of fewer than {100 * FEW_MUNICIPALITIES:.0f} % of the municipalities: "
        f"{_listed(few) or 'none'}.",
        *(_gaps(coverage, kinds[code]) for code in ("odensehuis", "ipso_inloophuis", "welzijn_op_recept")),
        f"{total.shown - total.phone} of the {total.shown} shown have no telephone number, "
        f"{total.shown - total.roster} no opening times that a program can read.",
        f"{total.ages.get(OLDER, 0)} rest on a source from {_ages(coverage.newest_year).get(OLDER, '')} and "
        f"{total.ages.get(UNDATED, 0)} on one without a date.",
    ]
    return "\n".join(f"- {line}" for line in lines)


def _gaps(coverage: Coverage, kind: Kind) -> str:
    """In which provinces none of a kind is shown, and in which just one."""
    found = coverage.kinds[kind.code].per_province
    by_count = {
        words: [name for name in ABBREVIATIONS if found.get(name, 0) == count]
        for words, count in (("none in", 0), ("one in", 1))
    }
    gaps = [f"{words} {', '.join(names)}" for words, names in by_count.items() if names]
    return f"{kind.name}: {'; '.join(gaps) or 'at least two in every province'}."


def _listed(counts: Iterable[tuple[object, str]]) -> str:
    return ", ".join(f"{name} ({number})" for number, name in counts)


def _largest_first(kinds: Mapping[str, Tally]) -> list[tuple[str, Tally]]:
    return sorted(((code, one) for code, one in kinds.items() if one.shown), key=lambda item: -item[1].shown)


def _rows_of(tally: Tally) -> int:
    return tally.shown + tally.draft + tally.other


def _municipalities(coverage: Coverage) -> int:
    return sum(coverage.municipalities.values())


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table: a name first, then figures, lined up on the right."""
    lines = [columns, ["---", *["--:"] * (len(columns) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
