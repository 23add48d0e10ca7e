"""A real Rasa server apart, and the program that uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.own_settings import own_settings
from tests.remote.forked_rasa import TOKEN, ForkedRasa, forking


@pytest.fixture(scope="session")
def rasa_program(model: Path) -> Iterator[ForkedRasa]:
    """Dear: made once. Tests leave it running."""
    with forking({"MODEL_PATH": str(model)}) as rasa:
        rasa.start()
        yield rasa


@pytest.fixture
def serve(rasa_program: ForkedRasa) -> Iterator[Callable[..., TestClient]]:
    """A function that starts the program on that Rasa, with settings by environment name."""
    with ExitStack() as running:

        def start(**environ: str) -> TestClient:
            address = {"RASA_URL": rasa_program.url, "RASA_TOKEN": TOKEN}
            return running.enter_context(TestClient(create_app(own_settings(**{**address, **environ}))))

        yield start
