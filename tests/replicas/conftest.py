from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.replicas.farm import Farm, farming


@pytest.fixture(scope="session")
def farm(model) -> Iterator[Farm]:
    """Starts replicas of the real server, with the real model."""
    with farming() as farm:
        yield farm
