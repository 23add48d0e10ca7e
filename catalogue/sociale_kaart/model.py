"""What the catalogue is made of. Field names follow Open Referral HSDS where it has one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A Dutch place or municipality. `latitude` and `longitude` in WGS84 degrees."""

    name: str
    municipality: str
    province: str | None
    latitude: float
    longitude: float
    population: int
    source: str


@dataclass(frozen=True)
class PlaceMatch:
    """How a stretch of text was read as a place.

    `score` is 0..100; `candidates` holds more than one place when the name is
    ambiguous (ask which); `start` and `end` are character offsets in the text.
    """

    place: Place
    fragment: str
    start: int
    end: int
    score: float
    candidates: tuple[Place, ...] = ()

    @property
    def ambiguous(self) -> bool:
        return len(self.candidates) > 1


@dataclass(frozen=True)
class Initiative:
    """One initiative at one location, as reviewed data with a source."""

    id: str
    name: str
    kind: str
    organisation: str | None
    address: str | None
    postcode: str | None
    place: str | None
    municipality: str | None
    province: str | None
    latitude: float | None
    longitude: float | None
    phone: str | None
    email: str | None
    website: str | None
    opening_hours: str | None
    cost: str | None
    referral_needed: bool | None
    audience: str | None
    source_url: str
    source_date: str | None
    status: str


@dataclass(frozen=True)
class Result:
    """An initiative found, why, and how well it fits (`score` 0..100, distance in km)."""

    initiative: Initiative
    score: float
    distance_km: float | None
    up_to_date: bool
    why: str


@dataclass(frozen=True)
class HelpLine:
    """A reviewed help line; `key` is how code and data name it."""

    key: str
    name: str
    phone: str | None
    url: str | None
    chat_url: str | None
    opening_hours: str | None
    when: str
    source: str
    checked_on: str | None
