"""How far apart two points lie."""

from __future__ import annotations

import math

from sociale_kaart.model import Place

EARTH_RADIUS_KM = 6371.0
"""Mean radius of the earth (IUGG)."""


def km_between(place: Place, latitude: float, longitude: float) -> float:
    """The distance in km from a place to a point in WGS84 degrees, as the crow flies (haversine)."""
    lat_a, lat_b = math.radians(place.latitude), math.radians(latitude)
    d_lat, d_lon = lat_b - lat_a, math.radians(longitude - place.longitude)
    half_chord = math.sin(d_lat / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(d_lon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half_chord)))
