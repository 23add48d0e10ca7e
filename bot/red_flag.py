"""What a danger answer says of itself to other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.triage.decision import BY_THE_MODEL

WHY_A_HUMAN = "gevaar"
"""The value of `Turn.human` that goes with every red flag."""


def red_flag_json(group: str | None, text: str, triage: Mapping[str, Any]) -> dict:
    """`{"groep", "actie", "tekst", "bel"}` of the contract; holds nothing of what was typed.

    `group` is that of the rule (None: no rule saw it), `text` the fixed text, `triage` the Triage object.
    """
    return {
        "groep": group or BY_THE_MODEL,
        "actie": triage["uitkomst"],
        "tekst": text.strip(),
        "bel": triage["bel"],
    }
