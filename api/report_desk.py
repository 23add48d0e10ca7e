"""Taking in a report that an entry is wrong: screened for danger first, kept without personal data."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from sociale_kaart.reports import Reports, without_personal_data
from starlette.concurrency import run_in_threadpool

from api import logs
from api.delivery.reported import Reported
from api.problems import disturbance, note_too_long, report_not_kept, unknown_initiative
from api.provider import Assistant
from api.turns import Turns

LONGEST_NOTE = 300
"""Characters: enough to say what is wrong with a place, too few for a story."""


class ReportDesk:
    """Takes reports in for the editors."""

    def __init__(self, turns: Turns, reports: Reports, reported: Reported | None = None) -> None:
        self._turns = turns
        self._reports = reports
        self._reported = reported

    async def take(self, initiative_id: str, reason: str, note: str, channel: str) -> dict:
        """Keep a report: `{"meldingId"}`, with `waarschuwing` where danger was typed.

        `note` is the cleaned text, possibly empty. It is kept only when the safety rules could read it
        and saw no danger, without telephone numbers and mail addresses. Raises a 404, 422 or 503 problem.
        """
        assistant = self._turns.loaded()
        warning, is_safe = await run_in_threadpool(_screen, assistant, note)
        if not await run_in_threadpool(_knows, assistant, initiative_id):
            raise unknown_initiative(warning)
        if len(note) > LONGEST_NOTE:
            raise note_too_long(len(note), LONGEST_NOTE, warning)
        kept = without_personal_data(note) if note and is_safe else None
        try:
            number = await run_in_threadpool(self._reports.add, initiative_id, reason, kept, channel)
        except OSError as error:
            logs.failure("report_failed", error, status=503)
            raise report_not_kept(warning) from None
        return {"meldingId": number} | ({"waarschuwing": warning} if warning else {})

    def tell(self) -> None:
        """Tell receivers of events about reports that they have not heard of. Blocks; never raises."""
        if self._reported:
            self._reported.tell()


def _screen(assistant: Assistant, note: str) -> tuple[dict | None, bool]:
    """The fixed danger answer that the rules ask for, and whether the note may be kept."""
    try:
        warning = assistant.warn(note) if note else None
    except Exception as error:
        logs.failure("warning_failed", error)
        return None, False
    return warning, warning is None


def _knows(assistant: Assistant, initiative_id: str) -> bool:
    try:
        return assistant.knows(initiative_id)
    except Exception as error:
        logs.failure("report_failed", error, status=503)
        raise disturbance() from None


async def _desk_of(request: Request) -> ReportDesk:
    return request.app.state.report_desk


ReportDeskHere = Annotated[ReportDesk, Depends(_desk_of)]
"""Dependency: the ReportDesk of the application that received the request."""
