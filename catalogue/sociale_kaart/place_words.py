"""The words around a place name: what points to it, away from it, or only looks like it.

The words themselves are data (`plaats_woorden.yml`); this module asks them about one stretch of a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sociale_kaart.files import read_yaml
from sociale_kaart.place_text import Word, name_key, words

_SENTENCE_END = re.compile(r"[.!?;:\n]")
_CLAUSE_END = re.compile(r"[.!?;:,\n()]")
_DIGITS = re.compile(r"\d{4}")
_REACH = 7
"""How many words back a verb such as 'wonen' still speaks of the place."""


@dataclass(frozen=True)
class PlaceWords:
    """The reviewed word lists; each holds folded words. See plaats_woorden.yml for what each is for."""

    points_at: frozenset[str]
    points_surely: frozenset[str]
    between: frozenset[str]
    surely_between: frozenset[str]
    called: frozenset[str]
    always_asked: frozenset[str]
    now: frozenset[str]
    lives: frozenset[str]
    lived: frozenset[str]
    elsewhere: frozenset[str]
    moved: frozenset[str]
    away: frozenset[str]
    for_whom: frozenset[str]
    relatives: frozenset[str]
    corrects: frozenset[str]
    denies: frozenset[str]
    between_denial: frozenset[str]
    goes_on: frozenset[str]
    titles: frozenset[str]
    name_parts: frozenset[str]
    place_nouns: frozenset[str]
    also_word: frozenset[str]
    only_answer: frozenset[str]
    never_near: frozenset[str]
    never_near_after: frozenset[str]
    never_after: frozenset[str]
    lies_near: frozenset[str]
    fillers: frozenset[str]
    postcode_words: frozenset[str]
    postcode_between: frozenset[str]
    no_postcode_letters: frozenset[str]
    units: frozenset[str]
    provinces: dict[str, str]
    """Folded names and abbreviations of provinces and regions -> province."""

    @classmethod
    def read(cls, path: Path) -> PlaceWords:
        """The lists of a plaats_woorden.yml. Raises ValueError (Dutch) when a list is missing."""
        data = read_yaml(path)
        lists = {}
        for field, dutch in _LISTS.items():
            if dutch not in data:
                raise ValueError(f"{path.name}: de lijst '{dutch}' ontbreekt. Voeg hem toe.")
            lists[field] = frozenset(name_key(str(word)) for word in data[dutch])
        provinces = {
            name_key(form): province
            for province, forms in data["provincies"].items()
            for form in [province, *forms]
        }
        return cls(**lists, provinces=provinces)


_LISTS = {
    "points_at": "plaatswoorden",
    "points_surely": "sterke_plaatswoorden",
    "between": "tussenwoorden",
    "surely_between": "sterke_tussenwoorden",
    "called": "soort_plaats",
    "always_asked": "altijd_vragen",
    "now": "nu",
    "lives": "wonen",
    "lived": "vroeger_wonen",
    "elsewhere": "niet_wonen",
    "moved": "verhuizen",
    "away": "weg_van",
    "for_whom": "voor_wie",
    "relatives": "familie",
    "corrects": "verbeteren",
    "denies": "ontkennen",
    "between_denial": "tussen_ontkenning",
    "goes_on": "zin_gaat_verder",
    "titles": "aanspreken",
    "name_parts": "tussenvoegsels",
    "place_nouns": "plaats_van",
    "also_word": "ook_woord",
    "only_answer": "alleen_als_antwoord",
    "never_near": "nooit_vaag",
    "never_near_after": "nooit_vaag_na",
    "never_after": "nooit_na",
    "lies_near": "ligt_bij",
    "fillers": "vulwoorden",
    "postcode_words": "postcodewoorden",
    "postcode_between": "tussen_woon_en_postcode",
    "no_postcode_letters": "geen_postcodeletters",
    "units": "eenheden",
}


@dataclass(frozen=True)
class Reading:
    """A text, its words, and the lists to ask about them."""

    text: str
    words: list[Word]
    lists: PlaceWords

    @classmethod
    def of(cls, text: str, lists: PlaceWords) -> Reading:
        """The reading of `text`."""
        return cls(text, words(text), lists)

    @cached_property
    def shouted(self) -> bool:
        """Whether the whole text is in capitals, so that a capital says nothing."""
        return self.text.upper() == self.text

    def capital(self, at: int) -> bool:
        """Whether the word at `at` is written with a capital that means something."""
        return not self.shouted and self.text[self.words[at].start].isupper()

    def mid_sentence_capital(self, at: int) -> bool:
        """Whether the word at `at` has a capital that is not merely the start of a sentence."""
        return self.capital(at) and bool(self.back(at, 1))

    def back(self, first: int, reach: int = _REACH) -> list[str]:
        """The words before word `first`, nearest first, up to the start of its sentence."""
        found = []
        for at in range(first - 1, max(first - 1 - reach, -1), -1):
            if _SENTENCE_END.search(self.text, self.words[at].end, self.words[at + 1].start):
                break
            found.append(self.words[at].key)
        return found

    def pointed_at(self, first: int) -> bool:
        """Whether a locative word ("in", "bij", "uit de buurt van") stands before word `first`."""
        for word in self.back(first):
            if word in self.lists.points_at:
                return True
            if word not in self.lists.between:
                return False
        return False

    def surely_pointed_at(self, first: int) -> bool:
        """Whether a locative word makes even an everyday word ("best", "echt") a place."""
        before = self.back(first, 3)
        while before and before[0] in self.lists.surely_between:
            if before[0] in self.lists.place_nouns:
                return True
            before = before[1:]
        if not before:
            return False
        return before[0] in self.lists.points_surely or (
            before[0] in self.lists.points_at and self.capital(first)
        )

    def lived_in(self, first: int) -> bool:
        """Whether the word right before can hardly announce a person: "in", "uit", "gemeente"."""
        return bool(set(self.back(first, 1)) & self.lists.points_surely)

    def home_of(self, first: int) -> bool:
        """Whether somebody is said to live there, and no more: "ik woon in asen", "komt uit lise, 82"."""
        return bool(set(self.back(first, 2)[1:]) & self.lists.lives) and self.ends_clause(first)

    def called_a_place(self, first: int) -> bool:
        """Whether the word before says what it is: "gemeente Heel", "het dorp Een"."""
        return bool(set(self.back(first, 1)) & self.lists.called)

    def ends_clause(self, last: int) -> bool:
        """Whether the clause ends after word `last`, or goes on with a word that may follow a place."""
        if last + 1 == len(self.words):
            return True
        if _CLAUSE_END.search(self.text, self.words[last].end, self.words[last + 1].start):
            return True
        return self.words[last + 1].key in self.lists.goes_on

    def closes_after_comma(self, first: int, last: int) -> bool:
        """Whether this is how a front desk notes a place: the text ends with ", Zeist"."""
        return (
            first > 0
            and last + 1 == len(self.words)
            and self.capital(first)
            and "," in self.text[self.words[first - 1].end : self.words[first].start]
        )

    def denied(self, first: int, last: int) -> bool:
        """Whether the place is named to say that it is not there ("niet meer in Assen")."""
        if last + 1 < len(self.words) and self.words[last + 1].key in self.lists.denies:
            return self.ends_clause(last + 1) and not self._breaks(last)
        for at in range(first - 1, max(first - 1 - _REACH, -1), -1):
            if self._breaks(at):
                return False
            if self.words[at].key in self.lists.denies:
                return True
            if self.words[at].key not in self.lists.between_denial:
                return False
        return False

    def surname(self, first: int) -> bool:
        """Whether the name is somebody's: "mevrouw van Laren", "J. Bakel", "Piet van Dalen"."""
        at = first - 1
        while at >= 0 and self.words[at].key in self.lists.name_parts | self.lists.titles:
            if self._breaks(at):
                return False
            if self.words[at].key in self.lists.titles:
                return not self.lists.called & set(self.back(at, 2))
            at -= 1
        if at < 0 or at == first - 1:
            return False
        return self.words[at].key not in self.lists.place_nouns and (self.capital(at) or at + 1 < first - 1)

    def says_where_it_lies(self, last: int, first: int) -> bool:
        """Whether the place at `first` only says where the one until `last` lies ("Empe bij Brummen")."""
        between = [word.key for word in self.words[last + 1 : first]]
        return len(between) in (1, 2) and between[-1] in self.lists.lies_near

    def part_of_postcode(self, at: int) -> bool:
        """Whether the word is the two letters of a Dutch postcode ("9711 EE")."""
        word = self.words[at]
        return (
            word.end - word.start == 2
            and at > 0
            and _DIGITS.fullmatch(self.words[at - 1].key) is not None
            and self.text[self.words[at - 1].end : word.start].strip() == ""
        )

    def weight(self, first: int, last: int) -> int:
        """How strongly the text says that this is the place meant, next to others in the same text."""
        lists, before = self.lists, self.back(first)
        weight = 1 if self.pointed_at(first) else 0
        if lists.corrects & set(before[:4]) or self._after_correction(first):
            weight += 8
        for nearer, word in enumerate(before):
            if word in lists.now:
                return weight + 3
            if word in lists.lived:
                return weight - 6
            if word in lists.moved:
                return weight + (-6 if lists.away & set(before[:nearer]) else 3)
            if word in lists.elsewhere:
                return weight
            if word in lists.lives:
                return weight + self._whose(before[nearer + 1 :])
            if word in lists.for_whom:
                return weight + 4
            if word in lists.relatives:
                return weight
        if {word.key for word in self.words[last + 1 : last + 3]} & lists.lives:
            return weight + 3
        return weight

    def _whose(self, before: list[str]) -> int:
        for word in before:
            if word == "ik":
                return 3
            if word in self.lists.for_whom:
                return 4
            if word in self.lists.relatives:
                return 0
        return 3

    def _after_correction(self, first: int) -> bool:
        return any(word.key in self.lists.corrects for word in self.words[max(first - 3, 0) : first])

    def _breaks(self, at: int) -> bool:
        if at + 1 >= len(self.words):
            return False
        return _CLAUSE_END.search(self.text, self.words[at].end, self.words[at + 1].start) is not None
