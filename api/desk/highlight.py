"""The typed text in parts, so that the words that gave the outcome can be marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


def marked(
    text: str,
    reasons: Iterable[Mapping[str, str]],
    label: Callable[[str], str | None],
    denied: Denied | None = None,
) -> list[dict[str, str | None]]:
    """`text` cut into `{"tekst", "wijstOp", "betekenis"}`; the last two are None for words that gave nothing.

    The parts together are `text`. A reason whose fragment is not in the text is left out, and so is one
    that overlaps an earlier reason, those come best first; and one without a label or that is `denied`.
    """
    spans: list[tuple[int, int, str]] = []
    for reason in reasons:
        start = _free(text, reason["fragment"], spans)
        if (
            start is not None
            and label(reason["wijstOp"])
            and not (denied and denied.is_so(text, start, start + len(reason["fragment"])))
        ):
            spans.append((start, start + len(reason["fragment"]), reason["wijstOp"]))
    parts: list[dict[str, str | None]] = []
    at = 0
    for start, end, code in sorted(spans):
        parts += [_part(text[at:start]), _part(text[start:end], code, label(code))]
        at = end
    return [part for part in [*parts, _part(text[at:])] if part["tekst"]]


@dataclass(frozen=True)
class Denied:
    """The words before and after a word that say that it is not so: "gn pijn", "pijn gn"."""

    before: frozenset[str]
    after: frozenset[str]

    def is_so(self, text: str, start: int, end: int) -> bool:
        """Whether characters `start` to `end` of `text` are denied within their own part of the sentence."""
        earlier = _WORD.findall(re.split(r"[,.;]", text[:start])[-1].lower())
        later = _WORD.findall(re.split(r"[,.;]", text[end:])[0].lower())
        return bool(self.before & set(earlier[-1:])) or bool(self.after & set(later[:1]) and len(later) == 1)


def _free(text: str, fragment: str, taken: list[tuple[int, int, str]]) -> int | None:
    """Where `fragment` first stands in `text` outside what is taken."""
    start = text.find(fragment) if fragment else -1
    while start >= 0:
        end = start + len(fragment)
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in taken):
            return start
        start = text.find(fragment, start + 1)
    return None


def _part(text: str, code: str | None = None, meaning: str | None = None) -> dict[str, str | None]:
    return {"tekst": text, "wijstOp": code, "betekenis": meaning}
