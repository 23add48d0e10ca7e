"""Where a Chromium is that can be driven, and how it is started: quiet, and with no traffic of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

WIDGET = Path(__file__).parents[1] / "widget"

DEBIAN = "/usr/bin/chromium"

HOW_TO_GET_IT = (
    "no Chromium: install it (Debian: apt install chromium), name one in CHROMIUM=/path/to/chromium, "
    "or run .ci/widget, which brings one along with the widget's node packages"
)

LAUNCH_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_FROM_NODE_PACKAGE = (
    "import('@sparticuz/chromium').then((module) => module.default.executablePath())"
    ".then((path) => console.log(path))"
)


def find_chromium(wanted: str | None = None, packages: Path = WIDGET) -> str | None:
    """The path of a Chromium: `wanted`, else the one of the npm package below `packages`, else Debian's.

    The npm package holds Chromium's headless shell: the browser tests took half the time of Debian's
    (36 tests in 18 s against 34 s, 2026-11-22).

    None when there is none; also when `wanted` is given and is not there: somebody who names
    one does not want another.
    """
    if wanted:
        return shutil.which(wanted)
    return _unpacked(packages) or shutil.which("chromium") or shutil.which(DEBIAN)


def _unpacked(packages: Path) -> str | None:
    """The Chromium of @sparticuz/chromium, which unpacks itself in the temporary folder."""
    node = shutil.which("node")
    if not node or not (packages / "node_modules" / "@sparticuz" / "chromium").is_dir():
        return None
    unpacked = subprocess.run(
        [node, "--input-type=module", "--eval", _FROM_NODE_PACKAGE],
        cwd=packages,
        capture_output=True,
        text=True,
        check=False,
    )
    return shutil.which(unpacked.stdout.strip()) if unpacked.returncode == 0 else None
