"""Which place in the Netherlands is meant: in free text, or by a name given as such."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import dropwhile
from pathlib import Path

from sociale_kaart.files import DATA_DIR
from sociale_kaart.model import Place, PlaceMatch
from sociale_kaart.place_abbreviations import Abbreviations
from sociale_kaart.place_index import PlaceIndex, read_aliases, read_districts, read_places
from sociale_kaart.place_text import glued, name_key, spaced
from sociale_kaart.place_words import PlaceWords, Reading
from sociale_kaart.postcodes import Postcodes

NEAR_UNASKED = 85.0
"""Least likeness (0..100) of a misspelled name after a locative word: one letter of seven wrong."""

NEAR_ASKED = 78.0
"""Least likeness when the place was asked for, or the name has a capital: one letter of five wrong."""

_SHORTEST_NEAR = 4
_SHORTEST_UNSURE = 5
_LONGEST_NEAR = 4
_SHORT_ANSWER = 4
"""Words besides fillers up to which a whole message is read as the answer to "where?"."""
_QUALIFIER_LEAD = frozenset({"in", "gemeente", "gem", "provincie", "prov", "bij"})
_ARTICLES = ("de ", "den ", "het ", "t ")
_FULL_NAME = re.compile(r"([^()]+)\(([^()]+)\)")
_BESIDE = 2
"""How many words from a place name a postcode only says where in that place ("3454 PA 12, Utrecht")."""
KNOWN_EVERYWHERE = 20_000
"""People a name stands for from which a capital inside a sentence is enough ("naar Leiden")."""

_ABBREVIATED = 90.0
"""Likeness (0..100) of a town whose name was shortened."""


class Gazetteer:
    """All Dutch places and municipalities, by every name people give them."""

    def __init__(self, index: PlaceIndex, lists: PlaceWords, postcodes: Postcodes) -> None:
        self._index = index
        self._lists = lists
        self._postcodes = postcodes
        self._abbreviations = Abbreviations(index.places)

    @classmethod
    def load(cls, data_dir: Path | None = None) -> Gazetteer:
        """The gazetteer of the reviewed data in `data_dir` (default: catalogue/data), read once.

        Raises ValueError (Dutch: file, row, field) when the data has a fault.
        """
        return _load(data_dir or DATA_DIR)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place known."""
        return self._index.places

    def is_name(self, key: str) -> bool:
        """Whether a folded word (lower case, no accents) is the name of a place by itself."""
        return bool(self._index.exact(key))

    def is_everyday(self, key: str) -> bool:
        """Whether a folded word is an everyday word, though it may be a place as well."""
        lists = self._lists
        return any(
            key in words for words in (lists.never_near, lists.fillers, lists.also_word, lists.only_answer)
        )

    def abbreviated(self, key: str, last: bool = False) -> PlaceMatch | None:
        """The town that a folded word shortens ("tilb", "amfrt"), if one is much bigger than all others."""
        town = self._abbreviations.town(key, last)
        return self._match(key, 0, len(key), (town,), _ABBREVIATED) if town else None

    def lookup(self, name: str) -> PlaceMatch | None:
        """The place that a name or postcode stands for ("Rijswijk ZH", "Zeits", "3701 AB"), or None."""
        given = self._postcodes.named(name) or self._full_name(name)
        if given:
            return self._match(name, 0, len(name), given, 100.0)
        reading = Reading.of(name, self._lists)
        keys = [word.key for word in reading.words]
        while keys[:1] and keys[0] in ("gemeente", "gem") and len(keys) > 1:
            keys = keys[1:]
        longest = self._index.longest_from(keys[0]) if keys else 0
        for cut in range(min(longest, len(keys)), 0, -1):
            namesakes = self._index.exact(" ".join(keys[:cut]))
            if not namesakes:
                continue
            rest = list(dropwhile(_QUALIFIER_LEAD.__contains__, keys[cut:]))
            meant = self._index.narrow(namesakes, " ".join(rest)) if rest else namesakes
            if meant:
                return self._match(name, 0, len(name), meant, 100.0)
        key = " ".join(keys)
        near = self._index.nearest(key, NEAR_ASKED) if len(key) >= _SHORTEST_NEAR else None
        return self._match(name, 0, len(name), self._index.exact(near[0]), near[1]) if near else None

    def find_in_text(self, text: str, expected: bool = False) -> list[PlaceMatch]:
        """The places named in `text`, best first; empty when none.

        `expected`: the person was just asked for a place, so that everyday words
        ("best") and misspelled names count too.
        """
        given = self._full_name(text)
        if given:
            return [self._match(text, 0, len(text), given, 100.0)]
        reading = Reading.of(text, self._lists)
        said = [word.key for word in reading.words if word.key not in self._lists.fillers]
        bare = expected and (len(said) == 1 or bool(self._index.exact(" ".join(said))))
        asked = expected and len(said) <= _SHORT_ANSWER
        found: list[tuple[int, PlaceMatch]] = []
        at, until = 0, -_BESIDE - 1
        while at < len(reading.words):
            hit = self._exact_at(reading, at, bare, expected) or self._near_at(reading, at, asked, expected)
            if hit is None and reading.words[at].key[0].isdigit() and at - until > _BESIDE:
                hit = self._postcode_at(reading, at, bare, expected)
            if hit is None:
                at += 1
                continue
            last, match = hit
            if not reading.denied(at, last):
                weight = reading.weight(at, last)
                if found and reading.says_where_it_lies(until, at):
                    weight = min(weight, found[-1][0] - 1)
                found.append((weight, match))
            at, until = last + 1, last
        found.sort(key=lambda one: (-one[0], -one[1].score, one[1].start))
        return _first_of_each([match for _, match in found])

    def _full_name(self, text: str) -> tuple[Place, ...]:
        """The places of a text that is nothing but a name and where it lies: "Dieren (Rheden)"."""
        written = _FULL_NAME.fullmatch(text) if text.endswith(")") else None
        if written is None:
            return ()
        return self._index.narrow(self._index.exact(name_key(written[1])), name_key(written[2]))

    def _exact_at(
        self, reading: Reading, first: int, bare: bool, expected: bool
    ) -> tuple[int, PlaceMatch] | None:
        words, index = reading.words, self._index
        last = min(first + index.longest_from(words[first].key), len(words)) - 1
        while last >= first:
            namesakes = index.exact(" ".join(word.key for word in words[first : last + 1]))
            whole = all(glued(reading.text, words[at], words[at + 1]) for at in range(first, last))
            if namesakes and whole and self._is_meant(reading, first, last, namesakes, bare, expected):
                namesakes, last = self._qualified(reading, last, namesakes)
                return last, self._match(reading.text, words[first].start, words[last].end, namesakes, 100.0)
            last -= 1
        return None

    def _is_meant(
        self,
        reading: Reading,
        first: int,
        last: int,
        namesakes: tuple[Place, ...],
        bare: bool,
        expected: bool,
    ) -> bool:
        lists, key = self._lists, " ".join(word.key for word in reading.words[first : last + 1])
        if (
            reading.part_of_postcode(first)
            or reading.surname(first)
            or self._is_province(reading, first, key)
        ):
            return False
        if key not in lists.also_word and key not in lists.only_answer and len(key) > 2:
            return True
        if first and reading.words[first - 1].key in lists.never_after and not reading.capital(first):
            return False
        if key in lists.only_answer:
            return (bare and len(reading.words) == 1) or reading.called_a_place(first)
        if bare or reading.closes_after_comma(first, last):
            return True
        if self._qualified(reading, last, namesakes, by_province=expected)[1] > last:
            return True
        if key.startswith(_ARTICLES) and not reading.capital(last):
            return False
        well_known = expected or self._index.weight(namesakes[0]) >= KNOWN_EVERYWHERE
        if well_known and reading.mid_sentence_capital(first):
            return True
        return reading.surely_pointed_at(first) and (reading.capital(first) or reading.ends_clause(last))

    def _is_province(self, reading: Reading, first: int, key: str) -> bool:
        if first and reading.words[first - 1].key in ("provincie", "prov"):
            return True
        namesakes = self._index.exact(key)
        return key in self._lists.provinces and all(place.name != place.municipality for place in namesakes)

    def _qualified(
        self, reading: Reading, last: int, namesakes: tuple[Place, ...], by_province: bool = False
    ) -> tuple[tuple[Place, ...], int]:
        """The namesakes that the next words point out ("Rijswijk ZH"), and the last of those words.

        A place without namesakes has only its municipality for that ("Dieren, gemeente Rheden"),
        or its province too (`by_province`).
        """
        alone = len(namesakes) == 1 and not by_province
        start = last + 1
        while start < len(reading.words) and reading.words[start].key in _QUALIFIER_LEAD:
            start += 1
        for end in range(min(start + 4, len(reading.words)), start, -1):
            said = " ".join(word.key for word in reading.words[start:end])
            meant = self._index.narrow(namesakes, said)
            if meant and (not alone or _is_within(meant[0], said)):
                return meant, end - 1
        return namesakes, last

    def _postcode_at(
        self, reading: Reading, first: int, bare: bool, expected: bool
    ) -> tuple[int, PlaceMatch] | None:
        words = reading.words
        code = self._postcodes.at(reading, first, expected)
        if code is None:
            return None
        last, places = code
        for after in range(last + 1, min(last + 1 + _BESIDE, len(words))):
            if self._exact_at(reading, after, bare, expected):
                return None
        span = words[first].start, words[last].end
        return last, self._match(reading.text, *span, places, 100.0)

    def _near_at(
        self, reading: Reading, first: int, asked: bool, expected: bool
    ) -> tuple[int, PlaceMatch] | None:
        words = reading.words
        if not self._may_be_misspelled(reading, first, asked):
            return None
        sure = expected or (reading.lived_in(first) and (reading.capital(first) or reading.home_of(first)))
        best: tuple[float, int, str] | None = None
        for last in range(first, min(first + _LONGEST_NEAR, len(words))):
            if last > first and not spaced(reading.text, words[last - 1], words[last]):
                break
            key = " ".join(word.key for word in words[first : last + 1])
            several = last > first
            if len(key) < (_SHORTEST_NEAR if sure else _SHORTEST_UNSURE):
                continue
            if last - first < 2 and self.is_everyday(words[last].key):
                continue
            near = self._index.nearest(key, NEAR_ASKED if sure and not several else NEAR_UNASKED)
            if near and (best is None or near[1] >= best[0]):
                best = (near[1], last, near[0])
        if best is None:
            return None
        score, last, name = best
        span = words[first].start, words[last].end
        return last, self._match(reading.text, *span, self._index.exact(name), score)

    def _may_be_misspelled(self, reading: Reading, first: int, asked: bool) -> bool:
        if self.is_everyday(reading.words[first].key) or reading.surname(first):
            return False
        if asked:
            return True
        before = reading.words[first - 1].key if first else ""
        if before in self._lists.never_near_after and not reading.capital(first):
            return False
        return reading.pointed_at(first)

    def _match(
        self, text: str, start: int, end: int, namesakes: tuple[Place, ...], score: float
    ) -> PlaceMatch:
        several = len(namesakes) > 1
        asked = name_key(namesakes[0].name) in self._lists.always_asked
        return PlaceMatch(
            place=namesakes[0],
            fragment=text[start:end],
            start=start,
            end=end,
            score=score,
            candidates=namesakes if several else (),
            dominant=several and not asked and self._index.clearly_meant(namesakes),
        )


def _is_within(place: Place, municipality: str) -> bool:
    return place.name != place.municipality and name_key(place.municipality) == municipality


def _first_of_each(matches: list[PlaceMatch]) -> list[PlaceMatch]:
    seen: set[Place] = set()
    return [match for match in matches if not (match.place in seen or seen.add(match.place))]


@lru_cache(maxsize=4)
def _load(data_dir: Path) -> Gazetteer:
    lists = PlaceWords.read(data_dir / "plaats_woorden.yml")
    index = PlaceIndex(
        read_places(data_dir / "plaatsen.csv"),
        read_aliases(data_dir / "plaats_aliassen.yml"),
        read_districts(data_dir / "wijken.csv"),
        lists.provinces,
    )
    return Gazetteer(index, lists, Postcodes.read(data_dir / "postcodes.csv", index.places))
