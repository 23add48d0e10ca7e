"""Where the patient lives: as the note says, else as the field of the practice says."""

from __future__ import annotations

from sociale_kaart.places import Gazetteer

from bot.triage.place_question import PlaceReading, read_place


def place_beside(typed: str, field: str | None) -> str | None:
    """The place to judge `typed` with: None where the text names one itself, else `field`.

    The field stays filled in with the place of the practice, so it is no more than a default. What says
    more than a place stays: a place field is a text field, too, and may hold danger.
    """
    if field and _read(field).is_answer and _read(typed).name:
        return None
    return field


def _read(text: str) -> PlaceReading:
    return read_place(text, Gazetteer.load().find_in_text(text), asked=False)
