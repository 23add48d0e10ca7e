"""What the catalogue is made of. Field names follow Open Referral HSDS where it has one."""

from __future__ import annotations

from dataclasses import dataclass

from sociale_kaart.schedules import Schedule

_TWIN_MUNICIPALITIES = frozenset({"Bergen", "Hengelo", "Rijswijk"})
"""Municipalities that share their name with another well-known place; the province tells them apart."""


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

    @property
    def full_name(self) -> str:
        """The name that tells a place apart from its namesakes: `Nes (Ameland)`, `Bergen (Limburg)`."""
        if self.name != self.municipality:
            return f"{self.name} ({self.municipality})"
        return f"{self.name} ({self.province})" if self.name in _TWIN_MUNICIPALITIES else self.name


@dataclass(frozen=True)
class PlaceMatch:
    """How a stretch of text was read as a place.

    `score` is 0..100; `candidates` holds more than one place when the name is
    ambiguous (ask which), unless `dominant`: then `place` is at least ten times
    bigger than its namesakes and is meant; `start` and `end` are character offsets
    in the text.
    """

    place: Place
    fragment: str
    start: int
    end: int
    score: float
    candidates: tuple[Place, ...] = ()
    dominant: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether to ask which of the candidates is meant."""
        return len(self.candidates) > 1 and not self.dominant


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
    checked_on: str | None = None
    """The day (or month, or year) the source speaks for; drives freshness (HSDS `assured_date`)."""
    aliases: tuple[str, ...] = ()
    address_certain: bool = True
    """False when a street or house number was only partly seen: show it, and say that it must be checked."""
    service_area: tuple[str, ...] = ()
    """Municipalities it works for besides its own, `provincie X`, or `Nederland`."""
    kind_name: str | None = None
    national_website: str | None = None
    how_to_ask: str | None = None
    audiences: tuple[str, ...] = ()
    """Codes of `doelgroepen.yml`; those of the kind where the row names none."""
    minimum_age: int | None = None
    maximum_age: int | None = None
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes; empty where nobody knows."""
    accessibility: str | None = None
    alert: str | None = None
    """What someone must know before going there (HSDS `alert`)."""
    assurer: str | None = None
    schedules: tuple[Schedule, ...] = ()
    point_of_building: bool = False
    """True when the coordinates are the building's, False when they are the place's."""


@dataclass(frozen=True)
class Result:
    """An initiative found, why, and how well it fits (`score` 0..100, distance in km)."""

    initiative: Initiative
    score: float
    distance_km: float | None
    up_to_date: bool
    why: str
    nearest: bool = False
    """True for one that lies farther than is sensible, where nothing lies nearer."""


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
    audience: str = "iedereen"
    """`iedereen`, or `balie` for lines that only professionals may use."""
    municipalities: tuple[str, ...] = ()
    """Only for inhabitants of these; empty means the whole country."""
    certainty: str | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of initiative: what holds for all of them.

    `role` is `route`, `lokaal`, `via_zorg` or `tool`; `reach` is `plaats`,
    `gemeente`, `regio` (up to `max_km`) or `landelijk`; `routes` maps a route code to
    its order (1 = first choice); in `not_offered` are routes that it belongs to without
    ever being offered for them.
    """

    code: str
    name: str
    what: str
    audience: str
    cost: str | None
    referral_needed: bool | None
    role: str
    reach: str
    max_km: float | None
    routes: dict[str, int]
    not_offered: frozenset[str]
    how_to_ask: str | None
    website: str | None
    source: str
    annex: tuple[str, ...]
    audiences: tuple[str, ...] = ()
    """Codes of `doelgroepen.yml`: for whom every initiative of this kind is."""

    def offered_for(self, route: str) -> bool:
        """Whether a resident may be pointed to this kind for this route."""
        return self.role != "tool" and route in self.routes and route not in self.not_offered


@dataclass(frozen=True)
class Route:
    """What a route code stands for, and what to say where no initiative is known."""

    code: str
    name: str
    what: str
    how_to_ask: str
    website: str | None
    help_lines: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Understood:
    """How a search text was read; names as officially spelled."""

    route: str | None = None
    place: str | None = None
    municipality: str | None = None
    organisation: str | None = None
    places_to_choose: tuple[str, ...] = ()
    """Full names, where several places share the name and none is clearly meant: ask which."""


@dataclass(frozen=True)
class SearchAnswer:
    """What was understood and what was found, best first."""

    understood: Understood
    results: tuple[Result, ...] = ()
