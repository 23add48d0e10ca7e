"""What the checks report."""

from __future__ import annotations

import errno
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_LINE = 2_000
SHOWN_AT_MOST = 20
"""Of a long list the first so many are printed one by one; the rest as a total per sort of fault."""

_REASONS = {
    errno.ENOENT: "het bestaat niet",
    errno.EACCES: "u hebt daar geen rechten voor",
    errno.EPERM: "u hebt daar geen rechten voor",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijf is vol",
    errno.EROFS: "op deze schijf kan niet worden geschreven",
    errno.ENAMETOOLONG: "de naam is te lang",
}

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONG_VALUE = re.compile(r"'([^']{200})[^']*'")
_QUOTED = re.compile(r"'.*?'(?!\w)|\d+")


@dataclass(frozen=True)
class Fault:
    """What is wrong in one field (or, as a warning, what an editor may want to look at)."""

    file: str
    row: int | None
    field: str | None
    message: str

    def __str__(self) -> str:
        parts = [self.file]
        parts += [f"rij {self.row}"] if self.row else []
        parts += [f"veld {self.field}"] if self.field else []
        message = _LONG_VALUE.sub(r"'\1…'", self.message)  # what to do stands behind the value
        return one_line(f"{', '.join(parts)}: {message}")

    @property
    def sort(self) -> str:
        """The fault without the values of this row: the same for every row with the same fault."""
        return f"veld {self.field}: " * bool(self.field) + _QUOTED.sub("…", self.message)


def one_line(text: str) -> str:
    """A text from a file as one line that is safe to print: without control characters, and not endless."""
    return _UNSEEN.sub(" ", text[:LONGEST_LINE])


def why_not(error: OSError) -> str:
    """In Dutch why a file cannot be read or written; the system itself says it in English."""
    return _REASONS.get(error.errno or 0, f"foutnummer {error.errno} van het systeem")


def summarised(faults: Sequence[Fault]) -> list[str]:
    """The faults as Dutch lines: all when there are few, else the first ones and a total per sort."""
    if len(faults) <= SHOWN_AT_MOST:
        return [str(fault) for fault in faults]
    totals = Counter(fault.sort for fault in faults)
    lines = [str(fault) for fault in faults[:SHOWN_AT_MOST]]
    lines.append(f"... en nog {len(faults) - SHOWN_AT_MOST}. Alle {len(faults)} fouten bij elkaar:")
    return lines + [one_line(f"{count} keer {sort}") for sort, count in totals.most_common()]
