from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.fakes import FakeAssistant
from tests.own_settings import own_settings


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def serve(assistant: FakeAssistant) -> Iterator[Callable[..., TestClient]]:
    """Start the application with settings by environment name."""
    with ExitStack() as stack:

        def start(**environ: str) -> TestClient:
            app = create_app(own_settings(**environ), assistant)
            return stack.enter_context(TestClient(app))

        yield start


@pytest.fixture
def client(serve: Callable[..., TestClient]) -> TestClient:
    return serve()


@pytest.fixture
def conversation(client: TestClient) -> str:
    """The address of the messages of an open conversation."""
    answer = client.post("/v1/gesprekken", json={})
    return f"/v1/gesprekken/{answer.json()['gesprekId']}/berichten"


def assert_problem(response, status: int, code: str | None = None) -> dict:
    """The response is a problem+json with the four members of the contract."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert {"type", "title", "status", "detail"} <= problem.keys()
    assert problem["status"] == status
    if code:
        assert problem["type"] == f"urn:sociale-triage:probleem:{code}"
    return problem
