"""Which browser is taken: the one that was named, then the one of the node package, then Debian's."""

from __future__ import annotations

import pytest

from api.cli.chromium import find_chromium


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program of that name on an otherwise empty path; its file."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("api.cli.chromium.DEBIAN", str(tmp_path / "nowhere"))

    def put(name: str, prints: str = "") -> str:
        file = folder / name
        file.write_text(f"#!/bin/sh\necho '{prints}'\n", encoding="utf-8")
        file.chmod(0o755)
        return str(file)

    return put


@pytest.fixture
def packages(tmp_path):
    """A widget folder in which the node package of Chromium is installed."""
    (tmp_path / "widget" / "node_modules" / "@sparticuz" / "chromium").mkdir(parents=True)
    return tmp_path / "widget"


def test_the_one_that_was_named_comes_first(program, packages):
    program("chromium")
    named = program("chrome-of-my-own")
    assert find_chromium(named, packages) == named


def test_a_named_one_that_is_not_there_is_not_replaced(program, packages):
    program("chromium")
    assert find_chromium("/no/such/chromium", packages) is None


def test_then_the_one_that_the_node_package_unpacks(program, packages):
    program("chromium")
    unpacked = program("unpacked")
    program("node", prints=unpacked)
    assert find_chromium(None, packages) == unpacked


def test_then_the_one_of_the_system(program, packages, tmp_path):
    system = program("chromium")
    assert find_chromium(None, packages) == system  # no node
    program("node", prints=program("unpacked"))
    assert find_chromium(None, tmp_path) == system  # no package
