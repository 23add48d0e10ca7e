"""Runs Rasa's graph of components in their order, without a scheduler.

Rasa hands its graph to dask at every message and every prediction, which plans it anew each time: a tenth
of a turn. The order never changes, so it is worked out once.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner


class PlainGraphRunner(GraphRunner):
    """Gives what DaskGraphRunner gives, with its nodes."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._orders: dict[tuple[str, ...], list[str]] = {}

    @classmethod
    def create(cls, *arguments: Any, **options: Any) -> PlainGraphRunner:
        """The runner of a graph; arguments as of DaskGraphRunner."""
        return cls.like(DaskGraphRunner.create(*arguments, **options))

    @classmethod
    def like(cls, runner: DaskGraphRunner) -> PlainGraphRunner:
        """A runner of the same loaded components."""
        return cls(runner._graph_schema, runner._instantiated_nodes)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The outputs of `targets` by name, `inputs` by their placeholders."""
        targets = targets or self._schema.target_names
        outputs = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in self._order(tuple(targets)):
            needed = self._schema.nodes[name].needs.values()
            outputs[name] = self._nodes[name](*(outputs.get(need, need) for need in needed))
        return dict(outputs[target] for target in targets)

    def _order(self, targets: tuple[str, ...]) -> list[str]:
        if targets not in self._orders:
            ordered: dict[str, None] = {}
            for target in targets:
                self._add(target, ordered)
            self._orders[targets] = list(ordered)
        return self._orders[targets]

    def _add(self, name: str, ordered: dict[str, None]) -> None:
        """Put `name` after everything that it needs; what is no node is an input."""
        if name in self._schema.nodes and name not in ordered:
            for need in self._schema.nodes[name].needs.values():
                self._add(need, ordered)
            ordered[name] = None
