"""Every text that somebody can read, with where it stands and who reads it.

Folders are read by pattern: a new file of answers, a greeting of a municipality or a page is measured
from the day it is there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sociale_kaart.files import read_yaml

ROOT = Path(__file__).parents[2]
RESIDENT, FRONT_DESK, BUILDER = "bewoner", "balie", "bouwer"
"""Who reads it: everybody, a GP front desk or another professional, who connects a program."""

_BUILDERS_PROBLEMS = (
    "invoer",
    "tekst-of-keuze",
    "te-groot",
    "geen-toegang",
    "andere-site",
    "site-niet-toegelaten",
    "herhaling-anders",
    "aanmelding-ingetrokken",
    "status-kan-niet",
    "onleesbaar",
    "adres-onleesbaar",
    "methode",
    "widget-ontbreekt",
    "lukt-niet",
)
_BUILDERS_PAGES = ("integr", "koppel", "bouw", "docs")
_FRONT_DESK_PAGES = ("balie",)
_SHOWN_OF_A_KIND = ("naam", "wat", "kosten", "zo_vraagt_u_ernaar")
_SHOWN_OF_A_LINE = ("naam", "wanneer", "openingstijden")
_CODES = ("sleutel", "url", "telefoon", "site", "route")
_NO_TEXTS = ("tokens.yml", "begroeting.yml")
_DESK_FILES_WITHOUT_TEXTS = ("afkortingen.yml",)
_SHOWN_OF_A_CODE = "omschrijving"
_BUILDERS_WIDGET_FILES = ("tokens_uitleg.yml", "integratie.yml")
_READ_BY_PRACTICE = ("praktijk", "fouten_praktijk")
_SHOWN_OF_A_MUNICIPALITY = ("begroeting", "suggesties", "logotekst", "aanmelden", "openingstijden")


@dataclass(frozen=True)
class Text:
    """`file` is its path in the repository, `key` where in the file. `dutch` is false for other languages."""

    file: str
    key: str
    text: str
    reader: str = RESIDENT
    dutch: bool = True

    @property
    def by_municipality(self) -> bool:
        return self.file.startswith("data/gemeenten/")

    def __str__(self) -> str:
        return f"{self.file} {self.key}"


def all_texts() -> list[Text]:
    """Every text, in the order of the files."""
    sources = (_responses, _sentences, _problems, _readings, _kinds_and_routes, _help_lines)
    found = [
        text
        for source in (*sources, _municipalities, _widget, _front_desk, _referral, _pages)
        for text in source()
    ]
    return [text for text in found if text.text.strip()]


def _responses() -> Iterator[Text]:
    for path in sorted((ROOT / "data/answers").glob("*.yml")):
        for name, variants in (_yaml(path).get("responses") or {}).items():
            for variant in variants:
                reader = FRONT_DESK if variant.get("condition") else RESIDENT
                yield Text(_name(path), f"{name} ({reader})", variant["text"], reader, _is_dutch(name))


def _is_dutch(name: str) -> bool:
    return not name.startswith(("utter_taal_", "utter_nummers_"))


def _sentences() -> Iterator[Text]:
    for name in ("data/answers/zinnen.yml", "data/livechat/overdracht.yml", "catalogue/data/zinnen.yml"):
        path = ROOT / name
        yield from _every_string(path, _yaml(path))


def _problems() -> Iterator[Text]:
    path = ROOT / "data/answers/problemen.yml"
    for text in _every_string(path, _yaml(path)):
        name = text.key.split(".")[1] if "." in text.key else ""
        for_builder = name in _BUILDERS_PROBLEMS or text.key.startswith("velden.")
        yield Text(text.file, text.key, text.text, BUILDER if for_builder else RESIDENT)


def _readings() -> Iterator[Text]:
    path = ROOT / "data/decision/readings.yml"
    yield from _every_string(path, _yaml(path))


def _kinds_and_routes() -> Iterator[Text]:
    for path in (ROOT / "catalogue/data/soorten.yml", ROOT / "catalogue/data/routes.yml"):
        for code, entry in _yaml(path).items():
            reader = FRONT_DESK if entry.get("rol") == "tool" else RESIDENT
            for field in _SHOWN_OF_A_KIND:
                yield Text(_name(path), f"{code}.{field}", entry.get(field) or "", reader)


def _help_lines() -> Iterator[Text]:
    path = ROOT / "catalogue/data/hulplijnen.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            reader = FRONT_DESK if row["voor_wie"] == "balie" else RESIDENT
            for field in _SHOWN_OF_A_LINE if row["status"] == "actief" else ():
                yield Text(_name(path), f"{row['sleutel']}.{field}", row[field], reader)


def _municipalities() -> Iterator[Text]:
    for path in sorted((ROOT / "data/gemeenten").glob("*/*.yml")):
        for text in _every_string(path, _yaml(path)):
            if set(text.key.split(".")) & set(_SHOWN_OF_A_MUNICIPALITY):
                yield text


def _widget() -> Iterator[Text]:
    for path in sorted((ROOT / "data/widget").glob("*.yml")):
        reader = BUILDER if path.name in _BUILDERS_WIDGET_FILES else RESIDENT
        for text in _every_string(path, {} if path.name in _NO_TEXTS else _yaml(path)):
            if text.key.split(".")[-1] not in _CODES:
                yield replace(text, reader=reader, dutch=not text.key.startswith("talen."))


def _front_desk() -> Iterator[Text]:
    """Of the front desk, except what goes home on paper or is said aloud: that a resident reads."""
    for path in sorted((ROOT / "data/balie").glob("*.yml")):
        for text in _every_string(path, {} if path.name in _DESK_FILES_WITHOUT_TEXTS else _yaml(path)):
            if path.name == "icpc.yml" and not text.key.endswith(_SHOWN_OF_A_CODE):
                continue
            if text.key.startswith("ontkend."):  # words that are read, not shown
                continue
            to_patient = path.name == "zeggen.yml" or text.key.startswith("papier.")
            yield replace(text, reader=RESIDENT if to_patient else FRONT_DESK)


def _referral() -> Iterator[Text]:
    for path in sorted((ROOT / "data/aanmelding").glob("*.yml")):
        for text in _every_string(path, _yaml(path)):
            if text.key.split(".")[0] not in ("versie", "icpc"):
                yield replace(
                    text, reader=FRONT_DESK if text.key.split(".")[0] in _READ_BY_PRACTICE else RESIDENT
                )


def _pages() -> Iterator[Text]:
    for path in sorted((ROOT / "api/pages").glob("**/*.html")):
        page = _VisibleText()
        page.feed(path.read_text(encoding="utf-8"))
        for number, text in enumerate(page.blocks(), start=1):
            yield Text(_name(path), f"block {number}", text, _reader_of_page(path.name))


def _reader_of_page(name: str) -> str:
    if any(part in name for part in _BUILDERS_PAGES):
        return BUILDER
    return FRONT_DESK if any(part in name for part in _FRONT_DESK_PAGES) else RESIDENT


class _VisibleText(HTMLParser):
    """The text of a page as somebody reads it: one block per element that is no part of a line."""

    _INLINE = frozenset(
        ["a", "abbr", "b", "bdi", "br", "em", "i", "label", "mark", "small", "span", "strong", "time"]
    )
    _UNSEEN = frozenset(("script", "style", "template", "code", "pre", "title", "svg"))

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self._hidden += tag in self._UNSEEN
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self._UNSEEN
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(data)

    def blocks(self) -> list[str]:
        text = "".join(self._parts)
        return [" ".join(block.split()) for block in text.split("\0") if block.strip()]

    def _break(self, tag: str) -> None:
        if tag not in self._INLINE:
            self._parts.append("\0")


def _every_string(path: Path, content: Any, above: str = "") -> Iterator[Text]:
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from _every_string(path, value, f"{above}.{key}" if above else str(key))
    elif isinstance(content, list):
        for number, value in enumerate(content, start=1):
            yield from _every_string(path, value, f"{above}.{number}")
    elif isinstance(content, str):
        yield Text(_name(path), above, content)


def _yaml(path: Path) -> Any:
    return read_yaml(path)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))
