"""What a referral is to those who make it, get it and look back at it, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.access.tokens import Holder
from api.referral.personal_data import PersonalData


class UnknownReferral(LookupError):
    """There is no such referral for whoever asks, or no longer."""


class Gone(Exception):
    """It was withdrawn: the personal data are deleted."""


class KeyReused(Exception):
    """The Idempotency-Key was used for a referral with another content."""


class NoReceiver(Exception):
    """Nobody would receive the referral, so it is not kept."""


class NotAllowed(Exception):
    """The referral cannot become that status from what it is now."""


@dataclass(frozen=True)
class Application:
    """What is to be kept. `practice` is None where a resident applies; `key` is the Idempotency-Key."""

    municipality: str
    personal: PersonalData
    key: str
    practice: Holder | None = None


@dataclass(frozen=True)
class Made:
    """A referral that was kept. `code` withdraws it; None when that was done already."""

    id: str
    code: str | None
    status: str


@dataclass(frozen=True)
class Consent:
    """A consent as it was recorded."""

    asked_by: str
    given_at: datetime
    version: str
    text: str
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Referral:
    """A referral as a receiver gets it. `personal` is None when it was withdrawn."""

    id: str
    status: str
    municipality: str
    practice: str | None
    made_at: datetime
    changed_at: datetime
    personal: PersonalData | None
    consent: Consent


@dataclass(frozen=True)
class Overview:
    """What a practice may know of a referral that it made."""

    id: str
    made_at: datetime
    is_picked_up: bool
