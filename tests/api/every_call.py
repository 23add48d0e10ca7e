"""Every call of the application, found by itself: a new route is tested from the day it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastapi import FastAPI

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def every_call(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path of every route, with something in the place of what varies in the path."""
    return [
        (method, re.sub(r"\{[^}]+\}", "x", route.path))
        for route in app.routes
        for method in sorted(getattr(route, "methods", None) or ())
        if method in METHODS
    ]


def operations(document: dict) -> Iterator[tuple[str, str, dict]]:
    """Path, method and description of every call in an OpenAPI document."""
    for path, described in document["paths"].items():
        for method, operation in described.items():
            yield path, method, operation
