"""What Prometheus needs to judge an expression, and the figures that the program really gives."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.storage.seal import new_key
from bot.stages import ACTION, stage
from bot.turn import Turn
from tests.api.fakes import FakeAssistant
from tests.compulsory import missing
from tests.own_settings import own_settings

UNPACKED = Path(__file__).parents[2] / ".tools" / "prometheus" / "usr" / "bin" / "promtool"
"""Where `.ci/promtool` puts it."""

OF_PROMETHEUS = {"up", "ALERTS"}
"""Figures that Prometheus makes itself."""

_KEYWORDS = re.compile(r"\b(by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)")
_STRINGS = re.compile(r'"[^"]*"')
_WORDS = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")


class ActiveAssistant(FakeAssistant):
    """Runs a custom action in every turn."""

    async def say(self, conversation_id: str, text: str) -> Turn:
        with stage(ACTION, "action_praat"):
            return await super().say(conversation_id, text)


def served() -> dict[str, set[tuple[str, str]]]:
    """Every figure in `/metrics` after a turn, a rating and a missing page, with its labels and values."""
    settings = own_settings(OPSLAG_SLEUTELS=new_key())
    with TestClient(create_app(settings, ActiveAssistant())) as client:
        conversation = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
        client.post(f"/v1/gesprekken/{conversation}/berichten", json={"tekst": "druk op mijn borst"})
        client.post(f"/v1/gesprekken/{conversation}/oordelen", json={"oordeel": "goed"})
        client.post("/v1/triage", json={"tekst": "hoi"})
        client.get("/ready")
        text = client.get("/metrics").text
    found: dict[str, set[tuple[str, str]]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels.items())
    return found


def figures_in(expression: str) -> set[str]:
    """The names of the figures that an expression asks for."""
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", _STRINGS.sub('""', _KEYWORDS.sub("", expression)))
    called = set(re.findall(r"([a-zA-Z_:][a-zA-Z0-9_:]*)\s*\(", bare))
    operators = {"and", "or", "unless", "bool", "offset", "inf", "nan"}
    after_offset = set(re.findall(r"offset\s+([0-9a-z]+)", bare))
    return set(_WORDS.findall(re.sub(r"\b\d+[a-z]+\b", "", bare))) - called - operators - after_offset


def labels_in(expression: str) -> Iterator[tuple[str, str | None]]:
    """Every label that an expression names, with the value it must have, where that is one."""
    for _, names in _KEYWORDS.findall(expression):
        yield from ((name.strip(), None) for name in names.split(",") if name.strip())
    for matchers in re.findall(r"\{([^}]*)\}", expression):
        for name, how, value in re.findall(r'(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"', matchers):
            yield name, value if how in ("=", "!=") and not value.startswith("$") else None


def promtool(*arguments: object) -> None:
    """Run Prometheus' own checker; fails with what it says."""
    program = shutil.which("promtool") or shutil.which(UNPACKED)
    if program is None:
        missing("promtool is not on this machine: .ci/promtool gets it from Debian's package prometheus")
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def in_rules(folder: Path, expressions: list[str]) -> Path:
    """A file with rules of these expressions, for promtool to read."""
    lines = ["groups:", "- name: proef", "  rules:"]
    for number, expression in enumerate(expressions):
        lines += [f"  - record: proef_{number}", f"    expr: {expression!r}"]
    path = folder / "rules.yml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
