"""The answer when the assistant itself fails: fixed texts, with danger still screened by the rules."""

from __future__ import annotations

from actions import answers
from actions.answers import Utterance
from actions.context import ActionContext
from actions.public_json import calls_json
from actions.triage_object import assemble, render
from bot.triage.decide import decide
from bot.triage.screen import Screen
from bot.triage.types import Prediction
from bot.turn import Turn


def fallback_turn(
    text: str, channel: str, context: ActionContext, version: dict[str, str], failures: tuple[str, ...]
) -> Turn:
    """The fixed danger answer when a rule fires on `text`, else the fixed text for a technical failure.

    Needs neither Rasa nor the classifier. `failures` names what failed, never what was typed.
    """
    decision = decide(Screen.load().check(text), Prediction())
    if decision.is_danger:
        utterance = answers.danger(decision.as_dict(), channel, context)
    else:
        utterance = Utterance("utter_storing", calls=context.danger.calls_of("utter_storing"))
    message = {
        "van": "assistent",
        "tekst": render(utterance, channel, context),
        "knoppen": [],
        "initiatieven": [],
        "bel": calls_json(utterance.calls, context),
    }
    triage = assemble(
        outcome=decision.outcome,
        certainty=decision.certainty,
        reasons=[vars(reason) for reason in decision.reasons],
        routes=(),
        place=None,
        messages=[message],
        version=version,
    )
    return Turn([message], triage if decision.is_danger else None, channel, failures)
