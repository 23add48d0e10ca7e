"""Colours that a municipality may choose for the chat, and whether they can be read on each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import REPOSITORY, read_yaml

WIDGET_DATA = REPOSITORY / "data" / "widget"
ROLES_FILE = "tokens.yml"

TOKENS: tuple[str, ...] = (
    "nl-button-primary-background-color",
    "nl-button-primary-color",
    "nl-link-color",
    "nl-heading-level-2-color",
    "utrecht-focus-outline-color",
    "utrecht-document-color",
    "utrecht-document-background-color",
)
"""The NL Design System tokens that a municipality may set; each is one role of `data/widget/tokens.yml`."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class TooLittle:
    """A colour that cannot be read on another (or the other way around). `other` is a token or a colour."""

    token: str
    other: str
    contrast: float
    needed: float


def is_colour(value: object) -> bool:
    """Whether it is a colour as `#rrggbb`: the only form that may reach a style sheet."""
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def contrast(one: str, other: str) -> float:
    """The contrast between two `#rrggbb` colours, 1..21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_little_contrast(colours: Mapping[str, str]) -> Iterator[TooLittle]:
    """The pairs of the chat that these colours (token to `#rrggbb`) make hard to read.

    What is not chosen is compared as the chat shows it then: with its fallback.
    """
    for (front, back), needed in _pairs(WIDGET_DATA / ROLES_FILE).items():
        chosen = [role for role in (front, back) if role.token in colours]
        if not chosen:
            continue
        found = contrast(*(colours.get(role.token, role.fallback) for role in (front, back)))
        if found < needed:
            other = back if chosen[0] is front else front
            yield TooLittle(chosen[0].token, other.named_in(colours), found, needed)


OURS = ""
"""Stands for the token of a role whose colour nobody can choose."""


@dataclass(frozen=True)
class _Role:
    token: str
    fallback: str

    def named_in(self, colours: Mapping[str, str]) -> str:
        return self.token if self.token in colours else self.fallback


@lru_cache(maxsize=4)
def _pairs(path: Path) -> dict[tuple[_Role, _Role], float]:
    """Which role stands on which, and the contrast that this asks for."""
    data = read_yaml(path)
    roles = {
        name: _Role(token, role["terugval"])
        for name, role in data["rollen"].items()
        for token in role["token"] or [OURS]
        if token in (*TOKENS, OURS)
    }
    return {(roles[front], roles[back]): needed for front, back, needed in data["samen"]}


def _luminance(colour: str) -> float:
    """Relative luminance, 0..1 (WCAG 2.2, definition)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
