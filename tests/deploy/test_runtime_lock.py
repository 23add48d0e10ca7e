"""The packages in the container: all that a server needs, and none of those of the tests."""

from __future__ import annotations

import importlib.metadata
import re
import runpy

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.docs.markdown import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MODULE = runpy.run_path(str(ROOT / "deploy" / "container" / "runtime_lock.py"))
runtime_part, entries_of = MODULE["runtime_part"], MODULE["entries_of"]
NEEDED = {name for name, _ in entries_of(runtime_part(LOCK))}
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def _listed(pattern: str) -> set[str]:
    """The packages that a list in pyproject.toml names."""
    found = re.search(pattern, PYPROJECT, re.S | re.M).group(1)
    return {canonicalize_name(Requirement(text).name) for text in re.findall(r'^\s*"(.*?)",?', found, re.M)}


OVERRIDDEN = _listed(r"^override-dependencies = \[(.*?)^\]")
DECLARED = _listed(r"^dependencies = \[(.*?)^\]")


def test_what_the_project_asks_for_is_there():
    assert DECLARED
    assert {name for name in DECLARED if name not in NEEDED} == set()
    assert any(name.startswith("tensorflow-cpu") for name in NEEDED)


def test_no_package_of_the_tests_is_there():
    assert (
        NEEDED & {"pytest", "pytest-xdist", "hypothesis", "schemathesis", "playwright", "ruff", "poetry-core"}
        == set()
    )


def test_what_they_need_themselves_is_there_too():
    needs = set()
    for name in NEEDED:
        try:
            asked = [Requirement(text) for text in importlib.metadata.requires(name) or []]
        except importlib.metadata.PackageNotFoundError:
            continue  # of another machine or Python
        here = [one for one in asked if not one.marker or one.marker.evaluate({"extra": ""})]
        needs |= {(name, canonicalize_name(one.name)) for one in here}
    assert {pair for pair in needs if pair[1] not in NEEDED | OVERRIDDEN} == set()


def test_an_entry_stays_as_the_lock_has_it_with_every_hash():
    for _, text in entries_of(runtime_part(LOCK)):
        assert text in LOCK and "--hash=sha256:" in text


def test_a_package_with_a_version_per_python_keeps_them_all():
    lock = LOCK.split("\n")
    twice = "dnspython"
    written = [line for line in lock if line.startswith(f"{twice}==")]
    assert len(written) > 1
    assert [name for name, _ in entries_of(runtime_part(LOCK))].count(twice) == len(written)


def test_names_leave_only_those():
    assert [name for name, _ in entries_of(runtime_part(LOCK, ["setuptools"]))] == ["setuptools"]


def test_a_lock_without_the_project_is_refused():
    with pytest.raises(ValueError):
        runtime_part("pytest==8.0.0 \\\n    --hash=sha256:00\n    # via nobody\n")
