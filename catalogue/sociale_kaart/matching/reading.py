"""Reading a search text: which route or kind, which place, which organisation, for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sociale_kaart.kinds import kinds_for
from sociale_kaart.matching.audience import Audience, audience_in
from sociale_kaart.matching.glued import Words, mended
from sociale_kaart.matching.retrieval import NameMatch, names_in
from sociale_kaart.matching.weights import (
    AS_GOOD_AS_BEST,
    COVERED_ALONE,
    LEARNED_ENOUGH,
    LEARNED_SURE,
    LEARNED_WORDS,
    NAME_BEFORE_WHOLE,
    NAMED,
    PLACE_ALIKE,
    ROUTE_BESIDE_KIND,
    STRONG,
    SURE_DESPITE_PLACE,
    SURE_PLACE,
    WHOLE_TEXT_ALIKE,
)
from sociale_kaart.matching.words import tokens
from sociale_kaart.model import Initiative, Place, PlaceMatch, Understood
from sociale_kaart.places import KNOWN_EVERYWHERE
from sociale_kaart.ranking import order_relevance, same_municipality
from sociale_kaart.store import Catalogue

EXACT = 100.0
"""The score of a place name that was spelled right."""

_LONGEST_PLACE = 4
SHORT_TEXT = 3
"""Words up to which a text is a search ("valpreventie best"), in which any word left over may be a place."""


@dataclass(frozen=True)
class Query:
    """A search text as understood.

    `kinds` and `named` give the relevance (0..1) of each kind and of each initiative (by
    id) that the text points to; `whole` holds the ids whose name and place are what the
    whole text says; `kinds_only` means that the caller asked for these kinds; `other_words`
    that words remain which mean nothing to us; `place_sure` that the place was spelled right.
    """

    understood: Understood
    place: Place | None
    kinds: dict[str, float]
    named: dict[str, float]
    whole: frozenset[str]
    audience: Audience
    kinds_only: bool
    other_words: bool
    place_sure: bool


def understand(catalogue: Catalogue, text: str, given: PlaceMatch | None, kind: str | None) -> Query:
    """Read a search text; the place `given` beside it counts where the text names none."""
    vocabulary = catalogue.vocabulary
    about = Words(vocabulary.knows, vocabulary.spells, catalogue.gazetteer.is_name)
    typed = tokens(text)
    words = mended(typed, about)
    if words != typed:
        text = " ".join(words)
    place_match = next(iter(catalogue.gazetteer.find_in_text(text)), None)
    place_words = _positions(place_match, words)
    spelled_place = place_words if place_match and place_match.score >= EXACT else set()
    asking = ["" if index in spelled_place else word for index, word in enumerate(words)]
    weights, route_words = vocabulary.route_weights(asking)
    kinds_named, kind_words = vocabulary.kinds_named(asking)
    filler = {index for index, word in enumerate(words) if word in vocabulary.filler}
    meaningful = frozenset(route_words | kind_words | filler | place_words)
    sure = filler | spelled_place
    sure |= {index for index in route_words | kind_words if vocabulary.spells(words[index])}
    names = names_in(catalogue, words, frozenset(sure))
    meant = _meant(names, place_words)
    used = meaningful | (meant.positions if meant else frozenset())
    if place_match is None and given is None:
        unused = [word for index, word in enumerate(words) if index not in used]
        last = words[-1] if words and len(words) - 1 not in route_words | kind_words else ""
        place_match = _place_at_the_end(catalogue, last, short=len(words) <= SHORT_TEXT)
        place_match = place_match or _guessed_place(catalogue, unused, last, short=len(words) <= SHORT_TEXT)
        place_match = place_match or _place_in_name(catalogue, meant, words)
        place_words = _positions(place_match, words)
    place_match = place_match or given
    places = _sure_places(place_match)
    whole = _whole_text(catalogue, names, places, words)
    route = _route(catalogue, weights, [word for index, word in enumerate(words) if index not in place_words])
    kinds, route = _kinds_and_route(catalogue, route, kinds_named, kind)
    if kinds_named:
        whole = [one for one in whole if one.kind in kinds]
    if whole and not (places and _lies_in(whole[0], places)):
        place_match = _place_of(catalogue, whole[0], words) or place_match
    place = place_match.place if place_match else None
    if whole and kind is None and not (whole[0].kind in kinds or kinds_named):
        kinds, route = {}, _first_route(catalogue, whole[0].kind)
    if route is None and meant:
        route = _route_of(catalogue, meant)
    spelled_out = frozenset(one.id for one in whole)
    return Query(
        understood=_understood(route, place, place_match, meant),
        place=place,
        kinds=kinds,
        named=_relevance_of(names, spelled_out),
        whole=spelled_out,
        audience=audience_in(text),
        kinds_only=kind is not None,
        other_words=bool(set(range(len(words))) - used - place_words),
        place_sure=bool(places),
    )


def _sure_places(match: PlaceMatch | None) -> tuple[Place, ...]:
    """The places that are meant for sure: spelled (almost) right."""
    if match is None:
        return ()
    return (match.candidates or (match.place,)) if match.score >= SURE_PLACE else ()


def _understood(
    route: str | None, place: Place | None, match: PlaceMatch | None, meant: NameMatch | None
) -> Understood:
    """An ambiguous place has a name that is sure and a municipality that is not: then ask which."""
    open_question = bool(match and match.ambiguous)
    return Understood(
        route=route,
        place=place.name if place else None,
        municipality=place.municipality if place and not open_question else None,
        organisation=meant.shown if meant else None,
        places_to_choose=tuple(one.full_name for one in match.candidates) if match and open_question else (),
    )


def _place_at_the_end(catalogue: Catalogue, word: str, short: bool) -> PlaceMatch | None:
    """The place that a text ends in, though it is a word, too: a town, or any place in a short search."""
    match = catalogue.gazetteer.lookup(word) if word and catalogue.gazetteer.is_name(word) else None
    if match and match.score >= EXACT and (short or match.place.population >= KNOWN_EVERYWHERE):
        return match
    return None


def _guessed_place(catalogue: Catalogue, words: list[str], ending: str, short: bool) -> PlaceMatch | None:
    """The place among words that mean nothing else: what they end in, a misspelled name, a shortened one.

    `ending` is the last word of the text. In a longer text a word that people use in their
    questions is that word, and no place.
    """
    gazetteer = catalogue.gazetteer
    if not short:
        words = [
            word for word in words if not (catalogue.learned_words.knows(word) or gazetteer.is_everyday(word))
        ]
    for size in range(min(_LONGEST_PLACE, len(words)), 0, -1):
        match = gazetteer.lookup(" ".join(words[-size:]))
        if match is not None and match.score >= EXACT:
            return match
    matches = gazetteer.find_in_text(" ".join(words), expected=True) if words else []
    if matches:
        return matches[0]
    shortened = (gazetteer.abbreviated(word, last=word == ending) for word in reversed(words))
    return next(filter(None, shortened), None)


def _place_in_name(catalogue: Catalogue, meant: NameMatch | None, words: list[str]) -> PlaceMatch | None:
    """The place that the name itself ends in ("hamelhuys assen"), where 'assen' alone says too little."""
    for initiative in catalogue.by_ids(meant.initiative_ids if meant else ()):
        spoken = {words[index] for index in meant.positions}
        if initiative.place and set(tokens(initiative.place)) <= spoken:
            return catalogue.gazetteer.lookup(initiative.place)
    return None


def _whole_text(
    catalogue: Catalogue, names: list[NameMatch], places: Sequence[Place], words: list[str]
) -> list[Initiative]:
    """The initiatives whose name and place are what the whole text says, most alike first.

    `places` are those that the text names for sure: an initiative elsewhere must be very much alike.
    """
    alike = {id_: score for one in names for id_, score in one.whole.items() if score >= WHOLE_TEXT_ALIKE}
    named = {id_ for one in names if one.own for id_ in one.whole}
    candidates = [
        one
        for one in catalogue.by_ids(sorted(alike, key=lambda id_: (-alike[id_], id_)))
        if one.id in named or places or _place_typed(one, words)
    ]
    meant = [one for one in candidates if _lies_in(one, places)] or [
        one for one in candidates if alike[one.id] >= SURE_DESPITE_PLACE and _place_typed(one, words)
    ]
    return [one for one in meant if alike[one.id] >= alike[meant[0].id] - AS_GOOD_AS_BEST]


def _lies_in(initiative: Initiative, places: Sequence[Place]) -> bool:
    """False when other places are meant: `join us maastricht` is not Castricum's."""
    return not places or any(same_municipality(initiative, place) for place in places)


def _place_typed(initiative: Initiative, words: list[str]) -> bool:
    """Whether the text has a word for each word of its place, however badly spelled."""
    parts = tokens(initiative.place or "")
    return bool(parts) and all(
        any(fuzz.ratio(part, word) >= 100 * PLACE_ALIKE for word in words) for part in parts
    )


def _place_of(catalogue: Catalogue, initiative: Initiative, words: list[str]) -> PlaceMatch | None:
    """The place of an initiative, if the text has words for it."""
    if not _place_typed(initiative, words):
        return None
    return catalogue.gazetteer.lookup(f"{initiative.place}, {initiative.municipality}")


def _positions(match: PlaceMatch | None, words: list[str]) -> set[int]:
    fragment = tokens(match.fragment) if match else []
    for start in range(len(words) - len(fragment) + 1):
        if fragment and words[start : start + len(fragment)] == fragment:
            return set(range(start, start + len(fragment)))
    return set()


def _meant(names: list[NameMatch], place_words: set[int]) -> NameMatch | None:
    """The organisation meant: what covers most of the text beside its place; then the most initiatives."""
    sure = [match for match in names if match.own and match.coverage >= NAMED and match.positions]
    return max(
        sure,
        key=lambda match: (
            match.coverage * len(match.positions - place_words),
            match.coverage,
            len(match.initiative_ids),
            -len(match.shown),
        ),
        default=None,
    )


def _relevance_of(names: list[NameMatch], spelled_out: frozenset[str]) -> dict[str, float]:
    """By id: how much of its name is in the text, and how much the text is its name and place.

    The latter counts fully only for those that are `spelled_out`.
    """
    longest = max((len(match.positions) for match in names), default=0) or 1
    named: dict[str, float] = {}
    for match in names:
        share_of_text = len(match.positions) / longest
        covered = match.coverage * (COVERED_ALONE + (1 - COVERED_ALONE) * share_of_text) * match.own
        for id_ in match.initiative_ids:
            whole = match.whole[id_]
            relevance = max(
                NAME_BEFORE_WHOLE * covered + (1 - NAME_BEFORE_WHOLE) * whole,
                whole * (id_ in spelled_out),
            )
            named[id_] = max(named.get(id_, 0.0), relevance)
    return named


def _route(catalogue: Catalogue, weights: dict[str, float], words: list[str]) -> str | None:
    """The route by the reviewed search words; by learned ones where those are silent, or in a sentence."""
    reviewed = max(weights, key=weights.__getitem__) if weights else None
    if reviewed and weights[reviewed] >= STRONG and len(words) < LEARNED_WORDS:
        return reviewed
    learned, probability = catalogue.learned_words.route(words)
    if reviewed is None:
        return learned if probability >= LEARNED_ENOUGH else None
    if learned is None:
        return None if probability >= LEARNED_SURE and weights[reviewed] < STRONG else reviewed
    return learned if probability >= LEARNED_SURE and len(words) >= LEARNED_WORDS else reviewed


def _kinds_and_route(
    catalogue: Catalogue, route: str | None, kinds_named: list[str], kind: str | None
) -> tuple[dict[str, float], str | None]:
    if kind is not None:
        if kind in catalogue.kinds:
            return {kind: 1.0}, route or _first_route(catalogue, kind)
        wanted = kinds_for(catalogue.kinds, kind)
        return {one.code: order_relevance(one.routes[kind]) for one in wanted}, kind if wanted else route
    if kinds_named and (route is None or catalogue.kinds[kinds_named[0]].routes.get(route) is None):
        route = _first_route(catalogue, kinds_named[0])
    kinds = {
        one.code: order_relevance(one.routes[route]) * (ROUTE_BESIDE_KIND if kinds_named else 1.0)
        for one in (kinds_for(catalogue.kinds, route) if route else ())
    }
    return kinds | {code: 1.0 for code in kinds_named[:1]}, route


def _route_of(catalogue: Catalogue, meant: NameMatch) -> str | None:
    """The route that all initiatives of this name serve first, if there is one."""
    routes = {_first_route(catalogue, one.kind) for one in catalogue.by_ids(meant.initiative_ids)}
    return routes.pop() if len(routes) == 1 else meant.route


def _first_route(catalogue: Catalogue, kind: str) -> str | None:
    routes = catalogue.kinds[kind].routes
    return min(routes, key=routes.__getitem__) if routes else None
