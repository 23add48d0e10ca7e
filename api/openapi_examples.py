"""Examples in the OpenAPI document: those of `data/openapi/voorbeelden.yml`, completed from the schemas."""

from __future__ import annotations

from functools import lru_cache

from sociale_kaart.files import read_yaml

from actions.responses import ANSWERS
from api import problems

EXAMPLES = ANSWERS.parent / "openapi" / "voorbeelden.yml"

_WITH_TEXT = ("/v1/triage", "/v1/gesprekken", "/v1/balie/vragen", "/webhooks")
_REFERRALS = ("/v1/aanmeldingen", "/v1/balie/aanmeldingen")
_BY_FORMAT = {
    "date": "2026-11-22",
    "date-time": "2026-11-22T09:30:00Z",
    "uri": "https://example.nl",
    "uuid": "0b5c2a4e-6f0d-4c1b-9a57-2f6f6f1f0c11",
}


def answer_example(content_type: str, schema: dict, schemas: dict) -> object:
    """An example of an answer. `schemas`: those of the document, by name."""
    return _given()["mediatypen"].get(content_type) or _example(schema, schemas, "tekst")


def problem_examples(path: str, status: int) -> dict[str, dict]:
    """Problems that `path` can answer with, by their code, as OpenAPI wants its `examples`."""
    shown = [
        problem for start, problem in _shown() if path.startswith(start) and problem.status == status
    ] or [problems.other_problem(status)]
    return {problem.code: {"value": problem.body} for problem in shown}


def _example(schema: dict, schemas: dict, name: str) -> object:
    """What a value of `schema` looks like; `name` stands in for a text that says nothing about itself."""
    if "$ref" in schema:
        return _object(schema["$ref"].rsplit("/", 1)[-1], schemas)
    for known in ("example", "default", "const"):
        if known in schema:
            return schema[known]
    for combined in ("allOf", "anyOf", "oneOf"):
        if combined in schema:
            return _example(schema[combined][0], schemas, name)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return [_example(schema["items"], schemas, name)]
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    if kind == "boolean":
        return True
    if kind == "string":
        return _BY_FORMAT.get(schema.get("format", ""), name)
    return _fields(schema, schemas, {})


def _object(name: str, schemas: dict) -> object:
    schema = schemas[name]
    if "example" in schema:
        return schema["example"]
    given = _given()["objecten"].get(name, {})
    return _fields(schema, schemas, given) if "properties" in schema else _example(schema, schemas, name)


def _fields(schema: dict, schemas: dict, given: dict) -> dict:
    """An object with `given` fields, and the others as their schemas have them."""
    return {
        field: given[field] if field in given else _example(detail, schemas, field)
        for field, detail in schema.get("properties", {}).items()
    }


@lru_cache
def _given() -> dict:
    return read_yaml(EXAMPLES)


@lru_cache
def _shown() -> list[tuple[str | tuple[str, ...], problems.Problem]]:
    """Problems, each with what the paths that it belongs to start with."""
    nothing_loaded = {"model": False, "catalogus": False, "opslag": False}
    return [
        ("/", problems.unreadable_body()),
        ("/", problems.unreadable_address()),
        (("/webhooks", "/v1/aanmeldingen"), problems.token_needed()),
        ("/v1/balie", problems.sign_in_needed()),
        ("/v1/balie/sessies", problems.sign_in_failed()),
        ("/v1/balie", problems.another_site()),
        ("/v1/gesprekken", problems.unknown_conversation()),
        ("/v1/initiatieven", problems.unknown_initiative(None)),
        ("/v1/aanmeldingen", problems.self_referral_closed()),
        ("/v1/balie/aanmeldingen", problems.referral_without_receiver()),
        (_REFERRALS, problems.key_reused()),
        (_REFERRALS, problems.unknown_referral()),
        (_REFERRALS, problems.referral_gone()),
        ("/v1/aanmeldingen/{aanmeldingId}/statussen", problems.status_not_allowed()),
        ("/", problems.body_too_large(65536)),
        ("/", problems.invalid_fields([problems.field_error("kanaal", "waarde")])),
        (_WITH_TEXT, problems.text_too_long(2345, 2000)),
        ("/", problems.too_many_requests(20)),
        (("/v1", "/webhooks"), problems.disturbance()),
        ("/", problems.not_ready(nothing_loaded)),
    ]
