"""The scripts for node packages, with a made-up npm: what they do again, and without node."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.setup.machine import Machine

NPM = """#!/usr/bin/env bash
[ "$1" = --version ] && exit 0
echo "$*" >> "$LOG"
[ -e "$LOG.fail" ] && exit 1
mkdir -p node_modules
"""


TOOLS = ("bash", "cat", "cksum", "dirname", "mkdir", "rm")


class Project(Machine):
    """A folder with a real script and made-up node packages."""

    def __init__(self, folder: Path, script: str, packages: str) -> None:
        super().__init__(folder, script, TOOLS, others=["node-packages"])
        self.packages = folder / packages
        self.packages.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            (self.packages / name).write_text("{}\n", encoding="utf-8")
        self.put(npm=NPM, node="#!/usr/bin/env bash\nexit 0\n")

    @property
    def installed(self) -> int:
        """How often npm was asked to install."""
        return self.asked.count("ci ")


@pytest.fixture(params=[("widget", "api/widget"), ("oidc", "tests/oidc")], ids=["widget", "oidc"])
def project(request, tmp_path) -> Project:
    return Project(tmp_path, *request.param)


def test_packages_are_installed_once(project):
    assert project.run().returncode == 0
    assert project.run().returncode == 0
    assert project.installed == 1


def test_a_changed_lock_file_installs_again(project):
    project.run()
    (project.packages / "package-lock.json").write_text('{"a": 1}\n', encoding="utf-8")
    assert project.run().returncode == 0
    assert project.installed == 2


def test_what_failed_is_tried_again(project):
    (project.log.parent / "log.fail").touch()
    assert project.run().returncode == 1
    (project.log.parent / "log.fail").unlink()
    assert project.run().returncode == 0
    assert project.installed == 2


@pytest.mark.parametrize("tool", ["node", "npm"])
def test_without_node_it_says_so_and_fails_unless_it_need_not(project, tool):
    (project.fakes / tool).unlink()
    refused, went_on = project.run(), project.run("--best-effort")
    assert (refused.returncode, went_on.returncode) == (1, 0)
    for done in (refused, went_on):
        assert "node 20.19 or later with npm is not here" in done.stderr and done.stderr.count("\n") == 1


def test_an_old_node_is_as_good_as_none(project):
    project.put(node="#!/usr/bin/env bash\nexit 1\n")
    assert project.run().returncode == 1
    assert project.installed == 0


@pytest.mark.skipif(not shutil.which("node"), reason="no node here")
def test_a_real_node_is_asked_for_its_version(project):
    (project.fakes / "node").unlink()
    (project.fakes / "node").symlink_to(os.path.realpath(shutil.which("node")))
    assert project.run().returncode == 0
