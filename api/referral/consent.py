"""What somebody agrees to: a fixed text, filled in for a municipality, with a version that proves which."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sociale_kaart.sentences import Sentences

from api.referral.retention import Retention
from api.referral.texts import CONSENT

RESIDENT, PRACTICE = "inwoner", "praktijk"


@dataclass(frozen=True)
class ConsentText:
    """`asked_by`: RESIDENT (somebody applies alone) or PRACTICE. `version` belongs to exactly this text."""

    asked_by: str
    version: str
    text: str


def consent_text(asked_by: str, municipality: str, retention: Retention) -> ConsentText:
    """The text to show now. Whoever agreed to a version can be held to no other text."""
    say = Sentences.load(CONSENT).say
    text = say(
        asked_by, gemeente=municipality, dagen=retention.days, dagen_niet_bezorgd=retention.undelivered_days
    )
    return ConsentText(asked_by, f"{say('versie')}-{hashlib.sha256(text.encode()).hexdigest()[:12]}", text)
