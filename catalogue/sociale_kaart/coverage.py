"""How well the catalogue covers the country: initiatives counted per province, route and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sociale_kaart.freshness import earliest_day
from sociale_kaart.kinds import kinds_for
from sociale_kaart.model import Initiative, Kind, Place
from sociale_kaart.ranking import WHOLE_COUNTRY, fit_to_place
from sociale_kaart.store import ACTIVE

DRAFT = "concept"
NATIONWIDE = "Whole country"
"""Stands for the province of what has no place of its own and works for the whole country."""
NOWHERE = "No place known"
"""Stands for the province of a row that names no place at all."""
NEWEST, RECENT, OLDER, UNDATED = "newest", "recent", "older", "undated"
"""Ages of a source: of the newest year in the catalogue, one or two years before, older, without a date."""
RECENT_YEARS = 2


@dataclass(frozen=True)
class Tally:
    """Some initiatives, counted: shown, draft and neither; of those shown what is known, and how old."""

    shown: int
    draft: int
    other: int
    address: int
    partial_address: int
    phone: int
    roster: int
    website: int
    unreachable: int
    """Shown with neither telephone, e-mail nor website."""
    ages: Mapping[str, int]
    per_province: Mapping[str, int]
    """Those shown, per province; may hold NATIONWIDE."""


@dataclass(frozen=True)
class RouteCoverage:
    """A route: the shown initiatives a resident may be pointed to, and the municipalities they reach.

    `per_province` may hold NATIONWIDE. `reached` is how many municipalities have at least one within
    reach, without those for the whole country; `reached_by_first` only counts the kinds of first choice.
    """

    per_province: Mapping[str, int]
    reached: int
    reached_by_first: int

    @property
    def shown(self) -> int:
        return sum(self.per_province.values())


@dataclass(frozen=True)
class Coverage:
    """The whole count; provinces by name, kinds and routes by code, in the order of the data."""

    newest_year: int | None
    total: Tally
    provinces: Mapping[str, Tally]
    kinds: Mapping[str, Tally]
    routes: Mapping[str, RouteCoverage]
    municipalities: Mapping[str, int]
    """How many municipalities each province has."""
    without_own: tuple[Place, ...]
    """The municipalities without a shown initiative of any kind within their borders."""


def measure_coverage(
    initiatives: Iterable[Initiative],
    kinds: Mapping[str, Kind],
    routes: Iterable[str],
    places: Iterable[Place],
) -> Coverage:
    """Count all `initiatives` (also those not shown) by kind, by route code and by province of `places`."""
    everything = list(initiatives)
    shown = [one for one in everything if one.status == ACTIVE]
    points = municipality_points(places)
    province_of = _province_finder(points)
    newest = max((year for one in everything if (year := _year(one))), default=None)

    def tally(chosen: Callable[[Initiative], bool]) -> Tally:
        return _tally([one for one in everything if chosen(one)], newest, province_of)

    reach = {one.id: _reached(one, kinds[one.kind], points) for one in shown}
    inhabited = {(one.municipality, one.province) for one in shown}
    provinces = sorted({point.province for point in points if point.province})
    return Coverage(
        newest_year=newest,
        total=tally(lambda one: True),
        provinces={
            name: tally(lambda one, name=name: province_of(one) == name)
            for name in (*provinces, NATIONWIDE, NOWHERE)
        },
        kinds={code: tally(lambda one, code=code: one.kind == code) for code in kinds},
        routes={
            code: _route_coverage(shown, kinds_for(dict(kinds), code), code, reach, province_of)
            for code in routes
        },
        municipalities=Counter(point.province for point in points),
        without_own=tuple(point for point in points if (point.municipality, point.province) not in inhabited),
    )


def municipality_points(places: Iterable[Place]) -> list[Place]:
    """Every municipality as one place: at the town that bears its name, and standing for all of it."""
    return [replace(place, population=0) for place in places if place.name == place.municipality]


def primary_route(kind: Kind) -> str | None:
    """The route a kind is first offered for, or belongs to where it is offered for none; None for a tool."""
    offered = [route for route in kind.routes if kind.offered_for(route)] or list(kind.routes)
    return min(offered, key=kind.routes.__getitem__, default=None)


def _route_coverage(
    shown: Sequence[Initiative],
    kinds: Sequence[Kind],
    route: str,
    reach: Mapping[str, frozenset[Place]],
    province_of: Callable[[Initiative], str],
) -> RouteCoverage:
    """Of the `kinds` offered for the route, first choice first; `reach` is by id of the initiative."""
    codes = {kind.code for kind in kinds}
    first = {kind.code for kind in kinds if kind.routes[route] == kinds[0].routes[route]}
    offered = [one for one in shown if one.kind in codes]
    return RouteCoverage(
        per_province=Counter(map(province_of, offered)),
        reached=len(frozenset().union(*(reach[one.id] for one in offered))),
        reached_by_first=len(frozenset().union(*(reach[one.id] for one in offered if one.kind in first))),
    )


def _reached(initiative: Initiative, kind: Kind, points: Sequence[Place]) -> frozenset[Place]:
    """The municipalities where the search would offer it as near enough (`ranking.fit_to_place`)."""
    if WHOLE_COUNTRY in initiative.service_area:
        return frozenset()
    return frozenset(point for point in points if fit_to_place(initiative, kind, point))


def _province_finder(points: Sequence[Place]) -> Callable[[Initiative], str]:
    by_area = {area: point.province for point in points for area in _names_of_area(point)}

    def province_of(initiative: Initiative) -> str:
        if initiative.province:
            return initiative.province
        found = next((by_area[area] for area in initiative.service_area if area in by_area), None)
        return found or (NATIONWIDE if WHOLE_COUNTRY in initiative.service_area else NOWHERE)

    return province_of


def _names_of_area(point: Place) -> tuple[str, str]:
    return point.municipality, f"provincie {point.province}"


def _tally(
    initiatives: Sequence[Initiative], newest: int | None, province_of: Callable[[Initiative], str]
) -> Tally:
    shown = [one for one in initiatives if one.status == ACTIVE]
    drafts = sum(one.status == DRAFT for one in initiatives)
    return Tally(
        shown=len(shown),
        draft=drafts,
        other=len(initiatives) - len(shown) - drafts,
        address=sum(bool(one.address) and one.address_certain for one in shown),
        partial_address=sum(bool(one.address) and not one.address_certain for one in shown),
        phone=sum(bool(one.phone) for one in shown),
        roster=sum(bool(one.schedules) for one in shown),
        website=sum(bool(one.website) for one in shown),
        unreachable=sum(not (one.phone or one.email or one.website) for one in shown),
        ages=Counter(_age(one, newest) for one in shown),
        per_province=Counter(map(province_of, shown)),
    )


def _age(initiative: Initiative, newest: int | None) -> str:
    year = _year(initiative)
    if year is None or newest is None:
        return UNDATED
    if year == newest:
        return NEWEST
    return RECENT if newest - year <= RECENT_YEARS else OLDER


def _year(initiative: Initiative) -> int | None:
    day = earliest_day(initiative.checked_on)
    return day.year if day else None
