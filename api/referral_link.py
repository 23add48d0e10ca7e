"""The link from a conversation to the page on which somebody applies, or reads how to ask the GP."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from sociale_kaart.sentences import Sentences

from actions.prescribing import WELZIJN_OP_RECEPT
from api.referral_desk import ReferralDesk
from api.settings import ROOT
from bot.triage.types import SOCIAL
from bot.turn import Turn

TEXTS = ROOT / "data" / "aanmelding" / "chat.yml"
PAGE = "/aanmelden"


async def with_referral_link(turn: Turn, desk: ReferralDesk, public_address: str) -> Turn:
    """`turn` with `links` in its last message, where it is a resident's and about Welzijn op Recept.

    The page is that of the municipality of the place that was understood. It says how to ask the GP where
    applying alone is not possible. Without a public address the link is a path on this server.
    """
    triage = turn.triage
    about = triage and triage["uitkomst"] in SOCIAL and WELZIJN_OP_RECEPT in triage["routes"]
    if not about or turn.channel == "balie" or not turn.messages:
        return turn
    place = triage["plaats"] or {}
    municipality = desk.municipality(place.get("gemeente") or turn.municipality)
    is_open = await desk.consent(municipality) is not None
    text = Sentences.load(TEXTS).say("aanmelden" if is_open else "vragen")
    where = f"?gemeente={quote(municipality)}" if municipality else ""
    link = {"tekst": text, "url": f"{public_address}{PAGE}{where}"}
    *earlier, last = turn.messages
    return replace(turn, messages=[*earlier, {**last, "links": [link]}])
