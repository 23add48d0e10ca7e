"""How well an initiative fits: distance, freshness, score, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sociale_kaart.distance import km_between
from sociale_kaart.freshness import freshness, is_up_to_date
from sociale_kaart.matching.weights import (
    FAR,
    LATER_CHOICE,
    LEAST_CHOICE,
    NEEDS_REFERRAL,
    OLD_SOURCE_BY_NAME,
    OUT_OF_REACH,
    SERVES,
    WIDEST_KM,
)
from sociale_kaart.matching.words import normalise
from sociale_kaart.model import Initiative, Kind, Place, Result
from sociale_kaart.sentences import say

WHOLE_COUNTRY = "Nederland"


@dataclass(frozen=True)
class Fit:
    """How an initiative lies to a place: `nearness` 1 (here) to 0.5 (as far as sensible).

    `nearest`: it lies farther than is sensible, and nothing lies nearer.
    """

    distance_km: float | None
    nearness: float
    local: bool
    nearest: bool = False


def fit_to_place(initiative: Initiative, kind: Kind, place: Place | None) -> Fit | None:
    """Whether and how someone in `place` is helped by the initiative; None when it is not for them.

    Without a place only initiatives for the whole country fit.
    """
    if is_national(initiative):
        return Fit(None, FAR, local=False)
    if place is None:
        return None
    if is_whole_municipality(place) and same_municipality(initiative, place):
        return Fit(None, 1.0, local=True)
    distance = distance_km(initiative, place)
    if _same(initiative.place, place.name) and same_municipality(initiative, place):
        return Fit(distance, 1.0, local=True)
    if kind.reach == "plaats":
        return None
    if _serves(initiative, place):
        return Fit(distance, SERVES, local=True)
    if kind.reach == "regio" and distance is not None and kind.max_km and distance <= kind.max_km:
        return Fit(distance, 0.9 - (0.9 - FAR) * distance / kind.max_km, local=False)
    return None


def fit_by_name(initiative: Initiative, kind: Kind, place: Place | None) -> Fit:
    """For what was asked for by name: far away is worse, but not hidden."""
    if place is None:
        return Fit(None, 1.0, local=False)
    fit = fit_to_place(initiative, kind, place)
    if fit is not None:
        return fit
    distance = distance_km(initiative, place)
    if distance is None:
        return Fit(None, OUT_OF_REACH, local=False)
    lost = (FAR - OUT_OF_REACH) * min(1.0, distance / WIDEST_KM)
    return Fit(distance, FAR - lost, local=False)


def fit_of_the_nearest(initiative: Initiative, place: Place) -> Fit | None:
    """For where a place has none: any distance will do, as long as it is known."""
    distance = distance_km(initiative, place)
    return None if distance is None else Fit(distance, OUT_OF_REACH, local=False, nearest=True)


def is_national(initiative: Initiative) -> bool:
    """Whether it is for the whole country, wherever it may lie."""
    return WHOLE_COUNTRY in initiative.service_area


def is_whole_municipality(place: Place) -> bool:
    """True for a municipality without a town of that name: its point is no place to measure from."""
    return place.population == 0 and _same(place.name, place.municipality)


def distance_km(initiative: Initiative, place: Place) -> float | None:
    """Distance in km, as the crow flies, between the two places; None where the initiative has none."""
    if initiative.latitude is None or initiative.longitude is None:
        return None
    return km_between(place, initiative.latitude, initiative.longitude)


def worth(initiative: Initiative, relevance: float, today: date) -> float:
    """`relevance` (0..1) less what an old source and a referral cost, wherever it lies."""
    fresh = relevance * freshness(initiative.checked_on, today)
    return fresh * NEEDS_REFERRAL if initiative.referral_needed else fresh


def result(
    initiative: Initiative, kind: Kind, fit: Fit, relevance: float, place: Place | None, today: date
) -> Result:
    """The initiative with score and reason; `relevance` 0..1 says how well it is what was asked."""
    return _result(initiative, kind, fit, worth(initiative, relevance, today), place, today)


def result_by_name(
    initiative: Initiative, kind: Kind, fit: Fit, relevance: float, place: Place | None, today: date
) -> Result:
    """The same for what was asked for by name: then age and referral hardly count."""
    by_name = relevance * max(OLD_SOURCE_BY_NAME, freshness(initiative.checked_on, today))
    return _result(initiative, kind, fit, by_name, place, today)


def _result(
    initiative: Initiative, kind: Kind, fit: Fit, value: float, place: Place | None, today: date
) -> Result:
    return Result(
        initiative=initiative,
        score=round(100 * value * fit.nearness, 1),
        distance_km=None if fit.distance_km is None else round(fit.distance_km, 1),
        up_to_date=is_up_to_date(initiative.checked_on, today),
        why=why(initiative, kind, fit, place),
        nearest=fit.nearest,
    )


def order_relevance(order: int) -> float:
    """What a kind of this order (1 = first choice) is worth for its route, 0..1."""
    return max(LEAST_CHOICE, 1.0 - LATER_CHOICE * (order - 1))


def why(initiative: Initiative, kind: Kind, fit: Fit, place: Place | None) -> str:
    """One or two plain Dutch sentences: what it is, where, and whether a referral is needed."""
    parts = [_what_and_where(initiative, kind, fit, place)]
    if fit.nearest:
        parts.insert(0, say("waarom.verder_weg"))
    if initiative.how_to_ask and initiative.referral_needed is not False:
        parts.append(initiative.how_to_ask)
    elif initiative.referral_needed is not None:
        parts.append(say("waarom.verwijzing" if initiative.referral_needed else "waarom.geen_verwijzing"))
    return " ".join(parts)


def in_km(distance: float) -> str:
    """A distance as people say it: `3 km`, never less than 1."""
    return say("afstand", km=max(1, round(distance)))


def _what_and_where(initiative: Initiative, kind: Kind, fit: Fit, place: Place | None) -> str:
    where = _where(initiative, fit, place)
    if not where:
        return say("waarom.plek_zonder_plaats", soort=kind.name)
    return say("waarom.plek", soort=kind.name, waar=where)


def _where(initiative: Initiative, fit: Fit, place: Place | None) -> str:
    if is_national(initiative):
        return say("waar.heel_nederland")
    home = initiative.place or initiative.municipality
    if place is None:
        return _in(home)
    if _same(initiative.place, place.name) and same_municipality(initiative, place):
        return _in(place.name)
    if initiative.place and fit.distance_km is not None:
        far = in_km(fit.distance_km)
        return say("waar.in_op_afstand", plaats=initiative.place, afstand=far, vanaf=place.name)
    if initiative.place and fit.local:
        return _in(initiative.place)
    return say("waar.voor", gebied=_area(initiative, place)) if fit.local else _in(home)


def _in(name: str | None) -> str:
    return say("waar.in", plaats=name) if name else ""


def _area(initiative: Initiative, place: Place) -> str:
    if not initiative.municipality and f"provincie {place.province}" in initiative.service_area:
        return say("waar.de_provincie", naam=place.province)
    return say("waar.de_gemeente", naam=place.municipality)


def _serves(initiative: Initiative, place: Place) -> bool:
    if same_municipality(initiative, place):
        return True
    return any(
        _same(area, place.municipality) or _same(area, f"provincie {place.province}")
        for area in initiative.service_area
    )


def same_municipality(initiative: Initiative, place: Place) -> bool:
    """Whether both lie in one municipality; two are called Bergen, so the province must fit."""
    province_fits = not (initiative.province and place.province) or _same(initiative.province, place.province)
    return _same(initiative.municipality, place.municipality) and province_fits


@lru_cache(maxsize=4096)
def _same(left: str | None, right: str | None) -> bool:
    return bool(left and right) and normalise(left) == normalise(right)
