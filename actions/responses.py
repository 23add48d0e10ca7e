"""The fixed texts of data/answers, chosen and filled in as Rasa's own responses are.

Rasa renders these texts in a conversation; this module renders the same texts where there is
no conversation (`/v1/triage`, the command line), so that every channel says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sociale_kaart.files import read_yaml

ANSWERS = Path(__file__).parents[1] / "data" / "answers"


class Responses:
    """All `responses:` of a folder of Rasa domain fragments, by name."""

    def __init__(self, variants: Mapping[str, list[dict]]) -> None:
        self._variants = variants

    @classmethod
    def load(cls, folder: Path = ANSWERS) -> Responses:
        """Read every YAML file in `folder` that has a `responses` section."""
        return _load(folder)

    def names(self) -> frozenset[str]:
        return frozenset(self._variants)

    def text(self, name: str, channel: str = "bewoner", **values: str) -> str:
        """The text of response `name` for `channel`, with `{...}` filled in from `values`.

        Raises KeyError when there is no such response.
        """
        variant = next(
            (v for v in self._variants[name] if _holds(v.get("condition", ()), channel)), None
        ) or next(v for v in self._variants[name] if not v.get("condition"))
        text = variant["text"]
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        return tidy(text)


def tidy(text: str) -> str:
    """Drop the empty lines and spaces that an empty value leaves behind."""
    lines = [" ".join(line.split()) if line.strip() else "" for line in text.splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip()


def _holds(conditions: list[dict], channel: str) -> bool:
    return bool(conditions) and all(
        condition["name"] == "kanaal" and condition["value"] == channel for condition in conditions
    )


@lru_cache
def _load(folder: Path) -> Responses:
    variants: dict[str, list[dict]] = {}
    for path in sorted(folder.glob("*.yml")):
        variants.update(read_yaml(path).get("responses") or {})
    return Responses(variants)
