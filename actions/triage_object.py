"""The Triage object of the contract: one Decision with its fixed or found answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sociale_kaart.model import PlaceMatch

from actions import answers
from actions.answers import Utterance
from actions.context import ActionContext
from actions.public_json import calls_json, initiatives_json
from actions.responses import tidy

DANGER = ("spoed_112", "crisis_113", "onveilig", "huisarts_vandaag")
SMALL_TALK = {"privacy": "utter_privacy", "wie_ben_je": "utter_wie_ben_je", "bedanken": "utter_bedankt"}


def triage_object(
    decision: Mapping,
    *,
    place: str | None,
    channel: str,
    context: ActionContext,
    version: Mapping[str, str],
) -> dict:
    """The Triage object for one message outside a conversation.

    `place` is what the caller gave beside the message; it goes before a place in the message.
    """
    if channel == "balie":
        decision = decision.get("alone") or decision
    where = _place(place, decision.get("place"), context)
    context = context.at(None, where["match"].place if where else None)
    utterances = answer(decision, where, channel, context)
    messages = [
        {
            "tekst": render(utterance, channel, context),
            "initiatieven": initiatives_json(utterance.initiatives),
            "bel": calls_json(utterance.calls, context),
        }
        for utterance in utterances
    ]
    return assemble(
        outcome=decision["outcome"],
        certainty=decision["certainty"],
        certain=outcome_is_certain(decision),
        reasons=decision.get("reasons", ()),
        routes=decision.get("routes", ()),
        place=where,
        messages=messages,
        version=version,
    )


def outcome_is_certain(decision: Mapping) -> bool:
    """False where the model saw danger and no rule did: then the message deserves another question."""
    return decision["outcome"] not in DANGER or bool(decision.get("rules"))


def answer(decision: Mapping, where: Mapping | None, channel: str, context: ActionContext) -> list[Utterance]:
    """What to say to one message when there is no conversation to ask further in."""
    outcome, routes = decision["outcome"], decision.get("routes", ())
    if outcome in DANGER:
        return answers.danger(decision, channel, context)
    beside = answers.lines(decision.get("notices", ()), context)
    if outcome == "medisch":
        return beside + answers.medical(context)
    if outcome == "mens":
        return [*beside, answers.human(context)]
    if routes:
        place = where["match"].place if where else None
        ask = [answers.ask_place(())] if place is None and answers.needs_place(routes, context) else []
        return (
            answers.before_the_place(outcome, decision.get("notices", ()), context)
            + answers.social(routes, place, context, channel=channel)
            + ask
        )
    if decision.get("act") in SMALL_TALK:
        return [*beside, Utterance(SMALL_TALK[decision["act"]])]
    if outcome == "buiten_bereik":
        return [*beside, *answers.not_for_us(decision, context)]
    return [*beside, answers.clarify(decision.get("options", ()), context)]


def render(utterance: Utterance, channel: str, context: ActionContext) -> str:
    """The text of an utterance, as a conversation on `channel` would show it."""
    return context.responses.text(utterance.response, channel, **utterance.values)


def assemble(
    *,
    outcome: str,
    certainty: float,
    certain: bool,
    reasons: Iterable[Mapping],
    routes: Sequence[str],
    place: Mapping | None,
    messages: Sequence[Mapping],
    version: Mapping[str, str],
) -> dict:
    """Put a Triage object together from what was decided and what was said."""
    danger = outcome in DANGER
    return {
        "uitkomst": outcome,
        "zekerheid": round(float(certainty), 3),
        "zeker": certain,
        "redenen": [{"fragment": r["fragment"], "wijstOp": r["points_to"]} for r in reasons],
        "routes": [] if danger else list(routes),
        "plaats": _public_place(place),
        "initiatieven": [] if danger else [item for message in messages for item in message["initiatieven"]],
        "bel": _without_doubles(item for message in messages for item in message["bel"]),
        "antwoord": tidy("\n\n".join(message["tekst"] for message in messages)),
        "versie": dict(version),
    }


def place_named(name: str | None, source: str, context: ActionContext) -> dict | None:
    """The place `name` with where it came from: `opgegeven`, `bericht` or `gesprek`."""
    match: PlaceMatch | None = context.gazetteer.lookup(name) if name else None
    return {"match": match, "bron": source} if match else None


def _place(given: str | None, in_message: str | None, context: ActionContext) -> dict | None:
    return place_named(given, "opgegeven", context) or place_named(in_message, "bericht", context)


def _public_place(place: Mapping | None) -> dict | None:
    if not place:
        return None
    found = place["match"].place
    return {"naam": found.name, "gemeente": found.municipality, "bron": place["bron"]}


def _without_doubles(items: Iterable[dict]) -> list[dict]:
    return list({(item["naam"], item["telefoon"]): item for item in items}.values())
