"""Welzijn op Recept: its people need no referral where a municipality opened it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sociale_kaart.model import Place, Result, Route

from actions.context import ActionContext

WELZIJN_OP_RECEPT = "welzijn_op_recept"
"""The code of the route and of the kind."""


def as_opened(
    results: Iterable[Result], municipality: str | None, context: ActionContext
) -> tuple[Result, ...]:
    """The results as they hold for somebody from `municipality`; unknown: for those who live there."""
    return tuple(_opened(result, municipality, context) for result in results)


def how_to_ask(route: Route, place: Place | None, context: ActionContext) -> str:
    """How somebody from `place` asks for what a route stands for, in one or two sentences."""
    opened = context.self_referral(place.municipality) if place and route.code == WELZIJN_OP_RECEPT else None
    return opened or route.how_to_ask


def _opened(result: Result, municipality: str | None, context: ActionContext) -> Result:
    one = result.initiative
    if one.kind != WELZIJN_OP_RECEPT:
        return result
    how = context.self_referral(municipality or one.municipality)
    if how is None:
        return result
    usual = one.how_to_ask
    why = result.why.replace(usual, how) if usual else result.why
    return replace(result, initiative=replace(one, referral_needed=False, how_to_ask=how), why=why)
