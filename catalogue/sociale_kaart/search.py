"""Finding initiatives: for routes (the assistant) and for a search text (people, the API)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sociale_kaart.kinds import kinds_for
from sociale_kaart.matching.reading import EXACT, Query, understand
from sociale_kaart.matching.weights import BESIDE_WHOLE, LEAST_SCORE, NEAREST_KM, ONLY_PLACE, WIDEST_KM
from sociale_kaart.model import Initiative, Kind, Place, PlaceMatch, Result, SearchAnswer
from sociale_kaart.ranking import (
    Fit,
    fit_by_name,
    fit_of_the_nearest,
    fit_to_place,
    is_national,
    order_relevance,
    result,
    result_by_name,
    worth,
)
from sociale_kaart.store import NEAREST, Catalogue

_LATEST = 60
_NAMED_SHOWN = 12


def find(
    catalogue: Catalogue,
    routes: Sequence[str] = (),
    kinds: Sequence[str] = (),
    place: Place | None = None,
    limit: int = 3,
    exclude: Collection[str] = (),
    today: date | None = None,
) -> list[Result]:
    """Initiatives to point a resident to: best route first, then what is near, then freshest.

    `routes` are route codes, best first; `kinds` narrows to these kinds, or stands alone;
    `exclude` are ids already shown. Only initiatives that help someone in `place` come back;
    without a place only those for the whole country. The last seat is kept for another kind
    close by when one kind would fill them all. Never a closed or unconfirmed initiative, and
    never a kind that may not be offered.
    """
    today = today or date.today()
    ranked: list[tuple[tuple[int, int], Result, bool]] = []
    seen = set(exclude)
    for index, order, kind in _wanted_kinds(catalogue, routes, kinds):
        for initiative in _candidates(catalogue, kind, place):
            fit = fit_to_place(initiative, kind, place)
            if fit is None or initiative.id in seen:
                continue
            seen.add(initiative.id)
            relevance = order_relevance(order) * order_relevance(index + 1)
            found = result(initiative, kind, fit, relevance, place, today)
            ranked.append(((index, order), found, fit.local))
    ranked.sort(key=_seat)
    return _seated(ranked, limit)


def nearest(
    catalogue: Catalogue,
    routes: Sequence[str],
    place: Place,
    exclude: Collection[str] = (),
    today: date | None = None,
) -> Result | None:
    """The nearest initiative for the first of `routes`, or None: for where `find` has none.

    Within an hour by car, and only kinds that people travel to: what serves one village is of
    no use elsewhere.
    """
    today = today or date.today()
    offers = [
        (fit.distance_km, initiative.id, initiative, kind, fit, relevance)
        for kind, relevance in _travelled_to(catalogue, routes[:1])
        for initiative in catalogue.near([kind.code], place.latitude, place.longitude, NEAREST_KM)
        if initiative.id not in exclude and (fit := fit_of_the_nearest(initiative, place)) is not None
    ]
    if not offers:
        return None
    _, _, initiative, kind, fit, relevance = min(offers, key=lambda offer: offer[:2])
    return result(initiative, kind, fit, relevance, place, today)


def with_nearest(
    catalogue: Catalogue,
    found: Sequence[Result],
    routes: Sequence[str],
    place: Place,
    limit: int,
    exclude: Collection[str] = (),
    today: date | None = None,
) -> list[Result]:
    """What was found; where all of it is for the whole country, the nearest goes last of at most `limit`."""
    if limit < 1 or any(not is_national(result.initiative) for result in found):
        return list(found)
    near = nearest(catalogue, routes, place, [*exclude, *(result.initiative.id for result in found)], today)
    return [*found[: max(1, limit - 1)], near][:limit] if near else list(found)


def search(
    catalogue: Catalogue,
    query: str,
    place: Place | str | None = None,
    kind: str | None = None,
    limit: int = 10,
    today: date | None = None,
) -> SearchAnswer:
    """What a search text means and the initiatives that fit it, best first (score 0..100).

    `place` (a place or its name) counts where the text names none; `kind` narrows to one
    kind, or to the kinds of a route when it is a route code. Where a place has none, the
    nearest one is given.
    """
    today = today or date.today()
    if isinstance(place, Place):
        given = PlaceMatch(place, place.name, 0, 0, EXACT)
    else:
        given = catalogue.gazetteer.lookup(place) if place and place.strip() else None
    asked = understand(catalogue, query, given, kind)
    named = _named_results(catalogue, asked, today)
    enough = asked.understood.organisation and not asked.kinds_only and _within_reach(named, asked.place)
    results = [
        *named,
        *([] if enough else _kind_results(catalogue, asked, max(0, limit), today)),
        *_local_results(catalogue, asked, today),
    ]
    best: dict[str, Result] = {}
    for found in sorted(results, key=lambda found: (-found.score, found.initiative.id)):
        if found.score >= LEAST_SCORE:
            best.setdefault(found.initiative.id, found)
    shown = list(best.values())[: max(0, limit)]
    route = asked.understood.route
    meant_by_name = asked.understood.organisation and shown
    if route and asked.place and not meant_by_name and not asked.kinds_only:
        shown = with_nearest(catalogue, shown, [route], asked.place, limit, today=today)
    return SearchAnswer(asked.understood, tuple(shown))


def _wanted_kinds(
    catalogue: Catalogue, routes: Sequence[str], kinds: Sequence[str]
) -> list[tuple[int, int, Kind]]:
    """The kinds to look at: position of the route, order within it, kind."""
    if not routes:
        allowed = [catalogue.kinds[code] for code in kinds if code in catalogue.kinds]
        return [(0, order, kind) for order, kind in enumerate(allowed, 1) if kind.role != "tool"]
    return [
        (index, kind.routes[route], kind)
        for index, route in enumerate(routes)
        for kind in kinds_for(catalogue.kinds, route)
        if not kinds or kind.code in kinds
    ]


def _travelled_to(catalogue: Catalogue, routes: Sequence[str]) -> list[tuple[Kind, float]]:
    return [
        (kind, order_relevance(order))
        for _, order, kind in _wanted_kinds(catalogue, routes, ())
        if kind.max_km and kind.role in ("route", "lokaal")
    ]


def _candidates(catalogue: Catalogue, kind: Kind, place: Place | None) -> list[Initiative]:
    areas = ["Nederland"]
    if place is not None:
        areas += [place.municipality, f"provincie {place.province}"]
        near = []
        if kind.max_km:
            near = catalogue.near([kind.code], place.latitude, place.longitude, kind.max_km)
        own = len(near) < NEAREST  # else all of the municipality that matters is among them
        return [*near, *catalogue.in_area([kind.code], areas, place.latitude, place.longitude, own)]
    return catalogue.in_area([kind.code], areas)


def _seat(entry: tuple[tuple[int, int], Result, bool]) -> tuple:
    """Best route first; within it what is near before the whole country, then by kind and score."""
    (index, order), found, _ = entry
    return index, is_national(found.initiative), order, -found.score, found.initiative.id


def _seated(ranked: list[tuple[tuple[int, int], Result, bool]], limit: int) -> list[Result]:
    chosen = [found for _, found, _ in ranked[: max(0, limit)]]
    if limit > 1 and len(chosen) == limit:
        present = {found.initiative.kind for found in chosen}
        for _, other, local in ranked[limit:]:
            if local and len(present) == 1 and other.initiative.kind not in present:
                return [*chosen[:-1], other]
    return chosen


def _named_results(catalogue: Catalogue, asked: Query, today: date) -> list[Result]:
    best = sorted(asked.named, key=lambda id_: (id_ not in asked.whole, -asked.named[id_], id_))
    found = []
    for initiative in catalogue.by_ids(best[:_NAMED_SHOWN]):
        kind = catalogue.kinds[initiative.kind]
        if asked.kinds_only and kind.code not in asked.kinds:
            continue
        fit = fit_by_name(initiative, kind, asked.place)
        is_it = initiative.id in asked.whole
        too_far = not is_it and (fit.distance_km or 0) > WIDEST_KM and len(asked.named) > 1
        if kind.role != "tool" and not too_far:
            fit = replace(fit, nearness=1.0) if is_it else fit
            relevance = asked.named[initiative.id]
            found.append(result_by_name(initiative, kind, fit, relevance, asked.place, today))
    return found


def _within_reach(named: list[Result], place: Place | None) -> bool:
    """Whether the organisation that is meant is of use to someone there: else its kind is shown, too."""
    if place is None:
        return bool(named)
    return any(found.distance_km is None or found.distance_km <= WIDEST_KM for found in named)


def _kind_results(catalogue: Catalogue, asked: Query, limit: int, today: date) -> list[Result]:
    if not asked.kinds:
        return []
    offers = {}
    for code, relevance in asked.kinds.items():
        kind = catalogue.kinds[code]
        if kind.role == "tool":
            continue
        for initiative in _offers(catalogue, kind, asked.place):
            fit = _fit_of_kind(initiative, kind, asked.place)
            if fit is not None and initiative.id not in offers:
                suited = relevance * _suits(initiative, asked)
                offers[initiative.id] = (
                    worth(initiative, suited, today) * fit.nearness,
                    initiative,
                    fit,
                    suited,
                )
    best = sorted(offers.values(), key=lambda offer: (-offer[0], offer[1].id))[: limit + _NAMED_SHOWN]
    return [
        result(initiative, catalogue.kinds[initiative.kind], fit, suited, asked.place, today)
        for _, initiative, fit, suited in best
    ]


def _offers(catalogue: Catalogue, kind: Kind, place: Place | None) -> list[Initiative]:
    if place is None:
        return catalogue.of_kinds([kind.code], _LATEST)
    return _candidates(catalogue, kind, place)


def _fit_of_kind(initiative: Initiative, kind: Kind, place: Place | None) -> Fit | None:
    return fit_to_place(initiative, kind, place) if place else fit_by_name(initiative, kind, None)


def _suits(initiative: Initiative, asked: Query) -> float:
    """How well it fits who is meant, and that it is not another one than the text spells out."""
    fits = asked.audience.fit(initiative)
    spelled_out = asked.place_sure and initiative.id in asked.whole
    return fits * BESIDE_WHOLE if asked.whole and not spelled_out else fits


def _local_results(catalogue: Catalogue, asked: Query, today: date) -> list[Result]:
    """All that a place has, when the place is all that was asked."""
    if asked.kinds_only or asked.kinds or asked.named or asked.place is None or asked.other_words:
        return []
    found = []
    for initiative in catalogue.in_municipality(asked.place.municipality):
        kind = catalogue.kinds[initiative.kind]
        fit = fit_by_name(initiative, kind, asked.place)
        if any(kind.offered_for(route) for route in kind.routes):
            found.append(result(initiative, kind, fit, ONLY_PLACE, asked.place, today))
    return found
