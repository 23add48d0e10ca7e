"""The typed text in parts, so that the words that gave the outcome can be marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping


def marked(
    text: str, reasons: Iterable[Mapping[str, str]], label: Callable[[str], str]
) -> list[dict[str, str | None]]:
    """`text` cut into `{"tekst", "wijstOp", "betekenis"}`; the last two are None for words that gave nothing.

    The parts together are `text`. A reason whose fragment is not in the text is left out, and so is one
    that overlaps an earlier reason: those come best first.
    """
    spans: list[tuple[int, int, str]] = []
    for reason in reasons:
        start = _free(text, reason["fragment"], spans)
        if start is not None:
            spans.append((start, start + len(reason["fragment"]), reason["wijstOp"]))
    parts: list[dict[str, str | None]] = []
    at = 0
    for start, end, code in sorted(spans):
        parts += [_part(text[at:start]), _part(text[start:end], code, label(code))]
        at = end
    return [part for part in [*parts, _part(text[at:])] if part["tekst"]]


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
