"""The text that an assistant pastes into the HIS: what was shown, never what the patient said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from api.desk.texts import heading, say
from bot.triage.types import DANGER_OUTCOMES


def record_text(
    triage: Mapping, initiatives: Iterable[Mapping], codes: Iterable[Mapping], today: date
) -> str:
    """Plain lines: date and outcome, the place, the initiatives pointed to, suggested ICPC codes.

    `triage` is the Triage object of the contract, `initiatives` the ones on the card; `codes` are
    `{"code", "omschrijving"}`.
    """
    outcome = triage["uitkomst"]
    lines = [say("his.begin", datum=f"{today:%d-%m-%Y}", kop=heading(outcome, triage["zeker"]))]
    if outcome in DANGER_OUTCOMES:
        return "\n".join([*lines, say("his.gevaar")])
    if triage["plaats"]:
        lines.append(say("his.plaats", plaats=triage["plaats"]["naam"]))
    shown = [_line(one) for one in initiatives]
    if triage["routes"]:
        lines += [say("his.gewezen"), *shown] if shown else [say("his.niets")]
    return "\n".join(lines + [say("his.icpc", **code) for code in codes])


def _line(one: Mapping) -> str:
    where = one["adres"] or one["plaats"]
    return say(
        "his.initiatief",
        naam=one["naam"],
        waar=say("his.waar", adres=where) if where else "",
        telefoon=say("his.telefoon", telefoon=one["telefoon"]) if one["telefoon"] else "",
    )
