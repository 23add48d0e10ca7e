"""The set-up script on a made-up project, with a made-up uv: what it does again, and what it leaves."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENV_PYTHON = """#!/usr/bin/env bash
[ "$1" = -m ] && exit 1
echo "$1" >> "$LOG.taalmodel"
"""
UV = """#!/usr/bin/env bash
[ "$1" = --version ] && exit 0
echo "$*" >> "$LOG"
if [ "$1" = venv ]; then mkdir -p .venv/bin && cp "$FAKES/venv-python" .venv/bin/python; fi
if [ "$1 $2" = "pip sync" ] && [ -e fail ]; then exit 1; fi
"""
PYTHON310 = """#!/usr/bin/env bash
[ "$1" = -m ] && exit 1
echo "$0"
"""


WITH_VENV = """#!/usr/bin/env bash
[ "$1 $2 $3" = "-m venv --clear" ] || { echo "$0"; exit 0; }
rm -rf "$4" && mkdir -p "$4/bin" && cp "$FAKES/good-uv" "$4/bin/uv"
printf '#!/usr/bin/env bash\\n' > "$4/bin/python" && chmod +x "$4/bin/python"
"""


@pytest.fixture
def project(tmp_path):
    """A project folder with the real scripts and made-up tools; `set_up` runs the script."""
    return Project(tmp_path)


class Project:
    def __init__(self, folder: Path) -> None:
        self.folder, self.fakes, self.log = folder / "project", folder / "fakes", folder / "log"
        shutil.copytree(ROOT / ".ci", self.folder / ".ci")
        (self.folder / "requirements.lock").write_text("een==1\n", encoding="utf-8")
        (self.folder / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
        self.fakes.mkdir()
        for name, text in {"uv": UV, "python3.10": PYTHON310, "venv-python": VENV_PYTHON}.items():
            (self.fakes / name).write_text(text, encoding="utf-8")
            (self.fakes / name).chmod(0o755)

    def set_up(self) -> int:
        """Run the script; the exit code. `done` holds what uv was asked this time."""
        self.log.unlink(missing_ok=True)
        environment = {
            "PATH": f"{self.fakes}:{os.environ['PATH']}",
            "HOME": str(self.fakes),
            "LOG": str(self.log),
            "FAKES": str(self.fakes),
        }
        return subprocess.run(
            [self.folder / ".ci" / "setup"], env=environment, capture_output=True, check=False
        ).returncode

    @property
    def done(self) -> list[str]:
        """The first words of each call of uv, in order."""
        if not self.log.exists():
            return []
        return [" ".join(line.split()[:2]) for line in self.log.read_text(encoding="utf-8").splitlines()]


def test_a_fresh_clone_gets_everything_in_order(project):
    assert project.set_up() == 0
    assert project.done == ["venv --quiet", "pip sync", "pip install"]


def test_the_second_time_nothing_is_installed(project):
    project.set_up()
    assert project.set_up() == 0
    assert project.done == []


def test_a_changed_lock_file_is_synced_and_the_project_put_back(project):
    project.set_up()
    (project.folder / "requirements.lock").write_text("een==2\n", encoding="utf-8")
    assert project.set_up() == 0
    assert project.done == ["pip sync", "pip install"]


def test_a_changed_pyproject_installs_only_the_project(project):
    project.set_up()
    (project.folder / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert project.set_up() == 0
    assert project.done == ["pip install"]


def test_a_set_up_that_broke_off_is_done_again(project):
    (project.folder / "fail").touch()
    assert project.set_up() != 0
    (project.folder / "fail").unlink()
    assert project.set_up() == 0
    assert "pip sync" in project.done


def test_the_language_model_is_offered_every_time(project):
    project.set_up()
    project.set_up()
    offered = Path(f"{project.log}.taalmodel").read_text(encoding="utf-8").splitlines()
    assert offered.count(".ci/taalmodel.py") == 2


def test_bringing_uv_leaves_what_else_was_brought(project):
    for name, text in {"uv": "#!/usr/bin/env bash\nexit 1\n", "python3.10": WITH_VENV, "good-uv": UV}.items():
        (project.fakes / name).write_text(text, encoding="utf-8")
        (project.fakes / name).chmod(0o755)
    other = project.folder / ".tools" / "stores" / "redis-server"
    other.parent.mkdir(parents=True)
    other.touch()
    assert project.set_up() == 0
    assert project.done == ["venv --quiet", "pip sync", "pip install"]
    assert other.exists()
