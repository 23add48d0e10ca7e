"""Referrals as the HTTP contract writes them."""

from __future__ import annotations

from datetime import datetime, timezone

from api.referral.consent import ConsentText
from api.referral.model import Made, Overview, Referral
from api.referral.retention import Retention
from api.referral.texts import icpc_codes, moments


def consent_json(
    municipality: str | None,
    consent: ConsentText | None,
    how_to_ask: str,
    retention: Retention,
    practice: bool,
) -> dict:
    """The object Toestemmingstekst; `consent` None where nobody can apply now."""
    return {
        "open": consent is not None,
        "gemeente": municipality,
        "tekst": consent.text if consent else None,
        "versie": consent.version if consent else None,
        "hoeVraagtU": None if consent else how_to_ask,
        "bewaardagen": retention.days,
        "momenten": [_moment_json(code) for code in moments()],
        "icpc": [_icpc_json(*known) for known in sorted(icpc_codes().items())] if practice else [],
    }


def _icpc_json(code: str, wording: str) -> dict:
    return {"code": code, "omschrijving": wording}


def made_json(made: Made) -> dict:
    """The object Aanmelding."""
    return {"aanmeldingId": made.id, "intrekcode": made.code, "status": made.status}


def overview_json(one: Overview) -> dict:
    """The object AanmeldingVanPraktijk."""
    return {"aanmeldingId": one.id, "gemaaktOp": _time(one.made_at), "opgepakt": one.is_picked_up}


def referral_json(referral: Referral) -> dict:
    """The object BezorgdeAanmelding. The referral has its personal data."""
    known, given = referral.personal, referral.consent
    return {
        "aanmeldingId": referral.id,
        "status": referral.status,
        "gemeente": referral.municipality,
        "praktijk": referral.practice,
        "gemaaktOp": _time(referral.made_at),
        "naam": known.name,
        "telefoon": known.phone,
        "email": known.email,
        "moment": _moment_json(known.moment),
        "wens": known.wish,
        "icpc": known.icpc,
        "toestemming": {
            "gevraagdDoor": given.asked_by,
            "gegevenOp": _time(given.given_at),
            "versie": given.version,
            "tekst": given.text,
        },
    }


def _moment_json(code: str) -> dict:
    return {"code": code, "tekst": moments()[code]}


def _time(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds")
