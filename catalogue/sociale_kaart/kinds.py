"""Reading `soorten.yml` and `routes.yml`: what kinds and routes are, and which kind serves which route."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from sociale_kaart.files import KINDS, ROUTES, data_file, read_yaml
from sociale_kaart.model import Kind, Route

ROUTE_CODES: tuple[str, ...] = (
    "odensehuis",
    "ipso_inloophuis",
    "welzijn_op_recept",
    "alzheimer_cafe",
    "mantelzorg",
    "respijtzorg",
    "rouw",
    "jongeren",
    "financieel",
    "buurt_ontmoeting",
    "bewegen",
    "valpreventie",
    "leefstijl",
    "zwanger_ouder",
    "kopp_kov",
    "psychische_kwetsbaarheid",
    "vrijwilligerswerk",
    "buddy",
    "voorzorgcirkel",
    "nieuwkomers",
    "dorpsondersteuner",
    "lotgenoten_chronisch",
)
"""The contract's route codes; the catalogue stands below the bot and so keeps its own copy."""

_SENTENCE = re.compile(r".*?[.!?](?=\s|$)|.+", re.DOTALL)

ROLES = ("route", "lokaal", "via_zorg", "tool")
REACHES = ("plaats", "gemeente", "regio", "landelijk")


def load_kinds(data_dir: Path | str | None = None) -> dict[str, Kind]:
    """All kinds by code; raises KeyError where a kind misses a required field."""
    path = data_file(data_dir, KINDS)
    return _kinds(path, path.stat().st_mtime_ns)


def load_routes(data_dir: Path | str | None = None) -> dict[str, Route]:
    """All routes by code, in the order of the file; raises KeyError where one misses a required field."""
    path = data_file(data_dir, ROUTES)
    return _routes(path, path.stat().st_mtime_ns)


def what_it_is(kind: str) -> str | None:
    """The first sentence on what a kind of place is; None for one that residents are never pointed to."""
    known = load_kinds().get(kind)
    return _SENTENCE.match(known.what).group() if known and known.role != "tool" else None


def kinds_for(kinds: dict[str, Kind], route: str) -> list[Kind]:
    """The kinds a resident may be pointed to for a route, first choice first."""
    offered = [kind for kind in kinds.values() if kind.offered_for(route)]
    return sorted(offered, key=lambda kind: kind.routes[route])


@lru_cache(maxsize=8)
def _kinds(path: Path, _changed: int) -> dict[str, Kind]:
    return {code: _kind(code, entry) for code, entry in read_yaml(path).items()}


@lru_cache(maxsize=8)
def _routes(path: Path, _changed: int) -> dict[str, Route]:
    return {code: _route(code, entry) for code, entry in read_yaml(path).items()}


def _kind(code: str, entry: dict[str, Any]) -> Kind:
    return Kind(
        code=code,
        name=entry["naam"],
        what=entry["wat"],
        audience=entry["voor_wie"],
        cost=entry.get("kosten"),
        referral_needed=entry.get("verwijzing_nodig"),
        role=entry["rol"],
        reach=entry["bereik"],
        max_km=entry.get("max_km"),
        routes=dict(entry["routes"]),
        not_offered=frozenset(entry.get("niet_aanbieden", ())),
        how_to_ask=entry.get("zo_vraagt_u_ernaar"),
        website=entry.get("website"),
        source=entry["bron"],
        annex=tuple(entry.get("bijlage1", ())),
        audiences=tuple(entry.get("voor", ())),
    )


def _route(code: str, entry: dict[str, Any]) -> Route:
    return Route(
        code=code,
        name=entry["naam"],
        what=entry["wat"],
        how_to_ask=entry["zo_vraagt_u_ernaar"],
        website=entry.get("website"),
        help_lines=tuple(entry.get("hulplijnen", ())),
        source=entry["bron"],
    )
