"""What the words around a match say about it: denied, long ago, a question, a film, a joke.

Works for Dutch with cue lists from `data/safety/context.yml`; this module knows only how far
each kind of cue reaches.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.triage.patterns import PatternError, PatternSet, Vocabulary
from bot.triage.safety_reading import Reading, Span

KINDS: tuple[str, ...] = (
    "negation",
    "past",
    "resolved",
    "other_past",
    "hypothetical",
    "information",
    "figurative",
    "fiction",
    "course",
    "record",
    "animal",
    "joke_denial",
    "request",
    "checked",
)
REACHES: tuple[str, ...] = ("before", "after", "sentence", "text", "overlap")
OLD_YEAR = "{oud_jaartal}"
_FIRST_YEAR = 1930


@dataclass(frozen=True)
class Cues:
    """One kind of context: its cue patterns by the way they reach the match."""

    patterns: dict[str, PatternSet]
    distance: dict[str, int]
    exceptions: PatternSet
    double: PatternSet
    yields_to_present: bool


@dataclass(frozen=True)
class ContextRules:
    """All cue lists, compiled once."""

    kinds: dict[str, Cues]
    clause_starts: PatternSet
    starts_after_negation: PatternSet
    new_statement: PatternSet
    present: PatternSet
    present_except: PatternSet
    present_reach: int

    @classmethod
    def from_data(cls, data: dict, vocabulary: Vocabulary) -> ContextRules:
        """Compile the parsed `context.yml`; raises PatternError naming the list that is wrong."""

        def compile_all(name: str, sources: Sequence[str]) -> PatternSet:
            try:
                return PatternSet.of(vocabulary.compile(str(s)) for s in sources)
            except PatternError as error:
                raise PatternError(f"context.yml, {name}: {error}") from error

        kinds = {}
        for kind in KINDS:
            entry = data["kinds"][kind]
            kinds[kind] = Cues(
                patterns={r: compile_all(f"{kind}.{r}", entry[r]["cues"]) for r in REACHES if r in entry},
                distance={r: int(entry[r].get("reach", 0)) for r in REACHES if r in entry},
                exceptions=compile_all(f"{kind}.except", entry.get("except", ())),
                double=compile_all(f"{kind}.double", entry.get("double", ())),
                yields_to_present=bool(entry.get("yields_to_present", False)),
            )
        return cls(
            kinds=kinds,
            clause_starts=compile_all("clause_starts", data["clause_starts"]),
            starts_after_negation=compile_all(
                "clause_starts_after_negation", data["clause_starts_after_negation"]
            ),
            new_statement=compile_all("new_statement", data["new_statement"]),
            present=compile_all("present", data["present"]["cues"]),
            present_except=compile_all("present.except", data["present"]["except"]),
            present_reach=int(data["present"]["reach"]),
        )


def year_words() -> list[str]:
    """The years that are past today, as words of the class `oud_jaartal`."""
    return [str(year) for year in range(_FIRST_YEAR, date.today().year)]


class Situation:
    """The context cues of one text, found once; `kinds` answers for each match."""

    def __init__(self, reading: Reading, rules: ContextRules) -> None:
        self._reading = reading
        self._rules = rules
        self._cues: dict[tuple[str, str], list[Span]] = {}
        for kind, cues in rules.kinds.items():
            excepted = _named(reading, cues.exceptions)
            for reach, patterns in cues.patterns.items():
                self._cues[kind, reach] = _spans(reading, patterns, excepted)
        self._double = [s.end for s in _spans(reading, rules.kinds["negation"].double, frozenset())]
        self._present = _spans(reading, rules.present, _named(reading, rules.present_except))
        self._starts = {k: [s.start for s in spans] for k, spans in self._cues.items()}
        self._present_starts = [s.start for s in self._present]
        self._clauses = self._clause_numbers()

    def kinds(self, match: Span, own: frozenset[int] = frozenset()) -> set[str]:
        """The kinds of context that hold for this match.

        `own` are words that belong to the rule itself, so that the "niet" of "niet wakker"
        denies nothing.
        """
        match = Span(match.start, match.end, match.named | own)
        present: bool | None = None
        found = set()
        for kind, cues in self._rules.kinds.items():
            if not any(self._reaches(kind, reach, match) for reach in cues.patterns):
                continue
            if cues.yields_to_present:
                if present is None:
                    present = self._is_present(match)
                if present:
                    continue
            found.add(kind)
        return found

    def _reaches(self, kind: str, reach: str, match: Span) -> bool:
        distance = self._rules.kinds[kind].distance[reach]
        if reach == "overlap":
            return any(
                c.named & match.named or (c.start < match.end and match.start < c.end)
                for c in self._near(kind, reach, match.start - 12, match.end)
            )
        if reach == "before":
            return self._before(kind, match, distance)
        if reach == "after":
            return any(
                c.start >= match.end - 1
                and not c.named & match.named
                and self._same_clause(match.end - 1, c.start)
                and self._closes_clause(c.end)
                for c in self._near(kind, reach, match.end - 1, match.end + distance)
            )
        tokens = self._reading.tokens
        return any(
            not c.named <= match.named
            and (reach == "text" or tokens[c.start].sentence == tokens[match.start].sentence)
            for c in self._near(kind, reach, match.start - distance - 3, match.end + distance)
        )

    def _before(self, kind: str, match: Span, distance: int) -> bool:
        """A cue in front of the match (or in its gaps); two negations undo each other."""
        near = [
            c
            for c in self._near(kind, "before", match.start - distance, match.end - 1)
            if not c.named & match.named and self._same_clause(c.start, match.start, kind == "negation")
        ]
        if kind != "negation" or not near:
            return bool(near)
        if any(match.start - 10 <= end <= match.start for end in self._double):
            return False
        return len({c.start for c in near}) % 2 == 1

    def _near(self, kind: str, reach: str, first: int, last: int) -> list[Span]:
        starts = self._starts[kind, reach]
        return self._cues[kind, reach][bisect_left(starts, first) : bisect_right(starts, last)]

    def _same_clause(self, a: int, b: int, strict: bool = False) -> bool:
        if self._reading.tokens[a].sentence != self._reading.tokens[b].sentence:
            return False
        return not strict or self._clauses[a] == self._clauses[b]

    def _closes_clause(self, end: int) -> bool:
        return end >= len(self._clauses) or self._clauses[end] != self._clauses[end - 1]

    def _is_present(self, match: Span) -> bool:
        reach = self._rules.present_reach
        lo = bisect_left(self._present_starts, match.start - reach)
        hi = bisect_right(self._present_starts, match.end + reach)
        return any(
            self._clauses[c.start] in (self._clauses[match.start], self._clauses[match.end - 1])
            for c in self._present[lo:hi]
        )

    def _clause_numbers(self) -> list[int]:
        """A clause number per word: commas, conjunctions, and "wel" after a negation split."""
        reading, rules = self._reading, self._rules
        starts = {s.start for s in _spans(reading, rules.clause_starts, frozenset())}
        contrast = {s.start for s in _spans(reading, rules.starts_after_negation, frozenset())}
        restarts = {s.start for s in _spans(reading, rules.new_statement, frozenset())}
        negated = {s.start for s in self._cues["negation", "before"]}
        numbers: list[int] = []
        number = 0
        negation_seen = False
        for i, token in enumerate(reading.tokens):
            comma = i > 0 and token.clause != reading.tokens[i - 1].clause
            sentence = i > 0 and token.sentence != reading.tokens[i - 1].sentence
            enumeration = comma and not sentence and negation_seen and self._goes_on(i, restarts)
            if sentence or (comma and not enumeration) or i in starts or (i in contrast and negation_seen):
                number += 1
                negation_seen = False
            negation_seen = negation_seen or i in negated
            numbers.append(number)
        return numbers

    def _goes_on(self, at: int, restarts: set[int]) -> bool:
        """True when a comma only continues an enumeration: "geen koorts, benauwdheid of pijn"."""
        tokens = self._reading.tokens
        for i in range(at, min(at + 7, len(tokens))):
            if i in restarts or tokens[i].sentence != tokens[at].sentence:
                return False
            if tokens[i].form in ("of", "noch"):
                return True
        return False


def _spans(reading: Reading, patterns: PatternSet, excepted: frozenset[int]) -> list[Span]:
    found = [s for s in reading.find_any(patterns) if not (s.named & excepted)]
    return sorted(found, key=lambda s: s.start)


def _named(reading: Reading, patterns: PatternSet) -> frozenset[int]:
    return frozenset(i for s in reading.find_any(patterns) for i in s.named)
