"""Finding initiatives: for routes (the assistant) and for a search text (people, the API)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sociale_kaart.kinds import kinds_for
from sociale_kaart.model import Initiative, Kind, Place, Result, SearchAnswer
from sociale_kaart.query import Query, understand
from sociale_kaart.ranking import Fit, distance_km, fit_to_place, order_relevance, result
from sociale_kaart.store import Catalogue

WIDEST_KM = 50.0
"""How far a search looks around a place for what was asked for by name (km)."""

LEAST_SCORE = 25.0
"""What scores less than this (0..100) is left out: it is noise beside what was asked."""

_LATEST = 60


def find(
    catalogue: Catalogue,
    routes: Sequence[str] = (),
    kinds: Sequence[str] = (),
    place: Place | None = None,
    limit: int = 3,
    exclude: Collection[str] = (),
    today: date | None = None,
) -> list[Result]:
    """Initiatives to point a resident to: best route first, then nearest and freshest.

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
    ranked.sort(key=lambda entry: (entry[0], -entry[1].score, entry[1].initiative.id))
    return _seated(ranked, limit)


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
    kind, or to the kinds of a route when it is a route code.
    """
    today = today or date.today()
    if isinstance(place, str):
        match = catalogue.gazetteer.lookup(place) if place.strip() else None
        place = match.place if match else None
    asked = understand(catalogue, query, place, kind)
    results = [
        *_named_results(catalogue, asked, today),
        *_kind_results(catalogue, asked, today),
        *_local_results(catalogue, asked, today),
    ]
    best: dict[str, Result] = {}
    for found in sorted(results, key=lambda found: (-found.score, found.initiative.id)):
        if found.score >= LEAST_SCORE:
            best.setdefault(found.initiative.id, found)
    return SearchAnswer(asked.understood, tuple(list(best.values())[: max(0, limit)]))


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


def _candidates(catalogue: Catalogue, kind: Kind, place: Place | None) -> list[Initiative]:
    areas = ["Nederland"]
    found: list[Initiative] = []
    if place is not None:
        areas += [place.municipality, f"provincie {place.province}"]
        if kind.max_km:
            found = catalogue.near([kind.code], place.latitude, place.longitude, kind.max_km)
    return [*found, *catalogue.in_area([kind.code], areas)]


def _seated(ranked: list[tuple[tuple[int, int], Result, bool]], limit: int) -> list[Result]:
    chosen = [found for _, found, _ in ranked[: max(0, limit)]]
    if limit > 1 and len(chosen) == limit:
        present = {found.initiative.kind for found in chosen}
        for _, other, local in ranked[limit:]:
            if local and len(present) == 1 and other.initiative.kind not in present:
                return [*chosen[:-1], other]
    return chosen


def _named_results(catalogue: Catalogue, asked: Query, today: date) -> list[Result]:
    found = []
    for initiative in catalogue.by_ids(asked.named):
        kind = catalogue.kinds[initiative.kind]
        if asked.kinds_only and kind.code not in asked.kinds:
            continue
        fit = _loose_fit(initiative, kind, asked.place)
        too_far = (fit.distance_km or 0) > WIDEST_KM and len(asked.named) > 1
        if kind.role != "tool" and not too_far:
            found.append(result(initiative, kind, fit, asked.named[initiative.id], asked.place, today))
    return found


def _kind_results(catalogue: Catalogue, asked: Query, today: date) -> list[Result]:
    if not asked.kinds or (asked.understood.organisation and not asked.kinds_only):
        return []
    found = []
    for code, relevance in asked.kinds.items():
        kind = catalogue.kinds[code]
        if kind.role == "tool":
            continue
        if asked.place is None:
            offers = catalogue.of_kinds([code], _LATEST)
        else:
            offers = _candidates(catalogue, kind, asked.place)
        for initiative in offers:
            fit = (
                fit_to_place(initiative, kind, asked.place)
                if asked.place
                else _loose_fit(initiative, kind, None)
            )
            if fit is not None:
                found.append(result(initiative, kind, fit, relevance, asked.place, today))
    return found


def _local_results(catalogue: Catalogue, asked: Query, today: date) -> list[Result]:
    """All that a place has, when the place is all that was asked."""
    if asked.kinds or asked.named or asked.place is None or asked.other_words:
        return []
    found = []
    for initiative in catalogue.in_municipality(asked.place.municipality):
        kind = catalogue.kinds[initiative.kind]
        fit = _loose_fit(initiative, kind, asked.place)
        if any(kind.offered_for(route) for route in kind.routes):
            found.append(result(initiative, kind, fit, 0.7, asked.place, today))
    return found


def _loose_fit(initiative: Initiative, kind: Kind, place: Place | None) -> Fit:
    """For what was asked for by name: far away is worse, but not hidden."""
    if place is None:
        return Fit(None, 1.0, local=False)
    fit = fit_to_place(initiative, kind, place)
    if fit is not None:
        return fit
    distance = distance_km(initiative, place)
    if distance is None:
        return Fit(None, 0.4, local=False)
    return Fit(distance, max(0.2, 0.5 - 0.3 * distance / (4 * WIDEST_KM)), local=False)
