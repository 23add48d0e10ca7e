"""Every request has an id, and no text of a sender becomes one."""

from __future__ import annotations

import re
import uuid

import pytest

from api import request_ids
from tests.api.conftest import assert_problem

OWN = "0B5C2A4E-6f0d-4c1b-9a57-2f6f6f1f0c11"
HEADER = request_ids.HEADER


@pytest.mark.parametrize("given", [OWN, OWN.replace("-", "")])
def test_a_uuid_of_the_sender_is_kept(client, given):
    answer = client.get("/nergens", headers={HEADER: given})
    assert answer.headers[HEADER] == given
    assert assert_problem(answer, 404)["instance"] == uuid.UUID(given).urn


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Kwetsbaar-verhaal",
        "0612345678",
        "06-12345678",
        "jan-de-vries",
        "st_0f1e2d3c4b5a_geheim",
        f"{OWN} x",
    ],
)
def test_anything_else_is_replaced(client, given):
    answer = client.get("/nergens", headers={HEADER: given})
    uuid.UUID(answer.headers[HEADER])
    assert not given or given not in answer.text and given not in str(answer.headers)


def test_two_requests_have_two_ids(client):
    first, second = (client.get("/health").headers[HEADER] for _ in range(2))
    assert first != second and re.fullmatch(r"[0-9a-f-]{36}", first)


def test_a_problem_outside_a_request_has_none():
    assert request_ids.current() is None and request_ids.as_urn() is None
