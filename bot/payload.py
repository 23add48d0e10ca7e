"""The payload of our own buttons, `/name{...}`: read here and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping


def read_payload(payload: str) -> tuple[str, Mapping[str, str]]:
    """The intent that a payload names and the values it gives; `payload` is one of ours, never typed."""
    name, _, values = payload.removeprefix("/").partition("{")
    return name, json.loads("{" + values) if values else {}


def button_id(payload: str) -> str:
    """The public id of a button, readable and stable: `kies_route:rouw` for `/kies_route{...}`."""
    name, values = read_payload(payload)
    return ":".join([name, *(str(value) for value in values.values())])
