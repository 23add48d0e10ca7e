"""What a GP assistant does next, as data/balie/doen.yml says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import read_yaml

FILE = Path(__file__).parents[1] / "data" / "balie" / "doen.yml"


@lru_cache
def load_steps() -> Mapping:
    """The whole file."""
    return read_yaml(FILE)


def step_at_the_desk(route: str) -> str:
    """The first step for a route in the practice; empty where giving the address is enough."""
    return load_steps()["routes"].get(route, "")


def whom_to_call_from_the_desk() -> str:
    """Whom to call where no place is known."""
    return load_steps()["wie_dan"]
