"""The names of the custom actions, as the domain lists them. Needs no Rasa."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sociale_kaart.files import read_yaml

DOMAIN = Path(__file__).with_name("domain")


@cache
def action_names() -> frozenset[str]:
    """The custom actions that the dialogue can call."""
    files = (read_yaml(path) for path in sorted(DOMAIN.glob("*.yml")))
    return frozenset(name for file in files for name in file.get("actions", ()))
