"""Practice shorthand written out: "mw 82 jr, pt†, gn lich klt" as the words that it stands for.

What stands for what, and where, is data (`data/balie/afkortingen.yml`); this module only applies it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from sociale_kaart.yaml_text import read_yaml_text

from bot.triage.types import CHANNELS
from bot.triage.written_out import Change, WrittenOut, written

FILE = Path(__file__).parents[2] / "data" / "balie" / "afkortingen.yml"

BEGIN, END, NUMBER = "^", "$", "#"
"""What a condition calls the begin and the end of the message, and any number."""

SHOUTED = 0.6
"""From this share of capitals among the letters, capitals say nothing: the whole message is shouted."""

_WORD = re.compile(r"\d+|[^\W\d_][^\W_]*|\+\+|[†✝♀♂↑↓,/+!?]")
_CONDITIONS = ("na", "niet_na", "voor", "niet_voor", "eerder", "bij", "niet_bij")


class ShorthandError(ValueError):
    """The list of abbreviations is not what its own heading says; the message names the entry."""


@dataclass(frozen=True)
class _Word:
    """A word of the message, folded, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Abbreviation:
    """One way to write something short, and where it means that. `form` is the words of the abbreviation."""

    form: tuple[str, ...]
    words: str
    needs_stop: bool = False
    in_capitals: bool = False
    conditions: dict[str, frozenset[str]] = field(default_factory=dict)

    def holds(self, message: Sequence[_Word], at: int) -> bool:
        """Whether what stands around word `at` of the message allows this reading."""
        last = at + len(self.form) - 1
        before = message[at - 1].text if at else BEGIN
        after = message[last + 1].text if last + 1 < len(message) else END
        around = {"na": [before], "voor": [after]}
        return all(
            _holds(name, wanted, around, message, at, last) for name, wanted in self.conditions.items()
        )


def _holds(
    name: str,
    wanted: frozenset[str],
    around: dict[str, list[str]],
    message: Sequence[_Word],
    first: int,
    last: int,
) -> bool:
    where = name.removeprefix("niet_")
    if where == "eerder":
        words = [word.text for word in message[:first]]
    elif where == "bij":
        words = [word.text for number, word in enumerate(message) if not first <= number <= last]
    else:
        words = around[where]
    found = any(word in wanted or (word[0].isdigit() and NUMBER in wanted) for word in words)
    return found != name.startswith("niet_")


@dataclass(frozen=True)
class Form:
    """A fixed form such as an age: of `pattern` the group `kort` is written as `words`."""

    pattern: re.Pattern[str]
    words: str
    glued: bool

    def changes(self, typed: str) -> Iterator[Change]:
        """Every place in `typed` with this form."""
        for match in self.pattern.finditer(typed):
            words = self.words
            if "{jaar}" in words:
                words = words.replace("{jaar}", str(_past_year(int(match["jaar"]))))
            yield Change(match.start("kort"), match.end("kort"), words, self.glued)


class Shorthand:
    """All abbreviations and fixed forms, ready to write out messages of the `channels` they are used on."""

    def __init__(
        self,
        abbreviations: Iterable[Abbreviation],
        forms: Iterable[Form],
        channels: Iterable[str],
        version: str = "",
    ) -> None:
        """`version`: a short hash of the list, so that an answer can be traced to it."""
        self.version = version
        self.channels = frozenset(channels)
        self.forms = tuple(forms)
        self._by_first_word: dict[str, list[Abbreviation]] = {}
        for one in abbreviations:
            self._by_first_word.setdefault(one.form[0], []).append(one)
        for found in self._by_first_word.values():
            found.sort(key=lambda one: -len(one.form))  # stable: of equally long ones the first of the file

    @classmethod
    def load(cls, file: Path = FILE) -> Shorthand:
        """The abbreviations of a file; ShorthandError, naming the entry, where one is wrong."""
        text = file.read_text(encoding="utf-8")
        data, version = read_yaml_text(text), hashlib.sha256(text.encode()).hexdigest()[:12]
        unknown = set(data["kanalen"]) - set(CHANNELS)
        if unknown:
            raise ShorthandError(f"{file.name}: unknown kanaal {sorted(unknown)[0]!r}")
        groups = [data["tekens"], *data["groepen"].values()]
        entries = [entry for group in groups for entry in _with_source(group, file.name)]
        abbreviations = [one for entry in entries for one in _abbreviations(entry)]
        forms = [_form(entry, file.name) for entry in data["patronen"]]
        return cls(abbreviations, forms, data["kanalen"], version)

    def write_out(self, typed: str, channel: str) -> WrittenOut:
        """`typed` with its abbreviations as words; unchanged on a channel where nobody writes like that."""
        if channel not in self.channels:
            return WrittenOut.unchanged(typed)
        return written(typed, self._changes(typed))

    def _changes(self, typed: str) -> list[Change]:
        changes: list[Change] = []
        for form in self.forms:
            for change in form.changes(typed):
                if not _overlaps(change, changes):
                    changes.append(change)
        words = [_Word(_fold(found.group()), *found.span()) for found in _WORD.finditer(typed)]
        shouted, at = _is_shouted(typed), 0
        while at < len(words):
            found = self._abbreviation_at(words, at, typed, shouted)
            change = _change(found, words, at, typed) if found else None
            if change is None or _overlaps(change, changes):
                at += 1
                continue
            changes.append(change)
            at += len(found.form)
        return changes

    def _abbreviation_at(
        self, words: Sequence[_Word], at: int, typed: str, shouted: bool
    ) -> Abbreviation | None:
        for one in self._by_first_word.get(words[at].text, ()):
            mine = words[at : at + len(one.form)]
            if tuple(word.text for word in mine) != one.form or not _is_close(mine, typed):
                continue
            raw = typed[mine[0].start : mine[-1].end]
            if one.in_capitals and (shouted or raw != raw.upper()):
                continue
            if one.needs_stop and typed[mine[-1].end : mine[-1].end + 1] != ".":
                continue
            if one.holds(words, at):
                return one
        return None


@lru_cache
def load_shorthand() -> Shorthand:
    """The abbreviations of data/balie, read once."""
    return Shorthand.load()


def write_out(typed: str, channel: str) -> WrittenOut:
    """`typed` with practice shorthand as words, where `channel` is one on which people write like that."""
    return load_shorthand().write_out(typed, channel)


def _fold(word: str) -> str:
    return word.lower()


def _is_shouted(typed: str) -> bool:
    letters = [character for character in typed if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return len(letters) >= 20 and capitals >= SHOUTED * len(letters)


def _is_close(words: Sequence[_Word], typed: str) -> bool:
    """The words of one abbreviation stand a space, stop, dash or slash apart."""
    gaps = (typed[a.end : b.start] for a, b in zip(words, words[1:], strict=False))
    return all(re.fullmatch(r"[. /-]{0,2}", gap) for gap in gaps)


def _overlaps(change: Change, others: Iterable[Change]) -> bool:
    return any(change.start < other.end and other.start < change.end for other in others)


def _change(found: Abbreviation, words: Sequence[_Word], at: int, typed: str) -> Change:
    start, end = words[at].start, words[at + len(found.form) - 1].end
    typed_form, written = typed[start:end], found.words
    if typed_form[0].isupper() and not typed_form.isupper():
        written = written[0].upper() + written[1:]
    return Change(start, end + _stop_length(typed, end), written)


def _stop_length(typed: str, end: int) -> int:
    """1 where the stop behind an abbreviation belongs to it, 0 where it may end the sentence."""
    if typed[end : end + 1] != ".":
        return 0
    following = typed[end + 1 : end + 3].lstrip(" ")
    ends_here = not following or following[0].isupper() or following[0] == "."
    return 0 if ends_here else 1


def _past_year(two_digits: int) -> int:
    this_year = date.today().year
    year = this_year - this_year % 100 + two_digits
    return year if year <= this_year else year - 100


def _with_source(group: dict, name: str) -> Iterator[dict]:
    for entry in group["lijst"]:
        if not (entry.get("bron") or group.get("bron")):
            raise ShorthandError(f"{name}: {entry.get('kort')}: without `bron`")
        yield entry


def _abbreviations(entry: dict) -> Iterator[Abbreviation]:
    forms, words = entry.get("kort"), entry.get("voluit")
    known = {"kort", "voluit", "bron", "uitleg", "hoofdletters", *_CONDITIONS}
    if not forms or not words or set(entry) - known:
        raise ShorthandError(f"{forms or words or entry}: give `kort` and `voluit`, and known fields only")
    conditions = {
        name: frozenset(_fold(str(word)) for word in entry[name]) for name in _CONDITIONS if name in entry
    }
    for form in map(str, forms):
        found = tuple(_fold(word) for word in _WORD.findall(form))
        yield Abbreviation(found, words, form.endswith("."), bool(entry.get("hoofdletters")), conditions)


def _form(entry: dict, name: str) -> Form:
    try:
        pattern = re.compile(entry["vorm"], re.IGNORECASE)
    except re.error as error:
        raise ShorthandError(f"{name}: {entry['vorm']}: {error}") from error
    if "kort" not in pattern.groupindex or not entry.get("bron"):
        raise ShorthandError(f"{name}: {entry['vorm']}: give a group (?P<kort>...) and a `bron`")
    return Form(pattern, entry["voluit"], bool(entry.get("vast")))
