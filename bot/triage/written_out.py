"""A message as somebody typed it beside the same message written out, and the way back between the two.

What is found in the text written out is told with the fragment that was typed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.triage.types import RULE_ACTIONS, Reason, RuleHit, Screening


@dataclass(frozen=True)
class Change:
    """Characters `start` to `end` of what was typed, and what is written there instead."""

    start: int
    end: int
    words: str
    glued: bool = False


@dataclass(frozen=True)
class WrittenOut:
    """A message as typed and as written out.

    `pieces`: for every stretch of `text` where it begins there, and what stretch of `typed` it stands for.
    """

    typed: str
    text: str
    pieces: tuple[tuple[int, int, int], ...] = ()

    @classmethod
    def unchanged(cls, typed: str) -> WrittenOut:
        """A message with nothing to write out."""
        return cls(typed, typed)

    @property
    def is_changed(self) -> bool:
        return self.text != self.typed

    def typed_span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of `typed` behind `start` to `end` of `text`; an abbreviation counts whole."""
        if not self.is_changed:
            return start, end
        return self._typed_place(start, False), self._typed_place(max(end - 1, start), True)

    def typed_fragment(self, fragment: str) -> str:
        """What was typed for a fragment of `text`; the fragment itself where it does not occur there."""
        start = self.text.find(fragment)
        if start < 0:
            return fragment
        first, last = self.typed_span(start, start + len(fragment))
        return self.typed[first:last]

    def _typed_place(self, place: int, after: bool) -> int:
        number = bisect_right(self.pieces, place, key=lambda piece: piece[0]) - 1
        begin, typed_begin, typed_end = self.pieces[number]
        following = self.pieces[number + 1][0] if number + 1 < len(self.pieces) else len(self.text)
        if self.text[begin:following] == self.typed[typed_begin:typed_end]:
            return typed_begin + place - begin + int(after)
        return typed_end if after else typed_begin


def written(typed: str, changes: Iterable[Change]) -> WrittenOut:
    """`typed` with all `changes` made; they do not overlap."""
    changes = sorted(changes, key=lambda change: change.start)
    if not changes:
        return WrittenOut.unchanged(typed)
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    length = place = 0

    def add(words: str, typed_start: int, typed_end: int) -> None:
        nonlocal length
        if words:
            pieces.append((length, typed_start, typed_end))
            parts.append(words)
            length += len(words)

    for change in changes:
        add(typed[place : change.start], place, change.start)
        space_before = not change.glued and bool(parts) and parts[-1][-1:].isalnum()
        following = typed[change.end : change.end + 1]
        space_after = following.isalnum() or following in ("†", "✝")
        add(" " * space_before + change.words + " " * space_after, change.start, change.end)
        place = change.end
    add(typed[place:], place, len(typed))
    return WrittenOut(typed, "".join(parts), tuple(pieces))


def typed_reasons(reasons: Iterable[Reason], message: WrittenOut) -> list[Reason]:
    """The reasons found in the text written out, with the fragments that were typed."""
    return [replace(reason, fragment=message.typed_fragment(reason.fragment)) for reason in reasons]


def screen_both(check: Callable[[str], Screening], message: WrittenOut) -> Screening:
    """All hits in what was typed and in what it stands for: of a rule that fires in both the harder one.

    Writing out adds what an abbreviation hides and takes nothing away.
    """
    as_typed = check(message.typed)
    if not message.is_changed:
        return as_typed
    hits = {hit.rule_id: hit for hit in as_typed.hits}
    for hit in check(message.text).hits:
        if hit.rule_id not in hits or _order(hit) < _order(hits[hit.rule_id]):
            hits[hit.rule_id] = _as_typed(hit, message)
    return Screening(tuple(sorted(hits.values(), key=_order)))


def _as_typed(hit: RuleHit, message: WrittenOut) -> RuleHit:
    start, end = message.typed_span(hit.start, hit.end)
    return replace(hit, start=start, end=end, fragment=message.typed[start:end])


def _order(hit: RuleHit) -> tuple[bool, int]:
    return hit.soft, RULE_ACTIONS.index(hit.action)
