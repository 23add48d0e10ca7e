"""Where the patient lives: as the note says, else as the field of the practice says."""

from __future__ import annotations

from sociale_kaart.places import Gazetteer

from bot.triage.place_question import read_place


def place_beside(typed: str, field: str | None) -> str | None:
    """The place to judge `typed` with: None where the text names one itself, else `field`.

    The field stays filled in with the place of the practice, so it is no more than a default.
    """
    named = read_place(typed, Gazetteer.load().find_in_text(typed), asked=False).name
    return None if named else field
