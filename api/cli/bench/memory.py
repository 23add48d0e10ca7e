"""Memory that a group of processes holds: what they share is counted once."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
_MAPPING = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S+ ([0-9a-f]+) (\S+) (\d+)")
_RESIDENT = re.compile(r"^Rss:\s+(\d+) kB")

WAY = (
    "resident memory of all processes of a side and their children; "
    "a page of a file that several of them hold is counted once"
)


def group_mb(processes: Iterable[int]) -> dict:
    """`{"residentMb", "rssMb", "processes"}` of `processes` and all their descendants.

    `residentMb` counts pages of files that they share once; `rssMb` is the plain sum of what each
    holds. Neither depends on programs outside the group, as proportional memory (PSS) does.
    Where there is no /proc both are that sum.
    """
    family = descendants(processes)
    if not PROC.is_dir():
        total = _mb(sum(_ps("rss", family)))
        return {"residentMb": total, "rssMb": total, "processes": len(family)}
    maps = [text for process in family if (text := _smaps(process))]
    resident, plain = resident_kb(maps)
    return {"residentMb": _mb(resident), "rssMb": _mb(plain), "processes": len(maps)}


def resident_kb(maps: Iterable[str]) -> tuple[int, int]:
    """kB that the processes with these `smaps` hold: with shared file pages once, and as a plain sum.

    Of one part of a file the process that holds most of it counts, and the others not at all.
    """
    own, plain = 0, 0
    shared: dict[tuple[str, str, str], int] = defaultdict(int)
    for text in maps:
        held: dict[tuple[str, str, str], int] = defaultdict(int)
        part = ("", "", "0")
        for line in text.splitlines():
            if mapping := _MAPPING.match(line):
                part = mapping.groups()
            elif resident := _RESIDENT.match(line):
                held[part] += int(resident[1])
        for part, kilobytes in held.items():
            plain += kilobytes
            if part[2] == "0":  # no file: memory of the process itself
                own += kilobytes
            else:
                shared[part] = max(shared[part], kilobytes)
    return own + sum(shared.values()), plain


def descendants(processes: Iterable[int]) -> list[int]:
    """`processes` with all that they started and that still runs."""
    children: dict[int, list[int]] = defaultdict(list)
    lines = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True).stdout.splitlines()
    for line in lines:
        process, parent = map(int, line.split())
        children[parent].append(process)
    found = list(processes)
    for process in found:  # grows while it is read
        found += children[process]
    return found


def _smaps(process: int) -> str:
    """Every part of a process's memory; empty when it has ended, such as the `ps` that found it."""
    try:
        return (PROC / str(process) / "smaps").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _mb(kilobytes: int) -> int:
    return round(kilobytes * 1024 / 1e6)


def _ps(column: str, processes: Iterable[int]) -> list[int]:
    """A column of numbers, in kB for `rss`."""
    numbers = ",".join(map(str, processes))
    said = subprocess.run(["ps", "-o", f"{column}=", "-p", numbers], capture_output=True, text=True).stdout
    return [int(line) for line in said.split()]
