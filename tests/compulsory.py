"""Browsers, providers and stores of the tests: a miss is a skip on one's own machine, a failure in CI."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def must_run() -> bool:
    """Whether a test that cannot run is a failure: BROWSERTESTS=verplicht (as .ci/run sets it) or CI=true."""
    return os.environ.get("BROWSERTESTS") == "verplicht" or os.environ.get("CI") == "true"


def missing(what: str) -> NoReturn:
    """Skip or fail the test with one line: `what` is missing, and how to get it."""
    if must_run():
        pytest.fail(f"{what} (these tests are compulsory here)", pytrace=False)
    pytest.skip(what)
