"""Reports that an entry is wrong: an append-only list that survives a crash in mid-write.

Each line is one JSON object, on the disk before the caller hears that it is kept. A line that a crash
cut off stays where it is and is skipped; what comes after it starts on a line of its own.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from sociale_kaart.phones import without_unknown_numbers

REASONS = {
    "gesloten": "Dit is gesloten of gestopt",
    "verhuisd": "Dit is verhuisd",
    "telefoon_klopt_niet": "Het telefoonnummer klopt niet",
    "openingstijden_kloppen_niet": "De openingstijden kloppen niet",
    "niet_voor_mij": "Dit is niet voor mij",
    "anders": "Iets anders klopt niet",
}
"""What somebody can report, by code, as a reader sees it."""

NUMBER_REMOVED = "(nummer weggehaald)"
MAIL_REMOVED = "(mailadres weggehaald)"

_REPORT_KEYS = {"meldingId", "initiatief", "wat", "toelichting", "kanaal", "tijd"}
_HANDLED_KEYS = {"afgehandeld", "tijd"}
_MAIL = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:.]{2,}")
_LONG_NUMBER = re.compile(r"\d{8,}")
_PUBLIC = frozenset({"112", "113"})


@dataclass(frozen=True)
class Report:
    """One report. `hour` and `handled` are UTC, to the hour (`2026-11-22T12:00Z`)."""

    id: str
    initiative_id: str
    reason: str
    note: str | None
    channel: str | None
    hour: str
    handled: str | None = None


class Reports:
    """The list in the file `path`, made at the first report; several processes may use it at once."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def add(
        self,
        initiative_id: str,
        reason: str,
        note: str | None = None,
        channel: str | None = None,
        now: datetime | None = None,
    ) -> str:
        """Keep a report and give its id; when this returns, it is on the disk.

        `reason` is a code of REASONS, `channel` a channel of the contract. Raises ValueError for
        another reason, OSError where it cannot be written (the list is then as it was).
        """
        if reason not in REASONS:
            raise ValueError("a report needs a code of REASONS")
        report_id = secrets.token_hex(5)
        self._append(
            {
                "meldingId": report_id,
                "initiatief": initiative_id,
                "wat": reason,
                "toelichting": note,
                "kanaal": channel,
                "tijd": _hour(now),
            }
        )
        return report_id

    def handle(self, report_id: str, now: datetime | None = None) -> bool:
        """Mark a report as handled; False when there is no such report. Raises OSError."""
        if not any(report.id == report_id for report in self.all()):
            return False
        self._append({"afgehandeld": report_id, "tijd": _hour(now)})
        return True

    def all(self) -> list[Report]:
        """Every report, newest first. Raises OSError where the file cannot be read."""
        found: dict[str, dict] = {}
        handled: dict[str, str] = {}
        for record in self._records():
            if "meldingId" in record:
                found[record["meldingId"]] = record
            else:
                handled.setdefault(record["afgehandeld"], record["tijd"])
        return [_report(record, handled.get(number)) for number, record in reversed(found.items())]

    def _records(self) -> Iterator[dict]:
        """The whole lines that are ours, in the order in which they were written."""
        if not self.path.exists():
            return
        with _locked(os.open(self.path, os.O_RDONLY), fcntl.LOCK_SH) as descriptor:
            content = os.pread(descriptor, os.fstat(descriptor).st_size, 0)
        for line in content.split(b"\n"):
            try:
                record = json.loads(line)
            except ValueError:  # cut off by a crash, or no text at all
                continue
            if isinstance(record, dict) and record.keys() in (_REPORT_KEYS, _HANDLED_KEYS):
                yield record

    def _append(self, record: dict[str, str | None]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(record).encode() + b"\n"
        opened = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with _locked(opened, fcntl.LOCK_EX) as descriptor:
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                line = b"\n" + line
            try:
                while line:
                    line = line[os.write(descriptor, line) :]
                os.fsync(descriptor)
                if not size:
                    _sync_folder(self.path.parent)
            except OSError:
                os.ftruncate(descriptor, size)
                raise


def without_personal_data(text: str) -> str:
    """`text` with a mark in the place of mail addresses and of telephone and other long numbers.

    Names are not recognised: whoever asks for the text says that they do not belong in it.
    """
    text = without_unknown_numbers(_MAIL.sub(MAIL_REMOVED, text), _PUBLIC, NUMBER_REMOVED)
    return _LONG_NUMBER.sub(NUMBER_REMOVED, text)


def _report(record: dict, handled: str | None) -> Report:
    return Report(
        id=record["meldingId"],
        initiative_id=record["initiatief"],
        reason=record["wat"],
        note=record["toelichting"],
        channel=record["kanaal"],
        hour=record["tijd"],
        handled=handled,
    )


def _hour(now: datetime | None) -> str:
    """To the hour, so that a report cannot be laid beside a conversation."""
    return (now or datetime.now(timezone.utc)).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:00Z")


@contextmanager
def _locked(descriptor: int, kind: int) -> Iterator[int]:
    try:
        fcntl.flock(descriptor, kind)
        yield descriptor
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Put the name of a new file on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
