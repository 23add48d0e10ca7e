"""How the tests are spread over the workers of pytest-xdist (`make test`); without workers nothing changes.

A file stays on one worker, as its fixtures are dear. So do the tests that need the answers to the whole
exam, those with several replicas, those in a browser, and those with a Rasa server apart. They come in an
order in which no core waits: the exam first, whose worker trains the model where needed; meanwhile what needs
no model; then the rest, and of each the long files first.
"""

from __future__ import annotations

from collections import Counter

import pytest

EXAM, BROWSER, RASA, REPLICAS = "exam", "browser", "rasa", "replicas"

LONG = (
    EXAM,
    "tests/triage/test_classifier.py",
    "tests/data/test_corpus_quality.py",
    "tests/data/test_corpus_in_rasa.py",
    BROWSER,
    REPLICAS,
    "tests/api/test_schemathesis.py",
    "tests/end_to_end/test_nothing_left.py",
    "tests/end_to_end/test_every_door.py",
    "tests/end_to_end/test_killed.py",
    "tests/end_to_end/test_draining.py",
    "tests/security/test_reachable.py",
    "tests/delivery/test_kill.py",
    "tests/end_to_end/test_canaries.py",
    RASA,
    "tests/storage/test_database.py",
)
"""Groups that take long for the number of their tests, in the order in which they should start."""


def group_of(item: pytest.Item) -> str:
    """The group that stays together on one worker."""
    file = item.nodeid.split("::", 1)[0]
    if "exam_answers" in item.fixturenames:
        return EXAM
    if "rasa_program" in item.fixturenames:
        return RASA
    if "farm" in item.fixturenames:
        return REPLICAS
    return BROWSER if file.startswith("tests/browser/") else file


def needs_model(item: pytest.Item) -> bool:
    return "model" in item.fixturenames or item.get_closest_marker("model") is not None


def spread(items: list[pytest.Item]) -> None:
    """Give every test its group and put the groups in order. Sorts in place; the same on every worker."""
    groups = {item: group_of(item) for item in items}
    sizes = Counter(groups.values())
    late = {groups[item] for item in items if needs_model(item)} | {BROWSER}

    def place(item: pytest.Item) -> tuple:
        group = groups[item]
        rank = LONG.index(group) if group in LONG else len(LONG)
        return group != EXAM, group in late, rank, -sizes[group], group

    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=place)
