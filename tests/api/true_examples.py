"""The OpenAPI document with examples that an installation can answer with success."""

from __future__ import annotations

import json
import uuid

from fastapi.testclient import TestClient

from tests.api.every_call import operations
from tests.api.installation import MUNICIPALITY, Installation

APPLY, REFER = "/v1/aanmeldingen", "/v1/balie/aanmeldingen"


def document_with_true_examples(here: Installation) -> dict:
    """The document of the application, in which ids, codes, tokens and versions are those of `here`."""
    document = json.loads(json.dumps(here.app.openapi()))
    with TestClient(
        here.app, base_url="https://hulp.example.nl", cookies={"__Host-balie": here.session}
    ) as client:
        versions = {APPLY: _consent(client, "bewoner"), REFER: _consent(client, "balie")}
        fetched, withdrawn = (_referral(client, APPLY, versions[APPLY]) for _ in range(2))
        referred = _referral(client, REFER, versions[REFER])
        of_receiver = {"Authorization": f"Bearer {here.receiver}"}
        assert client.get(f"{APPLY}/{fetched['aanmeldingId']}", headers=of_receiver).status_code == 200
    for path, method, operation in operations(document):
        made = referred if path.startswith(REFER) else withdrawn if path.endswith("/intrekking") else fetched
        true = {
            "token": here.practice,
            "intrekcode": made["intrekcode"],
            "aanmeldingId": made["aanmeldingId"],
        }
        document["paths"][path][method] = _with(operation, true | {"versie": versions.get(path)})
    return document


def _consent(client: TestClient, channel: str) -> str:
    """The version of the text to agree to."""
    asked = {"gemeente": MUNICIPALITY, "kanaal": channel}
    return client.get(f"{APPLY}/toestemming", params=asked).json()["versie"]


def _referral(client: TestClient, path: str, version: str) -> dict:
    agreed = {"akkoord": True, "versie": version}
    asked_by = {"gevraagdDoor": "praktijk"} if path == REFER else {}
    body = {
        "gemeente": MUNICIPALITY,
        "naam": "A. Voorbeeld",
        "email": "naam@example.nl",
        "moment": "ochtend",
        "wens": "Ik wil graag weer onder de mensen komen.",
        "toestemming": agreed | asked_by,
    }
    answer = client.post(path, json=body, headers={"Idempotency-Key": str(uuid.uuid4())})
    assert answer.status_code == 201, answer.text
    return answer.json()


def _with(part: object, true: dict[str, str | None]) -> object:
    """`part` with true values in the examples: by the name of a field, or of a parameter."""
    if isinstance(part, list):
        return [_with(one, true) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("in") == "path" and part.get("name") in true:
        return {
            **part,
            "example": true[part["name"]],
            "schema": {**part["schema"], "example": true[part["name"]]},
        }
    return {
        name: true[name] if true.get(name) and isinstance(value, str) else _with(value, true)
        for name, value in part.items()
    }
