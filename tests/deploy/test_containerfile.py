"""What the Containerfile promises, on its text: there is no docker where the tests run."""

from __future__ import annotations

import fnmatch
import re
import subprocess

import pytest

from tests.docs.markdown import ROOT

TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8")
CODE = re.sub(r"^\s*#.*\n", "", TEXT, flags=re.M).replace("\\\n", " ")
BUILD, RUNTIME = re.split(r"^FROM ", CODE, flags=re.M)[1:]
IGNORED = [
    line
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def _instructions(stage: str, name: str) -> list[str]:
    return [rest.strip() for rest in re.findall(rf"^{name} (.*)$", stage, re.M)]


def _sources() -> list[str]:
    copies = [line.split() for line in _instructions(BUILD, "COPY")]
    return [source for words in copies for source in words[:-1]]


def _sent(path: str) -> bool:
    """Whether .dockerignore lets a file into the build: the last line that fits it or its folder wins."""
    parts = path.split("/")
    around = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    sent = True
    for line in IGNORED:
        pattern = line.removeprefix("!")
        anywhere = pattern.removeprefix("**/") if pattern.startswith("**/") else None
        fits = any(
            fnmatch.fnmatchcase(one, pattern)
            and one.count("/") == pattern.count("/")
            or anywhere
            and fnmatch.fnmatchcase(one.rsplit("/", 1)[-1], anywhere)
            for one in around
        )
        if fits:
            sent = line.startswith("!")
    return sent


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name]


@pytest.mark.parametrize("source", _sources())
def test_what_is_copied_exists_and_is_sent_to_the_build(source, tracked):
    assert (ROOT / source).exists()
    assert any(_sent(name) for name in tracked if name == source or name.startswith(f"{source}/"))


def test_the_packages_come_from_the_lock_by_their_hashes():
    installs = [line for line in _instructions(BUILD, "RUN") if "pip" in line]
    assert installs and all("--require-hashes" in line for line in installs)
    assert "runtime_lock.py requirements.lock > /tmp/runtime.lock" in installs[0]


def test_the_model_is_trained_in_and_the_catalogue_compiled():
    run = _instructions(BUILD, "RUN")[-1]
    assert "sociale-triage train" in run and "open_catalogue()" in run


def test_the_server_loads_only_the_model_that_was_signed_here():
    assert "sociale-triage model --public-key > models/sleutel.pub" in _instructions(BUILD, "RUN")[-1]
    assert "MODEL_PUBLIEKE_SLEUTEL=/app/models/sleutel.pub" in _instructions(RUNTIME, "ENV")[0]


def test_the_server_runs_as_nobody_in_particular_and_owns_only_what_it_writes():
    assert _instructions(RUNTIME, "USER") == ["10001:10001"]
    assert re.findall(r"chown \S+ (\S+)", RUNTIME) == ["var"]
    assert not re.search(r"^(ADD|VOLUME)\b|--chown|--chmod", RUNTIME, re.M)


def test_nothing_is_installed_where_it_runs():
    assert not re.search(r"\b(pip|apt-get|apt|uv|curl|gcc|make)\b", RUNTIME)
    assert _instructions(RUNTIME, "COPY") == ["--from=build /app /app"]


def test_it_says_whether_it_lives_and_under_which_licence_it_is():
    assert "/health" in _instructions(RUNTIME, "HEALTHCHECK")[0]
    (labels,) = _instructions(RUNTIME, "LABEL")
    assert 'org.opencontainers.image.licenses="EUPL-1.2"' in labels
    assert "org.opencontainers.image.source=" in labels
    source = re.search(r'^url: "(.*)"$', (ROOT / "publiccode.yml").read_text(encoding="utf-8"), re.M).group(1)
    assert f"ARG SOURCE={source}\n" in RUNTIME
    version = re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert f"ARG VERSION={version.group(1)}\n" in RUNTIME


def test_it_holds_no_secret_and_its_base_has_a_version():
    public = CODE.replace("MODEL_PUBLIEKE_SLEUTEL=/app/models/sleutel.pub", "")
    assert not re.search(r"(?i)^(ENV|ARG) .*(password|token|sleutel|secret)", public, re.M)
    assert re.search(r"^ARG PYTHON_IMAGE=python:3\.10\S+$", CODE, re.M)


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "data/.env",
        "instellingen.env",
        ".git/config",
        "tests/conftest.py",
        "data/exam/algemeen.jsonl",
        "models/sociale-triage.tar.gz",
        "var/opslag.sqlite",
        "build/catalogus.sqlite",
        "api/widget/node_modules/vite/package.json",
        "api/__pycache__/app.cpython-310.pyc",
    ],
)
def test_what_stays_out_of_the_image(path):
    assert not _sent(path)


@pytest.mark.parametrize(
    "path", ["api/app.py", "api/widget/dist/sociale-triage.js", "data/safety/spoed.yml", "requirements.lock"]
)
def test_what_goes_in(path):
    assert _sent(path)
