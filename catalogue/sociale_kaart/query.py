"""Reading a search text: which route or kind, which place, which organisation is meant."""

from __future__ import annotations

from dataclasses import dataclass

from sociale_kaart.kinds import kinds_for
from sociale_kaart.matching import NAMED, NameMatch, names_in
from sociale_kaart.model import Place, PlaceMatch, Understood
from sociale_kaart.ranking import order_relevance
from sociale_kaart.store import Catalogue
from sociale_kaart.words import tokens

EXACT = 100.0
"""The score of a place name that was spelled right."""

_LONGEST_PLACE = 4


@dataclass(frozen=True)
class Query:
    """A search text as understood.

    `kinds` and `named` give the relevance (0..1) of each kind and of each initiative (by
    id) that the text points to; `kinds_only` means that the caller asked for these kinds;
    `other_words` that words remain which mean nothing to us.
    """

    understood: Understood
    place: Place | None
    kinds: dict[str, float]
    named: dict[str, float]
    kinds_only: bool
    other_words: bool


def understand(catalogue: Catalogue, text: str, default_place: Place | None, kind: str | None) -> Query:
    """Read a search text; `default_place` counts where the text names no place."""
    words = tokens(text)
    vocabulary = catalogue.vocabulary
    weights, route_words = vocabulary.route_weights(words)
    kinds_named, kind_words = vocabulary.kinds_named(words)
    filler = {index for index, word in enumerate(words) if word in vocabulary.filler}
    place_match = next(iter(catalogue.gazetteer.find_in_text(text)), None)
    place_words = _positions(place_match, words)
    meaningful = frozenset(route_words | kind_words | filler | place_words)
    names = names_in(catalogue, words, meaningful)
    meant = _meant(names)
    used = meaningful | (meant.positions if meant else frozenset())
    if place_match is None:
        unused = [word for index, word in enumerate(words) if index not in used]
        place_match = _guessed_place(catalogue, unused) or _place_in_name(catalogue, meant, words)
        place_words = _positions(place_match, words)
    place = place_match.place if place_match else default_place
    kinds, route = _kinds_and_route(catalogue, weights, kinds_named, kind)
    named = _relevance_of(names)
    if route is None and meant:
        route = _route_of(catalogue, meant)
    return Query(
        understood=Understood(
            route=route,
            place=place.name if place else None,
            municipality=place.municipality if place else None,
            organisation=meant.shown if meant else None,
        ),
        place=place,
        kinds=kinds,
        named=named,
        kinds_only=kind is not None,
        other_words=bool(set(range(len(words))) - used - place_words),
    )


def _guessed_place(catalogue: Catalogue, words: list[str]) -> PlaceMatch | None:
    """The place among words that mean nothing else: what they end in, else a misspelled name."""
    for size in range(min(_LONGEST_PLACE, len(words)), 0, -1):
        match = catalogue.gazetteer.lookup(" ".join(words[-size:]))
        if match is not None and match.score >= EXACT:
            return match
    matches = catalogue.gazetteer.find_in_text(" ".join(words), expected=True) if words else []
    return matches[0] if matches else None


def _place_in_name(catalogue: Catalogue, meant: NameMatch | None, words: list[str]) -> PlaceMatch | None:
    """The place that the name itself ends in ("hamelhuys assen"), where 'assen' alone says too little."""
    for initiative in catalogue.by_ids(meant.initiative_ids if meant else ()):
        spoken = {words[index] for index in meant.positions}
        if initiative.place and set(tokens(initiative.place)) <= spoken:
            return catalogue.gazetteer.lookup(initiative.place)
    return None


def _positions(match: PlaceMatch | None, words: list[str]) -> set[int]:
    fragment = tokens(match.fragment) if match else []
    for start in range(len(words) - len(fragment) + 1):
        if fragment and words[start : start + len(fragment)] == fragment:
            return set(range(start, start + len(fragment)))
    return set()


def _meant(names: list[NameMatch]) -> NameMatch | None:
    """The organisation meant: what covers most of the text; of equals the one with most initiatives."""
    sure = [match for match in names if match.coverage >= NAMED]
    if not sure:
        return None
    return max(
        sure,
        key=lambda match: (
            match.coverage * len(match.positions),
            match.coverage,
            len(match.initiative_ids),
            -len(match.shown),
        ),
    )


def _relevance_of(names: list[NameMatch]) -> dict[str, float]:
    """By id: how much of the initiative's name is in the text, and how much of the text is in the name."""
    longest = max((len(match.positions) for match in names), default=1)
    named: dict[str, float] = {}
    for match in names:
        relevance = match.coverage * (0.6 + 0.4 * len(match.positions) / longest)
        for initiative_id in match.initiative_ids:
            named[initiative_id] = max(named.get(initiative_id, 0.0), relevance)
    return named


def _kinds_and_route(
    catalogue: Catalogue, weights: dict[str, float], kinds_named: list[str], kind: str | None
) -> tuple[dict[str, float], str | None]:
    route = max(weights, key=weights.__getitem__) if weights else None
    if kind is not None:
        if kind in catalogue.kinds:
            return {kind: 1.0}, route or _first_route(catalogue, kind)
        wanted = kinds_for(catalogue.kinds, kind)
        return {one.code: order_relevance(one.routes[kind]) for one in wanted}, kind if wanted else route
    if kinds_named and (route is None or catalogue.kinds[kinds_named[0]].routes.get(route) is None):
        route = _first_route(catalogue, kinds_named[0])
    kinds = {
        one.code: order_relevance(one.routes[route]) * (0.9 if kinds_named else 1.0)
        for one in (kinds_for(catalogue.kinds, route) if route else ())
    }
    return kinds | {code: 1.0 for code in kinds_named[:1]}, route


def _route_of(catalogue: Catalogue, meant: NameMatch) -> str | None:
    """The route that all initiatives of this name serve first, if there is one."""
    routes = {_first_route(catalogue, one.kind) for one in catalogue.by_ids(meant.initiative_ids)}
    return routes.pop() if len(routes) == 1 else None


def _first_route(catalogue: Catalogue, kind: str) -> str | None:
    routes = catalogue.kinds[kind].routes
    return min(routes, key=routes.__getitem__) if routes else None
