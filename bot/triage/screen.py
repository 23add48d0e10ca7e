"""The safety screen: reads every message before anything else and never stays silent.

Rules, context cues and spelling are data in `data/safety/`; this module applies them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.triage.context import Situation
from bot.triage.normalise import Normaliser
from bot.triage.safety_reading import Reading, Span
from bot.triage.safety_rules import EFFECTS, Rule, RuleBook, load_rules
from bot.triage.types import RULE_ACTIONS, RuleHit, Screening

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
        text_read = _TextRead(text, reading, Situation(reading, self._book.context))
        hits = [hit for rule in self._possible_rules(reading) if (hit := _strongest_hit(rule, text_read))]
        return Screening(tuple(sorted(hits, key=_order)))

    def _possible_rules(self, reading: Reading) -> Iterator[Rule]:
        """The rules with a pattern whose words all occur somewhere, in the order of their files."""
        rules_of = self._book.rules_of
        places = {place for number in reading.candidates for place in rules_of.get(number, ())}
        return (self._book.rules[place] for place in sorted(places))

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


@dataclass(frozen=True)
class _TextRead:
    """One text with everything known about it."""

    text: str
    reading: Reading
    situation: Situation

    def effect(self, rule: Rule, span: Span, own: frozenset[int] = frozenset()) -> str:
        """What the context of this match does to the rule: one of EFFECTS."""
        effects = (rule.effects.get(kind, "fire") for kind in self.situation.kinds(span, own))
        return max(effects, key=EFFECTS.index, default="fire")


@lru_cache(maxsize=8)
def _loaded(folder: Path) -> Screen:
    screen = Screen(load_rules(folder))
    screen.check("woordenboek inlezen")  # the dictionary is read at the first unknown word: do that now
    return screen


def _order(hit: RuleHit) -> tuple[bool, int]:
    return hit.soft, RULE_ACTIONS.index(hit.action)


def _strongest_hit(rule: Rule, read: _TextRead) -> RuleHit | None:
    """The hardest hit of one rule, or None; stops at the first that fires in full."""
    strongest: RuleHit | None = None
    exceptions: list[Span] | None = None
    for span, effect in _matches(rule, read):
        if effect == "clear":
            continue
        if exceptions is None:
            exceptions = sorted(read.reading.find_any(rule.unless), key=lambda s: s.start)
        if _in_same_sentence(span, exceptions, read.reading):
            continue
        hit = _hit(rule, span, effect, read)
        if strongest is None or _order(hit) < _order(strongest):
            strongest = hit
        if effect == "fire":
            break
    return strongest


def _hit(rule: Rule, span: Span, effect: str, read: _TextRead) -> RuleHit:
    start, end = read.reading.tokens[span.start].start, read.reading.tokens[span.end - 1].end
    return RuleHit(
        rule_id=rule.id,
        action=DOWNGRADED if effect == "downgrade" else rule.action,
        group=rule.group,
        fragment=read.text[start:end],
        start=start,
        end=end,
        soft=rule.soft or effect == "soften",
        tags=rule.tags,
    )


def _matches(rule: Rule, read: _TextRead) -> Iterator[tuple[Span, str]]:
    """Matches of the rule, each with the effect of its context; a soft rule or pattern only asks."""
    least = "soften" if rule.soft else "fire"
    if rule.all_of:
        for span, effect in _all_together(rule, read):
            yield span, _at_least(least, effect)
        return
    for span in read.reading.find_any(rule.patterns):
        yield span, _at_least(least, read.effect(rule, span))
    for span in read.reading.find_any(rule.soft_patterns):
        yield span, _at_least("soften", read.effect(rule, span))


def _at_least(least: str, effect: str) -> str:
    return max(least, effect, key=EFFECTS.index)


def _all_together(rule: Rule, read: _TextRead) -> Iterator[tuple[Span, str]]:
    """Matches where every part of `all_of` lies within `within` words of the first part.

    A part whose own context clears it ("geen koorts") does not count.
    """
    if not all(read.reading.may_match(part) for part in rule.all_of):
        return
    found = [{(s.start, s.end): s for s in read.reading.find_any(part)} for part in rule.all_of]
    own = frozenset(i for spans in found for s in spans.values() if len(s.named) > 1 for i in s.named)
    parts = [_standing(rule, spans, own, read) for spans in found]
    if not all(parts):
        return
    starts = [[span.start for span, _ in part] for part in parts]
    for span, effect in parts[0]:
        first = span
        for others, begins in zip(parts[1:], starts[1:], strict=True):
            lo = bisect_left(begins, first.start - rule.within)
            hi = bisect_right(begins, first.end + rule.within)
            near = [pair for pair in others[lo:hi] if not pair[0].named & span.named]
            if not near:
                break
            other, other_effect = min(near, key=lambda pair: abs(pair[0].start - first.start))
            span = Span(min(span.start, other.start), max(span.end, other.end), span.named | other.named)
            effect = max(effect, other_effect, key=EFFECTS.index)
        else:
            yield span, effect


def _standing(
    rule: Rule, spans: dict[tuple[int, int], Span], own: frozenset[int], read: _TextRead
) -> list[tuple[Span, str]]:
    """Matches of one part that their context leaves standing, in order, with the effect."""
    judged = [(span, read.effect(rule, span, own)) for _, span in sorted(spans.items())]
    return [(span, effect) for span, effect in judged if effect != "clear"]


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
