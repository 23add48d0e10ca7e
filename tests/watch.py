"""Looks after every test that asks the server something: nothing that it planted is in a log or an output."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from api import logs
from tests.canaries import IN_OTHER_TESTS, PLANTED, found_in

WATCHED = ("api", "end_to_end", "access", "delivery", "desk", "oidc", "referral", "livechat")
"""Folders of tests."""

ALL_PLANTED = {f"{kind} of another test": mark for kind, mark in IN_OTHER_TESTS.items()} | PLANTED


def is_watched(item: pytest.Item) -> bool:
    return item.nodeid.startswith(tuple(f"tests/{folder}/" for folder in WATCHED))


@pytest.fixture(autouse=True)
def nothing_planted_in_the_log(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Write the log as the server does, and fail where it holds what a test planted."""
    if not is_watched(request.node):
        yield
        return
    stream, root, rasa = io.StringIO(), logging.getLogger(), structlog.get_config()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs._CodesOnly())
    monkeypatch.setattr(logs, "_log", logs._coded(structlog.PrintLogger(stream), logging.INFO))
    structlog.configure(processors=logs._PROCESSORS, logger_factory=structlog.PrintLoggerFactory(stream))
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    structlog.configure(**rasa)
    found = found_in(stream.getvalue(), ALL_PLANTED)
    assert not found, f"the log of this test holds a planted {', '.join(found)}"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Fail a test whose standard output or error holds what it planted."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()
    if report.when == "call" and report.passed and is_watched(item):
        found = found_in(report.capstdout + report.capstderr, ALL_PLANTED)
        if found:
            report.outcome = "failed"
            report.longrepr = f"the output of this test holds a planted {', '.join(found)}"
