"""The personal data of a referral: the least that a welfare coach needs, and nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class PersonalData:
    """`phone` or `email` is there, or both. `icpc`: a code that a practice chose; a resident has none."""

    name: str = field(repr=False)
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)
    moment: str = field(repr=False)
    wish: str = field(repr=False)
    icpc: str | None = field(default=None, repr=False)

    def as_json(self) -> dict:
        """For the seal; `from_json` reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict) -> PersonalData:
        return cls(**content)
