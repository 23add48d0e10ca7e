"""Install the Dutch language model in .venv: best effort, because the program also works without it.

Run by .ci/setup with .venv's Python. `TAALMODEL_WHEEL=path` installs that wheel instead of the official
one. Exit 1 only when a model that was asked for by name could not be installed.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
import time
from pathlib import Path

MODEL = "nl_core_news_sm"
ROOT = Path(__file__).resolve().parent.parent
OFFICIAL = ROOT / "requirements-taalmodel.txt"
NOTES = ROOT / ".venv/.stamps/taalmodel.json"
DOWNLOAD_SECONDS = 20
RETRY_AFTER_SECONDS = 24 * 3600


def main(arguments: list[str]) -> int:
    """0 when there is nothing to complain about, 1 when an explicit request failed."""
    asked_for_now = "--taalmodel-now" in arguments
    notes = read_notes()
    wheel = os.environ.get("TAALMODEL_WHEEL", "")
    if wheel:
        return install_wheel(Path(wheel).expanduser().resolve(), notes)
    if installed_version() is not None:
        if asked_for_now:
            say(f"{MODEL} {installed_version()} is installed")
        return 0
    earlier_wheel = Path(notes.get("wheel", ""))
    if earlier_wheel.suffix == ".whl" and earlier_wheel.exists():
        return install_wheel(earlier_wheel, notes)
    if not asked_for_now and time.time() - notes.get("failed_at", 0) < RETRY_AFTER_SECONDS:
        say("no Dutch language model: running on looked-up lemmas ('make taalmodel' tries again)")
        return 0
    return install_official(asked_for_now)


def install_wheel(wheel: Path, notes: dict) -> int:
    """Install a wheel file unless exactly that file is installed already."""
    if not wheel.is_file():
        say(f"TAALMODEL_WHEEL: there is no file {wheel}")
        return 1
    file_state = {"wheel": str(wheel), "size": wheel.stat().st_size, "modified": wheel.stat().st_mtime}
    if installed_version() is not None and notes == file_state:
        return 0
    if not pip_install(["--reinstall" if os.environ.get("UV") else "--force-reinstall", str(wheel)]):
        say(f"{wheel.name} could not be installed")
        return 1
    write_notes(file_state)
    say(f"installed the Dutch language model {wheel.name}")
    return 0


def install_official(asked_for_now: bool) -> int:
    """Fetch the official model from its release address within DOWNLOAD_SECONDS."""
    if pip_install(["--require-hashes", "-r", str(OFFICIAL)]):
        write_notes({})
        say(f"installed the Dutch language model {MODEL} {installed_version()}")
        return 0
    write_notes({"failed_at": time.time()})
    say(
        "the Dutch language model cannot be reached: running on looked-up lemmas (TAALMODEL_WHEEL=path helps)"
    )
    return 1 if asked_for_now else 0


def pip_install(arguments: list[str]) -> bool:
    """Whether uv (or pip, where setup found no uv) installed it, without dependencies and in time."""
    uv = os.environ.get("UV")
    installer = [uv, "pip"] if uv else [sys.executable, "-m", "pip"]
    target = ["--python", sys.executable] if uv else []
    environment = {**os.environ, "UV_HTTP_TIMEOUT": "10", "UV_HTTP_RETRIES": "0", "PIP_RETRIES": "0"}
    try:
        done = subprocess.run(
            [*installer, "install", *target, "--quiet", "--no-deps", *arguments],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            timeout=DOWNLOAD_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def installed_version() -> str | None:
    """The version of the model in .venv, or None."""
    importlib.invalidate_caches()
    try:
        return importlib.metadata.version(MODEL)
    except importlib.metadata.PackageNotFoundError:
        return None


def read_notes() -> dict:
    """What was installed from where, or when it last failed."""
    try:
        return json.loads(NOTES.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_notes(notes: dict) -> None:
    NOTES.parent.mkdir(parents=True, exist_ok=True)
    NOTES.write_text(json.dumps(notes), encoding="utf-8")


def say(line: str) -> None:
    print(f"setup: {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
