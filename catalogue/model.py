"""What the catalogue is made of. Field names follow Open Referral HSDS where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple


@dataclass(frozen=True)
class Place:
    """A Dutch place or municipality. `latitude` and `longitude` in WGS84 degrees."""

    name: str
    municipality: str
    province: Optional[str]
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
    candidates: Tuple[Place, ...] = ()

    @property
    def ambiguous(self) -> bool:
        return len(self.candidates) > 1


@dataclass(frozen=True)
class Initiative:
    """One initiative at one location, as reviewed data with a source."""

    id: str
    name: str
    kind: str
    organisation: Optional[str]
    address: Optional[str]
    postcode: Optional[str]
    place: Optional[str]
    municipality: Optional[str]
    province: Optional[str]
    latitude: Optional[float]
    longitude: Optional[float]
    phone: Optional[str]
    email: Optional[str]
    website: Optional[str]
    opening_hours: Optional[str]
    cost: Optional[str]
    referral_needed: Optional[bool]
    audience: Optional[str]
    source_url: str
    source_date: Optional[str]
    status: str


@dataclass(frozen=True)
class Result:
    """An initiative found, why, and how well it fits (`score` 0..100, distance in km)."""

    initiative: Initiative
    score: float
    distance_km: Optional[float]
    up_to_date: bool
    why: str


@dataclass(frozen=True)
class HelpLine:
    """A reviewed help line; `key` is how code and data name it."""

    key: str
    name: str
    phone: Optional[str]
    url: Optional[str]
    chat_url: Optional[str]
    opening_hours: Optional[str]
    when: str
    source: str
    checked_on: Optional[str]
