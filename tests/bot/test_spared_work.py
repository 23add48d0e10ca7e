"""What Rasa is spared: it answers as it would have answered, and needs less for it."""

from __future__ import annotations

import copy
import re
from contextvars import copy_context
from pathlib import Path

import pytest
from rasa.core import processor
from rasa.core.policies import rule_policy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot, BooleanSlot, ListSlot
from rasa.shared.core.trackers import DialogueStateTracker

from api.cli.bench.texts import TALK, long_conversation
from bot import spared_work
from bot.spared_work import copy_nothing_for_the_log, copy_slots_at_once, one_turn, remember_states

TALKS = (
    TALK,
    long_conversation(24),
    ("ik ben eenzaam", "wat kunt u", "Utrecht", "nee", "iets anders", "opnieuw", "hallo", "ik wil dood"),
)


@pytest.mark.model
def test_rasa_sees_the_same_conversation_and_finds_the_same_rules(
    assistant, event_loop_of_session, monkeypatch
):
    asked = {"states": 0, "rules": 0}

    def states(self, tracker, *given, **named):
        found = quick_states(self, tracker, *given, **named)
        assert found == quick_states.without(self, tracker, *given, **named)
        asked["states"] += 1
        return found

    def rules(self, lookup, states):
        found = quick_rules(self, lookup, states)
        assert found == quick_rules.without(self, lookup, states)
        asked["rules"] += 1
        return found

    quick_states, quick_rules = Domain.states_for_tracker_history, RulePolicy._get_possible_keys
    monkeypatch.setattr(Domain, "states_for_tracker_history", states)
    monkeypatch.setattr(RulePolicy, "_get_possible_keys", rules)
    for number, talk in enumerate(TALKS):
        for text in talk:
            turn = event_loop_of_session.run_until_complete(assistant.rest(f"spared-{number}", text, "x"))
            assert turn
    assert min(asked.values()) > 3 * sum(map(len, TALKS)), asked


def test_what_was_replayed_is_not_replayed_again(monkeypatch):
    remember_states()
    domain, tracker = Domain.empty(), DialogueStateTracker("x", [])
    seen = []
    monkeypatch.setattr(
        DialogueStateTracker,
        "update",
        lambda self, event, update=DialogueStateTracker.update: seen.append(event) or update(self, event),
    )
    with one_turn():
        for number in range(4):
            tracker.events.append(ActionExecuted(f"action_{number}"))
            assert len(domain.states_for_tracker_history(tracker)) == number + 2
    assert seen == list(tracker.events)


def test_a_conversation_that_went_otherwise_is_replayed_anew():
    remember_states()
    domain = Domain.from_dict({"slots": {"naam": {"type": "bool", "mappings": []}}})
    talks = (
        [ActionExecuted("action_listen"), UserUttered("a", {"name": "x"}), SlotSet("naam", True)],
        [ActionExecuted("action_listen"), UserUttered("b", {"name": "y"})],
        [ActionExecuted("action_listen")],
    )
    with one_turn():
        for events in talks:
            tracker = DialogueStateTracker.from_events("x", events, slots=domain.slots)
            expected = Domain.states_for_tracker_history.without(domain, tracker)
            found = domain.states_for_tracker_history(tracker)
            assert found == expected
            for state in found:  # what a caller does with its answer stays with it
                state.clear()
            assert domain.states_for_tracker_history(tracker) == expected


def test_nothing_is_left_after_a_turn():
    remember_states()
    tracker = DialogueStateTracker("x", [])
    tracker.events.append(ActionExecuted("action_listen"))
    with one_turn():
        elsewhere = copy_context()  # what a timer of this turn would keep
        assert len(Domain.empty().states_for_tracker_history(tracker)) == 2
        assert spared_work._of_turn.get().replayed.of is tracker
    assert spared_work._of_turn.get() is None
    assert elsewhere[spared_work._of_turn].replayed is None
    assert len(Domain.empty().states_for_tracker_history(tracker)) == 2


@pytest.mark.parametrize("slot", [AnySlot("a", []), BooleanSlot("b", []), ListSlot("c", [])])
def test_a_copied_slot_is_the_slot_and_stands_alone(slot):
    copy_slots_at_once()
    slot.value = ["x"]
    same = copy.copy(slot)
    assert type(same) is type(slot) and vars(same) == vars(slot)
    same.value = ["y"]
    assert slot.value == ["x"]


def test_a_domain_is_empty_or_not():
    spared_work.remember_the_empty_domain()
    spared_work.remember_the_empty_domain()
    assert Domain.empty().is_empty() and not Domain.from_dict({"intents": ["a"]}).is_empty()


def test_rasa_copies_nothing_for_a_log_that_nobody_reads(monkeypatch):
    for module in (processor, rule_policy):
        monkeypatch.setattr(module, "copy", module.copy)  # put back afterwards
    copy_nothing_for_the_log()
    value = {"a": [1]}
    assert processor.copy.deepcopy(value) is value and rule_policy.copy.deepcopy(value) is value


def test_it_copies_for_its_log_only():
    """A new version of Rasa that copies for another reason fails here."""
    for module, lines in ((processor, 6), (rule_policy, 1)):
        source = Path(module.__file__).read_text(encoding="utf-8")
        assert re.findall(r"\bcopy\.\w+\(", source) == ["copy.deepcopy("] * lines
