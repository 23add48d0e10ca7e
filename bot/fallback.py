"""The answer when the assistant itself fails: fixed texts, with danger still screened by the rules."""

from __future__ import annotations

from actions import answers
from actions.answers import Utterance
from actions.context import ActionContext
from actions.public_json import message_json
from actions.triage_object import assemble, render
from bot.bubbles import in_bubbles
from bot.red_flag import WHY_A_HUMAN, red_flag_json
from bot.triage.decide import decide
from bot.triage.decision import Decision
from bot.triage.screen import Screen
from bot.triage.shorthand import write_out
from bot.triage.types import Prediction
from bot.triage.written_out import screen_both
from bot.turn import Turn


def by_rules_alone(text: str, channel: str = "bewoner") -> Decision:
    """What the rules say of `text` where no model can be asked; the outcome is a danger or unclear."""
    return decide(screen_both(Screen.load().check, write_out(text, channel)), Prediction())


def danger_in(text: str, context: ActionContext, channel: str = "bewoner") -> dict | None:
    """The fixed answer to danger that a rule sees in `text`: `{"uitkomst", "antwoord", "bel"}`, or None."""
    decision = by_rules_alone(text, channel)
    if not decision.is_danger:
        return None
    messages = _messages(answers.danger(decision.as_dict(), channel, context), channel, context)
    triage = _triage(decision, messages, {})
    warning = {name: triage[name] for name in ("uitkomst", "antwoord", "bel")}
    return context.numbers.checked(warning, channel)


def fallback_turn(
    text: str, channel: str, context: ActionContext, version: dict[str, str], failures: tuple[str, ...]
) -> Turn:
    """The fixed danger answer when a rule fires on `text`, else the fixed text for a technical failure.

    Needs neither Rasa nor the classifier. `failures` names what failed, never what was typed.
    """
    decision = by_rules_alone(text, channel)
    if not decision.is_danger:
        calls = context.danger.calls_of("utter_storing")
        disturbance = [Utterance("utter_storing", calls=calls)]
        return Turn(_messages(disturbance, channel, context), None, channel, failures)
    utterances = answers.danger(decision.as_dict(), channel, context)
    messages = _messages(utterances, channel, context)
    triage = _triage(decision, messages, version)
    flag = red_flag_json(decision.group, render(utterances[0], channel, context), triage)
    return Turn(messages, triage, channel, failures, flag, WHY_A_HUMAN)


def _messages(utterances: list[Utterance], channel: str, context: ActionContext) -> list[dict]:
    return in_bubbles(
        message_json(render(utterance, channel, context), utterance.calls, context)
        for utterance in utterances
    )


def _triage(decision: Decision, messages: list[dict], version: dict[str, str]) -> dict:
    return assemble(
        outcome=decision.outcome,
        certainty=decision.certainty,
        certain=decision.is_certain,
        reasons=[vars(reason) for reason in decision.reasons],
        routes=(),
        place=None,
        messages=messages,
        version=version,
    )
