"""On what machine and with which versions something was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[3]


def machine() -> dict:
    """Processor, cores that may be used, memory (GB), system, and load over the last minute."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memoryGb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.platform(),
        "loadAverage": load_average(),
    }


def load_average() -> float:
    """How many processes wanted the processor over the last minute; other work makes it higher."""
    return round(os.getloadavg()[0], 2)


def versions(model: Path) -> dict:
    """Python, Rasa, the libraries that serve, the trained model and the commit."""
    from bot.training import read_card

    card = read_card(model)
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in ("rasa", "rasa-sdk", "sanic", "fastapi", "uvicorn")},
        "model": card.version if card else "onbekend",
        "commit": _commit(),
    }


def _cpu() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _commit() -> str:
    """The commit that is checked out, with a plus where files differ from it; empty outside git."""
    ask = ("git", "-C", str(ROOT), "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*")
    try:
        return subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
