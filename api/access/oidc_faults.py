"""Why signing in through a provider failed, as a code in the address of /balie and a fixed text."""

from __future__ import annotations

from sociale_kaart.sentences import Sentences

from api.settings import ROOT

TEXTS = ROOT / "data" / "balie" / "inloggen.yml"

REASONS = ("geweigerd", "verlopen", "ongeldig", "onbekend", "onbereikbaar", "te-vaak")
"""The provider or its user said no; not finished in time in this browser; what came back cannot be trusted;
the practice is not known here; the provider does not answer; too many wrong ones from this address."""


def text_of(reason: str) -> str | None:
    """The text for the front desk; None for a code that is not ours."""
    return Sentences.load(TEXTS).say(f"fouten.{reason}") if reason in REASONS else None
