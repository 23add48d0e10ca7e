"""The pattern language of the safety rules, compiled against one shared vocabulary.

`a|b` alternatives, `a-b` two words as one alternative, `*` the rest of a word, `_` up to two
words in between, `{class}` a word class, `#` a number, `=word` never read a misspelling into
this word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sociale_kaart.typed_words import cached_by_word

from bot.triage.normalise import Spelling, fold, skeleton

GAP_WORDS = 2
FREE_FILLERS = 2
FUZZY_LETTERS = 6
JOINED_LETTERS = 8
_CACHE_SIZE = 50_000
_STRANGE = re.compile(r"[*#{}?!,;:/()\s\[\]<>؟]")


@dataclass(frozen=True)
class Element:
    """One place in a pattern: any of the alternatives, each a row of elements or one atom.

    `number` is the same for all places with the same alternatives.
    """

    number: int
    gap: int
    atoms: frozenset[int]
    sequences: tuple[tuple[Element, ...], ...]


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern: `source` as written, `reach` the most words a match may span."""

    number: int
    source: str
    elements: tuple[Element, ...]
    reach: int


@dataclass(frozen=True)
class PatternSet:
    """Patterns that count as one: any of them may match."""

    patterns: tuple[Pattern, ...] = ()
    numbers: frozenset[int] = frozenset()

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> PatternSet:
        """The set of the given patterns."""
        members = tuple(patterns)
        return cls(members, frozenset(p.number for p in members))


class PatternError(ValueError):
    """A pattern cannot be read; the message says which and why."""


@dataclass
class Vocabulary:
    """All words the patterns name, and which of them a typed word may stand for."""

    spelling: Spelling = field(default_factory=Spelling)
    classes: dict[str, list[str]] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    is_word: Callable[[str], bool] = field(default=lambda word: False)

    def __post_init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        self._prefixes: dict[str, int] = {}
        self._suffixes: dict[str, int] = {}
        self._inner: dict[str, int] = {}
        self._literals: dict[str, int] = {}
        self._exact_only: set[str] = set()
        self._sounds: dict[str, set[int]] = {}
        self._sound_prefixes: dict[str, set[int]] = {}
        self._near: dict[str, set[str]] = {}
        self._opened: list[str] = []
        self._elements: dict[tuple[str, bool], Element] = {}
        self._exact = False
        self._patterns: list[Pattern] = []
        self._elements_with: dict[int, set[int]] = {}
        self._anchored: dict[int, list[int]] | None = None
        self._needs: list[frozenset[int]] = []
        self._atoms_of = cached_by_word(_CACHE_SIZE)(lambda form: frozenset(self._lookup(form)))
        self._number = self._atom("number", "#")

    @property
    def words(self) -> frozenset[str]:
        """The words named in full by some pattern."""
        return frozenset(self._literals)

    def joined(self, first: str, second: str) -> int | None:
        """The atom of a long word that was typed as two ("hart aanval"), if there is one."""
        if len(first) + len(second) < JOINED_LETTERS:
            return None
        return self._literals.get(first + second)

    def compile(self, source: str, exact: bool = False) -> Pattern:
        """Compile one pattern; with `exact` no misspelling is read into any of its words.

        Raises PatternError when it is empty, holds a strange character or names an unknown class.
        """
        self._exact = exact
        self._atoms_of.cache_clear()
        elements = self._sequence(source)
        if not elements:
            raise PatternError(f"leeg patroon {source!r}")
        self._anchored = None
        self._patterns.append(Pattern(len(self._patterns), source, elements, _longest(elements)))
        return self._patterns[-1]

    def pattern(self, number: int) -> Pattern:
        """The pattern with this number."""
        return self._patterns[number]

    def candidates(self, atoms: Iterable[int]) -> frozenset[int]:
        """Numbers of the patterns whose every element has an atom among `atoms`."""
        if self._anchored is None:
            self._anchored = self._anchor()
        present: set[int] = set()
        for atom in atoms:
            present |= self._elements_with.get(atom, set())
        return frozenset(
            number
            for element in present
            for number in self._anchored.get(element, ())
            if self._needs[number] <= present
        )

    def _anchor(self) -> dict[int, list[int]]:
        """Each pattern under its rarest element, the one that the fewest patterns share."""
        self._needs = [frozenset(e.number for e in p.elements) for p in self._patterns]
        shared = Counter(e.number for p in self._patterns for e in p.elements)
        anchored: dict[int, list[int]] = {}
        for pattern in self._patterns:
            rarest = min(pattern.elements, key=lambda e: shared[e.number])
            anchored.setdefault(rarest.number, []).append(pattern.number)
        return anchored

    def atoms(self, form: str) -> frozenset[int]:
        """The atoms a normalised word may stand for."""
        return self._atoms_of(form)

    def _sequence(self, source: str) -> tuple[Element, ...]:
        elements: list[Element] = []
        gap = 0
        for part in source.split():
            if part == "_":
                gap += GAP_WORDS
                continue
            element = self._element(part)
            elements.append(Element(element.number, gap, element.atoms, element.sequences))
            gap = 0
        return tuple(elements)

    def _element(self, part: str) -> Element:
        known = self._elements.get((part, self._exact))
        if known is not None:
            return known
        atoms: set[int] = set()
        sequences: list[tuple[Element, ...]] = []
        for option in part.split("|"):
            if not option or option == "*":
                raise PatternError(f"leeg alternatief in {part!r}")
            if option.startswith("{"):
                self._add_class(option, atoms, sequences)
            else:
                self._add_word(option, atoms, sequences)
        element = Element(len(self._elements), 0, frozenset(atoms), tuple(sequences))
        self._elements[part, self._exact] = element
        for atom in _all_atoms(element):
            self._elements_with.setdefault(atom, set()).add(element.number)
        return element

    def _add_class(self, option: str, atoms: set[int], sequences: list[tuple[Element, ...]]) -> None:
        name = option.strip("{}")
        if name not in self.classes:
            raise PatternError(f"onbekende woordgroep {option}")
        if name in self._opened:
            raise PatternError(f"woordgroep {option} verwijst naar zichzelf")
        self._opened.append(name)
        for phrase in self.classes[name]:
            sequence = self._sequence(str(phrase))
            if len(sequence) == 1 and not sequence[0].gap:
                atoms |= sequence[0].atoms
                sequences.extend(sequence[0].sequences)
            else:
                sequences.append(sequence)
        self._opened.pop()

    def _add_word(self, option: str, atoms: set[int], sequences: list[tuple[Element, ...]]) -> None:
        if option == "#":
            atoms.add(self._number)
            return
        exact = self._exact or option.startswith("=")
        bare = option.lstrip("=")
        if "-" in bare:
            sequences.append(tuple(self._element(w) for w in bare.split("-") if w))
            return
        word = fold(bare.strip("*"))
        if not word or _STRANGE.search(word):
            raise PatternError(f"onbekend teken in {option!r}")
        starts, ends = bare.startswith("*"), bare.endswith("*")
        if not (starts or ends):
            meaning = self.spelling.words.get(word, (word,))
            if len(meaning) > 1:
                sequences.append(tuple(self._element(w) for w in meaning))
                return
            word = meaning[0]
        atoms.add(self._word_atom(word, starts, ends, exact))

    def _word_atom(self, word: str, starts: bool, ends: bool, exact: bool) -> int:
        kind = f"{'*' * starts}w{'*' * ends}"
        atom = self._atom(kind, word)
        if starts and ends:
            self._inner[word] = atom
        elif starts:
            self._suffixes[word] = atom
        elif ends:
            self._prefixes[word] = atom
        else:
            self._literals[word] = atom
        fuzzy = not exact and len(word) >= FUZZY_LETTERS and word not in self._exact_only and word.isascii()
        if exact:
            self._exact_only.add(word)
        elif fuzzy and not starts:
            sound = skeleton(word)
            index = self._sound_prefixes if ends else self._sounds
            index.setdefault(sound, set()).add(atom)
            for near in _one_less(sound):
                self._near.setdefault(near, set()).add(sound)
        return atom

    def _atom(self, kind: str, word: str) -> int:
        return self._ids.setdefault((kind, word), len(self._ids))

    def _lookup(self, form: str) -> set[int]:
        found: set[int] = set()
        literal = self._literals.get(form)
        if literal is not None:
            found.add(literal)
        for cut in range(1, len(form) + 1):
            if (atom := self._prefixes.get(form[:cut])) is not None:
                found.add(atom)
            if (atom := self._suffixes.get(form[-cut:])) is not None:
                found.add(atom)
        found.update(atom for word, atom in self._inner.items() if word in form)
        if form.isdigit():
            found.add(self._number)
        known = literal is not None or form in self.spelling.real_words or form in self.fillers
        if not known and len(form) >= FUZZY_LETTERS - 1 and form.isascii() and form.isalpha():
            found |= self._similar(form)
        return found

    def _similar(self, form: str) -> set[int]:
        """Atoms of distinctive words that sound the same or differ by one letter."""
        sound = skeleton(form)
        found = set(self._sounds.get(sound, ()))
        if self.is_word(form):
            return found
        for other in self._neighbours(sound):
            if len(form) >= FUZZY_LETTERS and abs(len(other) - len(sound)) <= 1:
                found |= self._sounds.get(other, set())
        for cut in range(4, len(sound) + 1):
            found |= self._sound_prefixes.get(sound[:cut], set())
        if len(form) > FUZZY_LETTERS:
            for cut in range(6, min(len(sound), 12) + 1):
                for other in self._neighbours(sound[:cut]):
                    if len(other) == cut and len(other) > 5:
                        found |= self._sound_prefixes.get(other, set())
        return found

    def _neighbours(self, sound: str) -> set[str]:
        near: set[str] = set()
        for key in _one_less(sound):
            near |= self._near.get(key, set())
        return {other for other in near if _one_edit(sound, other)}


def _longest(elements: Iterable[Element]) -> int:
    """The most words a row of elements can span, gaps and fillers included."""
    return sum(e.gap + FREE_FILLERS + max([2, *map(_longest, e.sequences)]) for e in elements)


def _all_atoms(element: Element) -> Iterator[int]:
    yield from element.atoms
    for sequence in element.sequences:
        for inner in sequence:
            yield from _all_atoms(inner)


def _one_less(word: str) -> Iterator[str]:
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def _one_edit(a: str, b: str) -> bool:
    """True when one inserted, dropped, changed or swapped letter makes a into b."""
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    i = 0
    while i < len(a) and a[i] == b[i]:
        i += 1
    if len(a) < len(b):
        return a[i:] == b[i + 1 :]
    swapped = i + 1 < len(a) and a[i] == b[i + 1] and a[i + 1] == b[i] and a[i + 2 :] == b[i + 2 :]
    return swapped or a[i + 1 :] == b[i + 1 :]
