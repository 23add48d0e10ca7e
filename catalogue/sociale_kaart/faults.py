"""What the checks report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong in one field."""

    file: str
    row: int | None
    field: str | None
    message: str

    def __str__(self) -> str:
        parts = [self.file]
        parts += [f"rij {self.row}"] if self.row else []
        parts += [f"veld {self.field}"] if self.field else []
        return f"{', '.join(parts)}: {self.message}"
