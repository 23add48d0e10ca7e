"""The script that finds Python 3.10, among interpreters that are only made up."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASH = shutil.which("bash")
FIXED_PLACES = ("/usr/bin/python3.10", "/usr/local/bin/python3.10", "/opt/homebrew/bin/python3.10")


@pytest.fixture
def machine(tmp_path):
    """An empty machine: a home and a bin folder, where `add` puts interpreters."""
    return Machine(tmp_path)


class Machine:
    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.bin = folder / "bin"
        self.bin.mkdir(parents=True)
        self.home.mkdir()
        (self.bin / "bash").symlink_to(BASH)

    def add(self, path: Path, answer: str | None) -> Path:
        """An interpreter that says `answer` (its own path), nothing (another version) or fails (None)."""
        path.parent.mkdir(parents=True, exist_ok=True)
        body = "exit 127" if answer is None else f"printf '%s' '{answer}'"
        path.write_text(f"#!{BASH}\n{body}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def find(self, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [str(self.bin / "bash"), str(ROOT / ".ci" / "find-python")],
            env={"PATH": str(self.bin), "HOME": str(self.home), **environment},
            capture_output=True,
            text=True,
        )


def test_python310_on_the_path_is_printed(machine):
    machine.add(machine.bin / "python3.10", "/opt/real/python3.10")
    assert machine.find().stdout == "/opt/real/python3.10\n"


def test_a_pyenv_shim_that_does_not_run_is_passed_over(machine):
    machine.add(machine.bin / "python3.10", None)
    real = machine.home / ".pyenv/versions/3.10.13/bin/python"
    machine.add(real, str(real))
    assert machine.find().stdout == f"{real}\n"


def test_another_version_is_passed_over(machine):
    machine.add(machine.bin / "python3", "")
    real = machine.home / ".local/share/uv/python/cpython-3.10.19-linux-x86_64-gnu/bin/python3.10"
    machine.add(real, str(real))
    assert machine.find().stdout == f"{real}\n"


def test_a_named_interpreter_goes_first(machine):
    machine.add(machine.bin / "python3.10", "/opt/real/python3.10")
    named = machine.add(machine.home / "mine", "/mine")
    assert machine.find(PYTHON=str(named)).stdout == "/mine\n"


@pytest.mark.skipif(any(map(os.path.exists, FIXED_PLACES)), reason="a fixed place holds a Python 3.10")
def test_none_at_all_is_one_line_with_the_fix(machine):
    result = machine.find()
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "uv python install 3.10" in result.stderr
