"""Texts that the program fills in: they stand in a YAML file, code only asks for them by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sociale_kaart.files import DATA_DIR, SENTENCES, read_yaml


class Sentences:
    """The texts of one file by their path in it, as in `waar.in`."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self._texts = dict(_flat(texts))

    @classmethod
    def load(cls, path: Path) -> Sentences:
        """The texts in the YAML file at `path`, read once. Raises OSError or yaml.YAMLError."""
        return _load(path)

    def say(self, name: str, /, **values: object) -> str:
        """The text called `name` with each `{...}` filled in from `values`.

        Raises KeyError for an unknown name or a value that is missing.
        """
        return self._texts[name].format(**values)

    def all(self) -> Mapping[str, str]:
        """Every text, not filled in, by name."""
        return dict(self._texts)


def say(name: str, /, **values: object) -> str:
    """A text around an initiative, of catalogue/data/zinnen.yml."""
    return Sentences.load(DATA_DIR / SENTENCES).say(name, **values)


@lru_cache
def _load(path: Path) -> Sentences:
    return Sentences(read_yaml(path))


def _flat(texts: Mapping[Any, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)
