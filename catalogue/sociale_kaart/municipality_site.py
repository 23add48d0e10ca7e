"""How the chat looks and greets on the site of one municipality: the part `site` of `gemeente.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sociale_kaart.colours import WIDGET_DATA
from sociale_kaart.files import read_yaml
from sociale_kaart.municipality_site_check import wrong_in_site

SUGGESTIONS_FILE = "suggesties.yml"


@dataclass(frozen=True)
class Site:
    """A municipality's own words and colours. `colours`: token without dashes before it, to `#rrggbb`."""

    logo_text: str | None = None
    greeting: str | None = None
    suggestions: tuple[str, ...] = ()
    colours: Mapping[str, str] = field(default_factory=dict)


def site_of(part: object) -> Site:
    """The part `site` as it was read, without each field that has a fault: that one is never shown."""
    wrong = {name.split(".")[0] for name, _ in wrong_in_site(part)}
    fields: Mapping[str, Any] = part if isinstance(part, dict) else {}
    right = {name: value for name, value in fields.items() if name not in wrong and value}
    return Site(
        logo_text=right.get("logotekst"),
        greeting=right.get("begroeting"),
        suggestions=tuple(right.get("suggesties", ())),
        colours=dict(right.get("kleuren", {})),
    )


@lru_cache(maxsize=1)
def default_suggestions() -> tuple[str, ...]:
    """What a resident can start with on the site of a municipality that gives no suggestions itself."""
    return tuple(entry["tekst"] for entry in read_yaml(WIDGET_DATA / SUGGESTIONS_FILE))
