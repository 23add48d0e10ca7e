"""What the long measurements share: they stop their servers at a signal, and leave one file."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from api.cli.common import existing_file


def add_files(command: argparse.ArgumentParser, output: str, published: str) -> None:
    """Let a measuring command write the file `output`, or publish a file as `published` in docs/."""
    command.add_argument("--output", type=Path, default=Path(output), help="the file to write")
    command.add_argument(
        "--publish",
        type=existing_file,
        metavar="FILE",
        help=f"measure nothing; write {published} from the file of a run",
    )


@contextmanager
def leaving_nothing_behind() -> Iterator[None]:
    """End at SIGTERM as at an error, so that everything that was started is stopped."""
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def as_json(report: dict) -> str:
    """The file of a run."""
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"


def write_report(report: dict, file: Path) -> None:
    """Write the file of a run, and its folder where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_json(report), encoding="utf-8")
