"""Work that Rasa does at every message for nothing, spared: it answers the same, sooner.

Each function changes one thing in Rasa for the whole process, and may be called again. Its tests hold that
what comes out is what came out before, and fail where a new version of Rasa works otherwise.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rasa.core import processor
from rasa.core.policies import rule_policy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, DefinePrevUserUtteredFeaturization, Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME


def spare_rasa_what_it_can() -> None:
    """All of this module; `remember_states` works within `one_turn`."""
    remember_event_types()
    remember_the_empty_domain()
    copy_nothing_for_the_log()
    copy_slots_at_once()
    remember_states()
    ask_only_rules_after_the_last_action()


def remember_event_types() -> None:
    """Look up the class of an event once, not among all its classes for every event.

    That took 92 % of the time to read a conversation from Redis.
    """
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = lru_cache(Event.resolve_by_type)


def remember_the_empty_domain() -> None:
    """Make the empty domain that every message is compared with once."""
    if not hasattr(Domain.is_empty, "without"):
        empty = Domain.empty().as_dict()

        def is_empty(self: Domain) -> bool:
            return self.as_dict() == empty

        is_empty.without = Domain.is_empty  # type: ignore[attr-defined]
        Domain.is_empty = is_empty


class _NoCopies:
    """Stands for the module `copy` where Rasa only copies for its log."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        return value


def copy_nothing_for_the_log() -> None:
    """Hand the log what there is, not deep copies: every line of it is dropped (`bot.quiet`)."""
    processor.copy = rule_policy.copy = _NoCopies


def copy_slots_at_once() -> None:
    """Copy a slot without the long way of pickling: a tracker copies all of them, ten times a turn."""

    def same(self: Slot) -> Slot:
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        return new

    Slot.__copy__ = same


@dataclass
class _Replayed:
    """The states of a conversation up to its last action, and a tracker that has seen the same events."""

    of: DialogueStateTracker
    tracker: DialogueStateTracker
    events: list[Event] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    def goes_on_in(self, events: list[Event]) -> bool:
        """Whether `events` are those of before, and newer ones that leave the states of before alone."""
        seen = len(self.events)
        return (
            len(events) >= seen
            and all(old is new for old, new in zip(self.events, events, strict=False))
            and not any(isinstance(event, DefinePrevUserUtteredFeaturization) for event in events[seen:])
        )


@dataclass
class _OfTurn:
    replayed: _Replayed | None = None


_of_turn: ContextVar[_OfTurn | None] = ContextVar("states of the turn", default=None)


@contextmanager
def one_turn() -> Iterator[None]:
    """Within it states are remembered; afterwards nothing is left of them."""
    turn = _OfTurn()
    before = _of_turn.set(turn)
    try:
        yield
    finally:
        turn.replayed = None
        _of_turn.reset(before)


def remember_states() -> None:
    """Replay only what is new when Rasa asks how a conversation went.

    It replays every event of it for each of the four or five predictions of a turn, twice for the first.
    """
    asked = Domain.states_for_tracker_history
    if hasattr(asked, "without"):
        return

    def states_for_tracker_history(
        self: Domain,
        tracker: DialogueStateTracker,
        omit_unset_slots: bool = False,
        ignore_rule_only_turns: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        turn = _of_turn.get()
        if turn is None or omit_unset_slots or ignore_rule_only_turns:
            return asked(self, tracker, omit_unset_slots, ignore_rule_only_turns, rule_only_data)
        return _states(self, tracker, turn)

    states_for_tracker_history.without = asked  # type: ignore[attr-defined]
    Domain.states_for_tracker_history = states_for_tracker_history


def _states(domain: Domain, tracker: DialogueStateTracker, turn: _OfTurn) -> list[State]:
    events = tracker.applied_events()
    replayed = turn.replayed
    if replayed is None or replayed.of is not tracker or not replayed.goes_on_in(events):
        replayed = turn.replayed = _Replayed(tracker, tracker.init_copy())
    for event in events[len(replayed.events) :]:
        if isinstance(event, ActionExecuted):
            replayed.states.append(_state(domain, replayed.tracker))
        replayed.tracker.update(event)
        replayed.events.append(event)
    before = [{name: copy(part) for name, part in state.items()} for state in replayed.states]
    return [*before, _state(domain, replayed.tracker)]


def _state(domain: Domain, tracker: DialogueStateTracker) -> State:
    return domain._clean_state(domain.get_active_state(tracker))


def ask_only_rules_after_the_last_action() -> None:
    """Compare a conversation with the rules that go on after its last action, not with all fifty."""
    asked = RulePolicy._get_possible_keys
    if hasattr(asked, "without"):
        return

    def _get_possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
        after = _after(tuple(lookup)).get(_last_action(states), ())
        return asked(self, {key: lookup[key] for key in after}, states)

    _get_possible_keys.without = asked  # type: ignore[attr-defined]
    RulePolicy._get_possible_keys = _get_possible_keys


@lru_cache(maxsize=16)
def _after(rule_keys: tuple[str, ...]) -> dict[str | None, list[str]]:
    """The rules (each the JSON of its states) by the action that comes before their last state."""
    rules = defaultdict(list)
    for key in rule_keys:
        rules[_last_action(json.loads(key))].append(key)
    return rules


def _last_action(states: list[State]) -> str | None:
    return (states[-1].get(PREVIOUS_ACTION) or {}).get(ACTION_NAME)
