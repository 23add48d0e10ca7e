"""The safety screen: reads every message before anything else and never stays silent.

Rules, context cues and spelling are data in `data/safety/`; this module applies them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from bot.triage.context import Situation
from bot.triage.normalise import Normaliser
from bot.triage.patterns import Pattern, Reading, Span
from bot.triage.safety_rules import EFFECTS, Rule, RuleBook, load_rules
from bot.triage.types import DANGER_OUTCOMES, RuleHit, Screening

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "data" / "safety"
DOWNGRADED = "huisarts_vandaag"
_UNLESS_REACH = 25


class Screen:
    """All safety rules, ready to check texts."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._normalise = Normaliser(book.spelling, book.vocabulary.words)

    @classmethod
    def load(cls, folder: Path | None = None) -> Screen:
        """The screen of a rule folder (default: `data/safety`), compiled once per folder.

        Raises RuleError (Dutch, with file, rule and field) when the rule data is wrong.
        """
        return _loaded(Path(folder) if folder else DEFAULT_FOLDER)

    @property
    def version(self) -> str:
        """Short hash of the rule data."""
        return self._book.version

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of their files."""
        return self._book.rules

    def check(self, text: str) -> Screening:
        """Which rules fire on `text` (any string of any length); hard hits first, then heaviest action."""
        tokens = self._normalise(text)
        if not tokens:
            return Screening()
        reading = Reading(tokens, self._book.vocabulary)
        situation: Situation | None = None
        hits: list[RuleHit] = []
        for rule in self._book.rules:
            best: RuleHit | None = None
            for span in self._matches(rule, reading):
                situation = situation or Situation(reading, self._book.context)
                hit = self._hit(rule, span, situation, reading, text)
                if hit and (best is None or _order(hit) < _order(best)):
                    best = hit
                    if not hit.soft and hit.action == rule.action:
                        break
            if best:
                hits.append(best)
        return Screening(tuple(sorted(hits, key=_order)))

    def context_of(self, text: str, fragment: str) -> set[str]:
        """The kinds of context that hold for the first occurrence of `fragment` in `text`.

        For catalogue editors and tests; raises ValueError when the fragment does not occur.
        """
        begin = text.index(fragment)
        tokens = self._normalise(text)
        inside = [i for i, t in enumerate(tokens) if t.start < begin + len(fragment) and t.end > begin]
        reading = Reading(tokens, self._book.vocabulary)
        span = Span(inside[0], inside[-1] + 1, frozenset(inside))
        return Situation(reading, self._book.context).kinds(span)

    def _matches(self, rule: Rule, reading: Reading) -> Iterator[Span]:
        found = _all_together(rule, reading) if rule.all_of else _any(rule.patterns, reading)
        exceptions: list[Span] | None = None
        for span in found:
            if exceptions is None:
                exceptions = sorted(_any(rule.unless, reading), key=lambda s: s.start)
            if not _in_same_sentence(span, exceptions, reading):
                yield span

    def _hit(
        self, rule: Rule, span: Span, situation: Situation, reading: Reading, text: str
    ) -> RuleHit | None:
        effect = max(
            (rule.effects.get(k, "fire") for k in situation.kinds(span)), key=EFFECTS.index, default="fire"
        )
        if effect == "clear":
            return None
        start, end = reading.tokens[span.start].start, reading.tokens[span.end - 1].end
        return RuleHit(
            rule_id=rule.id,
            action=DOWNGRADED if effect == "downgrade" else rule.action,
            group=rule.group,
            fragment=text[start:end],
            start=start,
            end=end,
            soft=effect == "soften",
            tags=rule.tags,
        )


@lru_cache(maxsize=8)
def _loaded(folder: Path) -> Screen:
    return Screen(load_rules(folder))


def _order(hit: RuleHit) -> tuple[bool, int]:
    return hit.soft, DANGER_OUTCOMES.index(hit.action)


def _any(patterns: Iterable[Pattern], reading: Reading) -> Iterator[Span]:
    for pattern in patterns:
        yield from reading.find(pattern)


def _all_together(rule: Rule, reading: Reading) -> Iterator[Span]:
    """Matches where every part of `all_of` lies within `within` words of the first part."""
    if not all(any(reading.possible(p.elements) for p in part) for part in rule.all_of):
        return
    parts = [sorted(_any(part, reading), key=lambda s: s.start) for part in rule.all_of]
    if not all(parts):
        return
    starts = [[s.start for s in part] for part in parts]
    for first in parts[0]:
        span: Span | None = first
        for spans, begins in zip(parts[1:], starts[1:], strict=True):
            lo = bisect_left(begins, first.start - rule.within)
            hi = bisect_right(begins, first.end + rule.within)
            nearest = min(
                (s for s in spans[lo:hi] if not s.named & span.named),
                key=lambda s: abs(s.start - first.start),
                default=None,
            )
            if nearest is None:
                span = None
                break
            span = Span(
                min(span.start, nearest.start), max(span.end, nearest.end), span.named | nearest.named
            )
        if span is not None:
            yield span


def _in_same_sentence(span: Span, exceptions: list[Span], reading: Reading) -> bool:
    tokens = reading.tokens
    first, last = tokens[span.start].sentence, tokens[span.end - 1].sentence
    lo = bisect_left(exceptions, span.start - _UNLESS_REACH, key=lambda s: s.start)
    for exception in exceptions[lo:]:
        if exception.start > span.end + _UNLESS_REACH:
            break
        if first <= tokens[exception.start].sentence <= last:
            return True
    return False
