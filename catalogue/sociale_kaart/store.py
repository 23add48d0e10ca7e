"""The opened catalogue: read-only, safe to share between threads."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from sociale_kaart.compile import ensure_compiled
from sociale_kaart.freshness import by_freshness
from sociale_kaart.kinds import load_kinds, load_routes
from sociale_kaart.matching.grams import NameIndex
from sociale_kaart.matching.learned import LearnedWords, load_learned_words
from sociale_kaart.matching.vocabulary import Vocabulary, load_vocabulary
from sociale_kaart.model import Initiative, Kind, Route
from sociale_kaart.places import Gazetteer
from sociale_kaart.schedules import Schedule

ACTIVE = "actief"
KM_PER_DEGREE_NORTH = 111.2
KM_PER_DEGREE_EAST = 66.0
"""In km at 53.6 degrees north, the northernmost point of the Netherlands, so that no square is too small."""

_MANY = 500
NEAREST = 25


class Catalogue:
    """Initiatives, kinds, routes and places, ready for questions. Made by `open_catalogue`."""

    def __init__(self, database: Path, data_dir: Path | str | None):
        self.database = database
        self._data_dir = data_dir
        self._local = threading.local()
        self._connect()
        self.kinds: dict[str, Kind] = load_kinds(data_dir)
        self.routes: dict[str, Route] = load_routes(data_dir)
        self.vocabulary: Vocabulary = load_vocabulary(data_dir)
        self.learned_words: LearnedWords = load_learned_words(data_dir)
        self.version: str = self.rows("select value from meta where key = 'version'")[0]["value"]

    @property
    def name_index(self) -> NameIndex:
        """The index of look-alike names, of the same file as this thread's connection."""
        if not hasattr(self._local, "name_index"):
            self._local.name_index = NameIndex(self.rows)
        return self._local.name_index

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer.load()

    def rows(self, query: str, parameters: Iterable[object] = ()) -> list[sqlite3.Row]:
        """The rows of one SELECT, on this thread's own read-only connection."""
        connection = getattr(self._local, "connection", None) or self._connect()
        return connection.execute(query, tuple(parameters)).fetchall()

    def get(self, initiative_id: str) -> Initiative | None:
        """The active initiative with that id, or None."""
        return next(iter(self.by_ids([initiative_id])), None)

    def by_ids(self, ids: Iterable[str]) -> list[Initiative]:
        """The active initiatives with these ids (at most 500 are looked up), in that order."""
        wanted = list(dict.fromkeys(ids))[:_MANY]
        marks = ", ".join("?" * len(wanted))
        found = {one.id: one for one in self._initiatives(f"id in ({marks})", wanted)} if wanted else {}
        return [found[id_] for id_ in wanted if id_ in found]

    def near(
        self, kinds: Iterable[str], latitude: float, longitude: float, max_km: float
    ) -> list[Initiative]:
        """Active initiatives of these kinds in the square of 2 * `max_km` around a point (degrees).

        At most the twenty-five nearest, nearest first.
        """
        codes = list(kinds)
        north, east = max_km / KM_PER_DEGREE_NORTH, max_km / KM_PER_DEGREE_EAST
        nearest = self.rows(
            f"select id from initiatives where kind in ({', '.join('?' * len(codes))}) "
            "and status = ? and latitude between ? and ? and longitude between ? and ? "
            f"order by {_far_from(latitude, longitude)}, id limit {NEAREST}",
            [*codes, ACTIVE, latitude - north, latitude + north, longitude - east, longitude + east],
        )
        return self.by_ids(row["id"] for row in nearest)

    def in_area(
        self,
        kinds: Iterable[str],
        areas: Iterable[str],
        latitude: float = 52.1,
        longitude: float = 5.3,
        own: bool = True,
    ) -> list[Initiative]:
        """Active initiatives of these kinds in these municipalities, or that work for these areas.

        Of the municipalities' own at most the twenty-five nearest to a point (degrees; default:
        mid-country), or none where `own` is False.
        """
        codes, names = list(kinds), [name for name in areas if name]
        kind_marks, area_marks = ", ".join("?" * len(codes)), ", ".join("?" * len(names))
        nearest_first = f"order by {_far_from(latitude, longitude)}, id"
        theirs = (
            self._initiatives(
                f"municipality in ({area_marks}) and kind in ({kind_marks})",
                [*names, *codes],
                nearest_first,
                NEAREST,
            )
            if own
            else []
        )
        served = self._initiatives(
            f"kind in ({kind_marks}) "
            f"and id in (select initiative_id from areas where area in ({area_marks}))",
            [*codes, *names],
            nearest_first,
        )
        known = {one.id for one in theirs}
        return theirs + [one for one in served if one.id not in known]

    def of_kinds(self, kinds: Iterable[str], limit: int) -> list[Initiative]:
        """Active initiatives of these kinds, latest source first."""
        codes = list(kinds)
        latest = self.rows(
            f"select id from initiatives where kind in ({', '.join('?' * len(codes))}) and status = ? "
            "order by checked_on desc, id desc limit ?",
            [*codes, ACTIVE, limit],
        )
        return self.by_ids(row["id"] for row in latest)

    def phones(self) -> set[str]:
        """Every telephone number of an active initiative, as written."""
        found = self.rows("select phone from initiatives where status = ? and phone is not null", [ACTIVE])
        return {row["phone"] for row in found}

    def in_municipality(self, municipality: str) -> list[Initiative]:
        """Active initiatives of any kind in a municipality, latest source first, at most 500."""
        return self._initiatives("municipality = ?", [municipality], "order by checked_on desc, id")

    def all(self) -> list[Initiative]:
        """Every initiative, also those never shown (for export)."""
        return [_initiative(row) for row in self.rows("select * from initiatives order by id")]

    def freshness(self, today: date) -> dict[str, int]:
        """How many initiatives are shown whose source is `current` on `today`, and how many `outdated`."""
        rows = self.rows("select checked_on from initiatives where status = ?", [ACTIVE])
        return by_freshness((row["checked_on"] for row in rows), today)

    def _initiatives(
        self, condition: str, parameters: list[object], order: str = "", limit: int = _MANY
    ) -> list[Initiative]:
        query = f"select * from initiatives where status = ? and {condition} {order} limit ?"
        return [_initiative(row) for row in self.rows(query, [ACTIVE, *parameters, limit])]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(f"{self.database.absolute().as_uri()}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        self._local.connection = connection
        return connection


def open_catalogue(data_dir: Path | str | None = None, database: Path | str | None = None) -> Catalogue:
    """Open the catalogue, building the SQLite file first where it is missing or older than the data.

    `data_dir` is a folder with (some of) the data files, by default the ones that come with
    the program; `database` is where the SQLite file stands, by default `build/catalogus.sqlite`.
    Raises InvalidCatalogue where the data holds faults.
    """
    return Catalogue(ensure_compiled(data_dir, database), data_dir)


def _far_from(latitude: float, longitude: float) -> str:
    """SQL that grows with the distance to a point: km north or south plus km east or west."""
    return (
        f"abs(latitude - {latitude:f}) * {KM_PER_DEGREE_NORTH} "
        f"+ abs(longitude - {longitude:f}) * {KM_PER_DEGREE_EAST}"
    )


def _initiative(row: sqlite3.Row) -> Initiative:
    values = dict(row)
    for name in ("aliases", "service_area", "audiences", "languages"):
        values[name] = _texts(values[name])
    for name in ("address_certain", "referral_needed", "point_of_building"):
        values[name] = bool(values[name]) if values[name] is not None else None
    values["schedules"] = _schedules(values["schedules"])
    return Initiative(**values)


@lru_cache(maxsize=10_000)
def _texts(cell: str) -> tuple[str, ...]:
    return tuple(json.loads(cell))


@lru_cache(maxsize=10_000)
def _schedules(cell: str) -> tuple[Schedule, ...]:
    return tuple(Schedule(**one) for one in json.loads(cell))
