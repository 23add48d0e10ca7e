"""Hangs the measuring of `bot.stages` on a loaded Rasa agent; its components know nothing of it."""

from __future__ import annotations

import functools
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from rasa.core.agent import Agent
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook

from bot.conversations.store import ConversationStore
from bot.nlu.safety_screen import SafetyScreen
from bot.nlu.shorthand_reader import ShorthandReader
from bot.stages import DIALOGUE, SCREEN, STORE, UNDERSTAND, WAIT, note, stage

_SCREENING = (SafetyScreen, ShorthandReader)
_BY_PACKAGE = {"bot.nlu.": UNDERSTAND, "rasa.nlu.": UNDERSTAND, "rasa.core.policies.": DIALOGUE}

_inside: ContextVar[str | None] = ContextVar("inside", default=None)
"""The stage of the store or the lock that is being measured."""


def measure(agent: Agent, store: ConversationStore) -> None:
    """Measure every turn of `agent`, whose conversations `store` keeps. Before its runner is replaced."""
    for node in agent.processor.graph_runner._instantiated_nodes.values():
        name = _stage_of(node)
        if name:
            node._hooks.append(_StageHook(name))
    locks = agent.lock_store
    locks._acquire_lock = _timed(WAIT, locks._acquire_lock)
    for name in ("retrieve", "read", "earlier", "save"):
        setattr(store, name, _timed(STORE, getattr(store, name)))


class _StageHook(GraphNodeHook):
    """Rasa's own hook around a component of the model."""

    def __init__(self, name: str) -> None:
        self._name = name

    def on_before_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,
        config: dict[str, Any],
        received_inputs: dict[str, Any],
    ) -> dict:
        return {"began": time.perf_counter()}

    def on_after_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,
        config: dict[str, Any],
        output: Any,
        input_hook_data: dict,
    ) -> None:
        note(self._name, time.perf_counter() - input_hook_data["began"])


def _stage_of(node: GraphNode) -> str | None:
    """The stage of STAGES that a component belongs to; None where it only hands something on."""
    component = node._component_class
    if component in _SCREENING:
        return SCREEN
    return next(
        (name for package, name in _BY_PACKAGE.items() if component.__module__.startswith(package)), None
    )


def _timed(name: str, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(work)
    async def timed(*args: Any, **kwargs: Any) -> Any:
        if _inside.get() == name:  # one of these works by another one
            return await work(*args, **kwargs)
        before = _inside.set(name)
        try:
            with stage(name):
                return await work(*args, **kwargs)
        finally:
            _inside.reset(before)

    return timed
