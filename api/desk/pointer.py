"""QR codes on paper: to the map of an address, or to a website; never to anything else."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

import segno

ROUTE, WEBSITE = "route", "website"
TARGETS = (ROUTE, WEBSITE)

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
"""What a map does not know: "(eerste vrijdag van de maand)"."""

_MAP = "https://www.openstreetmap.org/search?query="
"""The same map that the chat opens (api/widget/src/card.ts)."""


def target_of(initiative: Mapping, target: str) -> str | None:
    """The address that `target` stands for (one of TARGETS) for an Initiatief object; None without one."""
    if target == ROUTE:
        return _MAP + quote(_where(initiative)) if initiative["adres"] else None
    website = initiative["website"] or initiative["websiteLandelijk"]
    return website if website and urlsplit(website).scheme in ("http", "https") else None


def qr_code(address: str) -> bytes:
    """An SVG image of the QR code of `address`, black on white with the quiet zone of the standard.

    Error correction M: about 15 % of it may be smudged, as on paper that is carried in a pocket.
    """
    image = io.BytesIO()
    segno.make_qr(address, error="m").save(
        image,
        kind="svg",
        border=4,
        light="#ffffff",
        omitsize=True,
        svgclass=None,
        lineclass=None,
        xmldecl=False,
    )
    return image.getvalue()


def _where(initiative: Mapping) -> str:
    address, place = _IN_BRACKETS.sub("", initiative["adres"]).strip(), initiative["plaats"]
    return address if not place or place in address else f"{address}, {place}"
