"""Checking the part `site` of `gemeente.yml`: in Dutch, what is wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sociale_kaart.colours import TOKENS, WIDGET_DATA, is_colour, too_little_contrast
from sociale_kaart.files import REPOSITORY, read_yaml
from sociale_kaart.matching.words import tokens
from sociale_kaart.phones import numbers_in

FIELDS = ("logotekst", "begroeting", "suggesties", "kleuren")
SOURCE_FIELDS = ("bron", "gezien_op", "opmerking")
GREETING_WORDS_FILE = "begroeting.yml"
FORBIDDEN_WORDS = REPOSITORY / "data" / "language" / "verboden.yml"
RESIDENT = "bewoner"
"""Who reads a greeting, as that file calls them."""

LONGEST_LOGO_TEXT = 60
"""In characters: what fits beside a logo on a narrow screen, in two lines."""
LONGEST_GREETING = 12
"""In words: the whole first message is at most 60."""
MOST_SENTENCES = 2
MOST_SUGGESTIONS = 6
LONGEST_SUGGESTION = 8
"""In words."""

NO_COLOUR = 'dit is geen kleur; schrijf een hekje en zes tekens, tussen aanhalingstekens: "#154273".'
"""Without quotes YAML reads what stands behind the hash as a remark, and the colour as nothing."""

_PLAIN = re.compile(r"(?:[^\W_]|[ .,:;!?'’&()–-])+")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)")

Wrong = Iterator[tuple[str, str]]


def wrong_in_site(part: object) -> Wrong:
    """Field and message of each fault in the part as it was read; none where there is no part."""
    if part is None:
        return
    if not isinstance(part, dict):
        yield "site", "dit deel is niet te lezen; neem de vorm over uit de map _sjabloon."
        return
    for field in part:
        if field not in (*FIELDS, *SOURCE_FIELDS):
            yield str(field), f"dit veld kennen wij hier niet; kies uit {', '.join(FIELDS)}."
    yield from _in_logo_text(part.get("logotekst"))
    yield from _in_greeting(part.get("begroeting"))
    yield from _in_suggestions(part.get("suggesties"))
    yield from _in_colours(part.get("kleuren"))


def _in_logo_text(text: Any) -> Wrong:
    if text is None:
        return
    yield from _in_text("logotekst", text)
    if len(str(text)) > LONGEST_LOGO_TEXT:
        yield "logotekst", f"deze tekst is te lang; gebruik ten hoogste {LONGEST_LOGO_TEXT} tekens."


def _in_greeting(text: Any) -> Wrong:
    if text is None:
        return
    yield from _in_text("begroeting", text)
    text = str(text)
    if len(text.split()) > LONGEST_GREETING or len(_SENTENCE_END.findall(text)) > MOST_SENTENCES:
        message = f"gebruik ten hoogste {LONGEST_GREETING} woorden en {MOST_SENTENCES} zinnen."
        yield "begroeting", f"deze begroeting is te lang; {message}"
    if not text.rstrip().endswith((".", "!", "?")):
        yield "begroeting", "zet een punt achter de begroeting; er komt een zin na."
    said = " ".join(tokens(text))
    for pattern, advice in _unwanted():
        if found := pattern.search(said):
            yield "begroeting", f"'{found[0]}' kan hier niet; {advice}."


def _in_suggestions(texts: Any) -> Wrong:
    if texts is None:
        return
    if not isinstance(texts, list):
        yield "suggesties", "schrijf hier een lijst: elke vraag op een eigen regel, met een streepje ervoor."
        return
    if len(texts) > MOST_SUGGESTIONS:
        yield "suggesties", f"dit zijn er te veel; kies er ten hoogste {MOST_SUGGESTIONS}."
    for number, text in enumerate(texts, 1):
        yield from _in_text(f"suggesties.{number}", text)
        if len(str(text).split()) > LONGEST_SUGGESTION:
            message = f"deze vraag is te lang; gebruik ten hoogste {LONGEST_SUGGESTION} woorden."
            yield f"suggesties.{number}", message


def _in_text(field: str, text: Any) -> Wrong:
    """What holds for every text that the chat shows: one line of plain text, without a number to call."""
    if not isinstance(text, str):
        yield field, "dit is geen tekst; zet er aanhalingstekens omheen."
    elif not _PLAIN.fullmatch(text) or not tokens(text):
        yield field, "gebruik alleen gewone tekst op één regel: letters, cijfers en leestekens."
    elif numbers_in(text):
        yield field, "hier staat een telefoonnummer; zet het bij 'contact' in het veld telefoon."


def _in_colours(colours: Any) -> Wrong:
    if colours is None:
        return
    if not isinstance(colours, dict):
        yield "kleuren", "dit deel is niet te lezen; neem de vorm over uit de map _sjabloon."
        return
    right: dict[str, str] = {}
    for token, value in colours.items():
        if token not in TOKENS:
            yield f"kleuren.{token}", f"deze naam kennen wij niet; kies uit {', '.join(TOKENS)}."
        elif not is_colour(value):
            yield f"kleuren.{token}", NO_COLOUR
        else:
            right[token] = value
    yield from _hard_to_read(right)


def _hard_to_read(colours: Mapping[str, str]) -> Wrong:
    for pair in too_little_contrast(colours):
        message = (
            f"deze kleur is slecht te zien bij {pair.other}: het contrast is {_figure(pair.contrast)} "
            f"en moet minstens {_figure(pair.needed)} zijn; maak de ene kleur donkerder of de andere lichter."
        )
        yield f"kleuren.{pair.token}", message


def _figure(contrast: float) -> str:
    """Rounded down, so that what is too little never reads as enough: `4,4`."""
    return f"{int(contrast * 10) / 10:g}".replace(".", ",")


@lru_cache(maxsize=1)
def _unwanted() -> list[tuple[re.Pattern[str], str]]:
    """What a greeting may not hold, with what to do instead: what no resident may read, and its own list."""
    groups = read_yaml(WIDGET_DATA / GREETING_WORDS_FILE).values()
    own = [(phrase, group["advies"]) for group in groups for phrase in group["woorden"]]
    rules = [
        rule for rule in read_yaml(FORBIDDEN_WORDS)["verboden"] if RESIDENT in rule.get("voor", [RESIDENT])
    ]
    everywhere = [(phrase, f"beter is: {rule['wel']}") for rule in rules for phrase in rule["niet"]]
    return [(_pattern(phrase), advice) for phrase, advice in (*own, *everywhere)]


def _pattern(phrase: str) -> re.Pattern[str]:
    """Finds a phrase as whole words among folded ones; a `*` at its end stands for any ending."""
    ending = r"\w*" if phrase.endswith("*") else ""
    return re.compile(rf"\b{re.escape(' '.join(tokens(phrase.removesuffix('*'))))}{ending}\b")
