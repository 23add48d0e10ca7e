"""What the set-up stands on: pinned lock files, no registry's address anywhere, scripts that run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-tools.lock")
REGISTRIES = re.compile(
    "|".join(map(re.escape, ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org")))
)
SCRIPTS = ("find-python", "setup", "lock", "run", "node-packages", "widget", "oidc", "stores", "promtool")


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _entries(lock: str) -> list[str]:
    """The entries of a lock file, continuation lines joined, comments left out."""
    lines = [line for line in _read(lock).replace("\\\n", " ").splitlines() if line.strip()]
    return [line for line in lines if not line.lstrip().startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_has_a_version_and_a_hash(lock):
    entries = _entries(lock)
    assert entries
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_file_holds_an_address(lock):
    assert not re.search(r"https?://", _read(lock))


def test_the_lock_of_the_provider_of_the_tests_pins_every_package():
    locked = _read("tests/oidc/package-lock.json")
    assert locked.count('"integrity"') == locked.count('\n    "node_modules/') > 0
    assert '"resolved"' not in locked and "omit-lockfile-registry-resolved=true" in _read("tests/oidc/.npmrc")


def test_no_file_names_a_package_registry():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        file = ROOT / name
        if file.is_file() and REGISTRIES.search(file.read_bytes().decode("utf-8", "ignore")):
            found.append(name)
    assert found == []


def test_the_lock_holds_every_dependency_that_pyproject_names():
    declared = re.search(r"^dependencies = \[(.*?)^\]", _read("pyproject.toml"), re.S | re.M).group(1)
    names = re.findall(r'^\s*"([A-Za-z0-9_-]+)', declared, re.M)
    locked = {re.split(r"[=\[]", entry, maxsplit=1)[0] for entry in _entries("requirements.lock")}
    assert names
    assert not set(names) - locked


def test_the_official_language_model_is_pinned_to_its_release_address():
    text = _read("requirements-taalmodel.txt")
    assert "https://github.com/explosion/spacy-models/releases/download/nl_core_news_sm-3.8.0/" in text
    assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", text)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_executable_and_parse(name):
    script = ROOT / ".ci" / name
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert subprocess.run(["bash", "-n", str(script)], capture_output=True).returncode == 0


@pytest.mark.parametrize("failing", [None, "widget", "oidc", "stores", "promtool", "make"])
def test_ci_brings_what_every_test_needs_and_stops_at_the_first_failure(tmp_path, failing):
    steps = tmp_path / ".ci"
    steps.mkdir()
    shutil.copy(ROOT / ".ci" / "run", steps)
    for step in ("widget", "oidc", "stores", "promtool", "make"):
        (steps / step).write_text(
            f'#!/usr/bin/env bash\necho "{step} $* $BROWSERTESTS" >> {tmp_path}/log\n'
            f"exit {int(step == failing)}\n"
        )
        (steps / step).chmod(0o755)
    done = subprocess.run([steps / "run"], env={**os.environ, "PATH": f"{steps}:{os.environ['PATH']}"})
    asked = (tmp_path / "log").read_text().splitlines()
    assert (done.returncode == 0) is (failing is None)
    if failing is None:
        assert sorted(asked[:3]) == ["make environment verplicht", "oidc  verplicht", "widget  verplicht"]
        assert asked[3:] == ["stores  verplicht", "promtool  verplicht", "make test verplicht"]
    else:
        assert not [step for step in asked if step.startswith("make test")]


def test_python_version_is_named_for_pyenv_and_uv():
    assert _read(".python-version").strip() == "3.10"


def test_the_licence_is_the_whole_eupl():
    text = _read("LICENSE")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    for article in range(1, 16):
        assert re.search(rf"^{article}\.", text, re.M), f"article {article}"
    assert "Compatible Licences" in text
