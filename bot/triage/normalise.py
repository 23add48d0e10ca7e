"""Turn what a person typed into comparable words, each with its place in the original text.

The steps and their word lists (abbreviations, dialect, emoji, key phrases typed without
spaces) come from `data/safety/spelling.yml`; this module only applies them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from sociale_kaart.typed_words import cached_by_word

_CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_INVISIBLE = _CONTROL + "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u20d0-\u20ff"
_APOSTROPHES = "'’‘`´ʼ＇"
_TOKEN = re.compile(
    r"\d{1,3}[.,]\d{1,2}(?![\w.,])"
    rf"|[{_APOSTROPHES}]?\w[\w@${_APOSTROPHES}{_INVISIBLE}{_MARKS}]*"
    r"|[\u2600-\u27bf\U0001f000-\U0001faff]"
)
_DROP = re.compile(rf"[{_INVISIBLE}{_MARKS}]")
_LETTERS_APART = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ĳ": "ij"}
)
_LOOKALIKES = str.maketrans("аеорсухіѕԁһӏкмтвн", "aeopcyxisdhlkmtbh")
_LEET = str.maketrans("013457@$", "oieastas")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_SENTENCE_END = re.compile(r"[.!?…;\n。！？؟]")
_CLAUSE_END = re.compile(r"[,:()\[\]\n–—،]|\s-+\s")
_MAX_WORD = 60


@dataclass(frozen=True, slots=True)
class Token:
    """One normalised word; `start` and `end` are character offsets in the original text."""

    form: str
    start: int
    end: int
    sentence: int
    clause: int


@dataclass(frozen=True)
class Spelling:
    """The word lists of `spelling.yml`: `words` maps a form to the words it stands for."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    emoji: dict[str, tuple[str, ...]] = field(default_factory=dict)
    key_words: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    real_words: frozenset[str] = frozenset()

    @classmethod
    def from_data(cls, data: dict) -> Spelling:
        """Read the parsed `spelling.yml`; raises KeyError for a missing list."""
        words: dict[str, tuple[str, ...]] = {}
        for group in data["woorden"].values():
            for form, meaning in group.items():
                words[fold(str(form))] = tuple(fold(w) for w in str(meaning).split())
        emoji = {_DROP.sub("", k): tuple(str(v).split()) for k, v in data["emoji"].items()}
        return cls(
            words=words,
            emoji=emoji,
            key_words=frozenset(fold(w) for phrase in data["aaneengeschreven"] for w in phrase.split()),
            abbreviations=frozenset(fold(w) for w in data["afkortingen_met_punt"]),
            real_words=frozenset(fold(w) for w in data["echte_woorden"]),
        )


@cached_by_word(20_000)
def fold(word: str) -> str:
    """Lower case, without accents, invisible characters and apostrophes; "m'n" becomes "mn"."""
    folded = unicodedata.normalize("NFKD", word.lower())
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = _DROP.sub("", folded).translate(_LETTERS_APART)
    for apostrophe in _APOSTROPHES:
        folded = folded.replace(apostrophe, "")
    mixed = folded.translate(_LOOKALIKES)
    if mixed != folded and re.search("[a-z]", folded):
        return mixed
    return folded


class Normaliser:
    """Normalises texts against a fixed vocabulary (the words that occur in the patterns)."""

    def __init__(self, spelling: Spelling, vocabulary: Iterable[str] = ()) -> None:
        self._spelling = spelling
        self._known = frozenset(vocabulary) | frozenset(spelling.words) | spelling.key_words
        self._joined = {w for w in spelling.key_words}
        self.words = cached_by_word(20_000)(self._words)

    def __call__(self, text: str) -> list[Token]:
        """Give the words of `text` in order; any string is accepted, work is linear in its length."""
        tokens: list[Token] = []
        sentence = clause = 0
        previous_end = 0
        previous_form = ""
        for start, end, raw in self._pieces(text):
            if tokens:
                between = text[previous_end:start]
                if self._ends_sentence(between, previous_form, text[start]):
                    sentence += 1
                    clause += 1
                elif _CLAUSE_END.search(between):
                    clause += 1
            for form in self.words(raw):
                tokens.append(Token(form, start, end, sentence, clause))
            previous_end, previous_form = end, fold(raw)
        return tokens

    def _pieces(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Raw words with their offsets; letters typed apart ("d o o d") come as one piece."""
        run: list[re.Match[str]] = []
        for match in _TOKEN.finditer(text):
            single = len(fold(match.group())) == 1 and match.group() not in self._spelling.emoji
            if run and (not single or match.start() - run[-1].end() > 3 or len(run) >= _MAX_WORD):
                yield from self._flush(run)
                run = []
            if single:
                run.append(match)
            else:
                yield match.start(), match.end(), match.group()
        yield from self._flush(run)

    def _flush(self, run: list[re.Match[str]]) -> Iterable[tuple[int, int, str]]:
        if len(run) >= 4:
            joined = "".join(m.group() for m in run)
            if self.words(joined) != (fold(joined),) or fold(joined) in self._known:
                yield run[0].start(), run[-1].end(), joined
                return
        for match in run:
            yield match.start(), match.end(), match.group()

    def _ends_sentence(self, between: str, previous: str, following: str) -> bool:
        if not _SENTENCE_END.search(between):
            return False
        marks = between.strip(" \t\r,")
        if marks == "." and (previous in self._spelling.abbreviations or between == "."):
            return False
        if marks == "" or marks == "\n":
            return between.count("\n") > 1 or following.isupper() or following.isdigit()
        return not (marks.startswith(("...", "…")) and following.islower())

    def _words(self, raw: str) -> tuple[str, ...]:
        """The normalised words one raw word stands for, never empty."""
        emoji = self._spelling.emoji.get(_DROP.sub("", raw))
        if emoji:
            return emoji
        if raw[0].isdigit() and ("," in raw or "." in raw):
            return (raw.replace(",", "."),)
        form = fold(raw[: _MAX_WORD * 4])[:_MAX_WORD] or raw[:1]
        if form in self._spelling.words:
            return self._spelling.words[form]
        if form in self._known:
            return (form,)
        for candidate in self._plainer(form):
            if candidate in self._spelling.words:
                return self._spelling.words[candidate]
            if candidate in self._known:
                return (candidate,)
        plain = _LONG_RUN.sub(r"\1", form)
        return self._split(plain) or self._split(plain.translate(_LEET)) or (_LONG_RUN.sub(r"\1\1", form),)

    @staticmethod
    def _plainer(form: str) -> Iterable[str]:
        """Likely intended spellings: fewer repeated letters, digits read as letters."""
        readings = [form]
        if any(c in "0134578@$" for c in form) and any(c.isalpha() for c in form):
            readings.append(form.translate(_LEET))
        for reading in readings:
            yield reading
            if _LONG_RUN.search(reading):
                yield _LONG_RUN.sub(r"\1\1", reading)
                yield _LONG_RUN.sub(r"\1", reading)
                first = _LONG_RUN.sub(r"\1", reading, count=1)
                yield _LONG_RUN.sub(r"\1\1", first)
                yield _LONG_RUN.sub(r"\1", _LONG_RUN.sub(r"\1\1", reading, count=1))

    def _split(self, form: str) -> tuple[str, ...]:
        """Three or more key words typed without spaces ("ikwildood"), else nothing."""
        if len(form) < 7 or not form.isalpha():
            return ()
        best: list[tuple[str, ...] | None] = [None] * (len(form) + 1)
        best[0] = ()
        for end in range(1, len(form) + 1):
            for start in range(max(0, end - 16), end):
                head = best[start]
                if head is not None and form[start:end] in self._spelling.key_words:
                    words = (*head, form[start:end])
                    if best[end] is None or len(words) < len(best[end] or ()):
                        best[end] = words
        whole = best[len(form)]
        return whole if whole and len(whole) >= 3 else ()


def skeleton(word: str) -> str:
    """How a folded word sounds, roughly: "benaauwt" and "benauwd" give the same."""
    return _skeleton(word)


_SOUNDS = (
    ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "kw"), ("x", "ks"),
    ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("ij", "y"), ("ei", "y"), ("ie", "i"),
    ("aauw", "au"), ("ouw", "au"), ("auw", "au"), ("ou", "au"), ("dt", "t"), ("d", "t"), ("v", "f"),
    ("z", "s"),
)  # fmt: skip
_DOUBLES = re.compile(r"(.)\1+")


@cached_by_word(20_000)
def _skeleton(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _DOUBLES.sub(r"\1", word)
