"""Which fixed text and which numbers go with a danger, as data/answers/bellen.yml says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sociale_kaart.files import read_yaml

from actions.responses import ANSWERS

TABLE = ANSWERS / "bellen.yml"

TAG_OF_SECOND_DANGER = {"crisis_113": "ook_113", "onveilig": "ook_veilig_thuis"}
"""A second, lighter danger in the same message calls for the text that names both numbers."""


@dataclass(frozen=True)
class FixedAnswer:
    """The name of a fixed response and the keys of its help lines, most urgent first."""

    response: str
    calls: tuple[str, ...]


class DangerAnswers:
    """The table of fixed danger answers."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._choices: Sequence[Mapping[str, Any]] = table["keuze"]
        self._calls: Mapping[str, Sequence[str]] = table["bel"]
        self._front_desk_calls: Mapping[str, Sequence[str]] = table["bel_balie"]
        self._lines: Mapping[str, Mapping[str, Any]] = table["lijnen"]

    @classmethod
    def load(cls, path: Path = TABLE) -> DangerAnswers:
        return cls(read_yaml(path))

    def choose(
        self,
        outcome: str,
        tags: Collection[str] = (),
        second_dangers: Collection[str] = (),
        *,
        soft: bool = False,
        channel: str = "bewoner",
    ) -> FixedAnswer:
        """The most specific fixed answer for a danger `outcome` with these rule tags.

        `second_dangers` are lighter dangers in the same message; `soft` asks before it tells.
        Raises LookupError for an outcome without an answer: the data tests rule that out.
        """
        known = set(tags) | {TAG_OF_SECOND_DANGER.get(code, "") for code in second_dangers}
        for choice in self._choices:
            if choice["actie"] == outcome and choice["zacht"] == soft and known.issuperset(choice["tags"]):
                return self._answer(choice["antwoord"], channel)
        raise LookupError(f"bellen.yml: no answer for {outcome} (soft: {soft})")

    def answers_to(self, outcomes: Collection[str]) -> frozenset[str]:
        """The names of all fixed responses to these danger `outcomes`."""
        return frozenset(choice["antwoord"] for choice in self._choices if choice["actie"] in outcomes)

    def calls_of(self, response: str) -> tuple[str, ...]:
        """The keys of the help lines that go with a fixed response."""
        return tuple(self._calls[response])

    def line(self, danger: str) -> FixedAnswer:
        """The one line that names the number of a danger (or social emergency) beside another answer."""
        line = self._lines[danger]
        return FixedAnswer(line["antwoord"], tuple(line["bel"]))

    def _answer(self, response: str, channel: str) -> FixedAnswer:
        calls = [*self._calls[response]]
        if channel == "balie":
            calls += self._front_desk_calls.get(response, ())
        return FixedAnswer(response, tuple(calls))
