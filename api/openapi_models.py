"""What pydantic 1 leaves out of a schema: that a value may be null, in the words of OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel

_NULL = {"type": "null"}


def say_what_may_be_null(app: FastAPI, document: dict) -> None:
    """Mark the fields of request bodies of `app` that may be null, and write every such mark as a type."""
    schemas = document["components"]["schemas"]
    for model in _request_models(app):
        for field in model.__fields__.values():
            if field.allow_none:
                schemas[model.__name__]["properties"][field.alias]["nullable"] = True
    _write_as_type(document)


def _request_models(app: FastAPI) -> Iterator[type[BaseModel]]:
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema and route.body_field:
            yield from _models(route.body_field.type_)


def _models(kind: object) -> Iterator[type[BaseModel]]:
    """The model itself and those of its fields."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.__fields__.values():
            for part in (field, *(field.sub_fields or ())):
                yield from _models(part.type_)


def _write_as_type(part: object) -> None:
    """Replace every `nullable` of OpenAPI 3.0, which does not work beside a reference, in place."""
    if isinstance(part, dict):
        if part.get("nullable") is True:
            _let_be_null(part)
        for inner in part.values():
            _write_as_type(inner)
    elif isinstance(part, list):
        for inner in part:
            _write_as_type(inner)


def _let_be_null(schema: dict) -> None:
    del schema["nullable"]
    if "$ref" in schema:
        schema["anyOf"] = [{"$ref": schema.pop("$ref")}, _NULL]
    elif "allOf" in schema:
        schema["anyOf"] = [*schema.pop("allOf"), _NULL]
    else:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
