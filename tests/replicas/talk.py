"""Real conversations of the exam, talked through any client."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

EXAM = Path(__file__).parents[2] / "data" / "exam"
MIDDLE = "gesprekken.jsonl", "gesprekken_twee.jsonl"


def conversations(number: int) -> list[dict]:
    """The first `number` conversations of the exam that have most turns: `{"id", "kanaal", "beurten"}`."""
    cases = [json.loads(line) for name in MIDDLE for line in (EXAM / name).read_text().splitlines()]
    return sorted(cases, key=lambda case: -len(case["beurten"]))[:number]


def talk(client: Any, case: dict) -> list[Any]:
    """What is answered to every message of `case`, the opening first. Raises AssertionError on a refusal.

    A message that got no answer is sent again, with the key that makes it the same message.
    """
    opened = client.post("/v1/gesprekken", json={"kanaal": case.get("kanaal", "bewoner")})
    assert opened.status_code == 201, opened.text
    path = f"/v1/gesprekken/{opened.json()['gesprekId']}/berichten"
    heard = [opened.json()["berichten"]]
    for said in case["beurten"]:
        key = {"Idempotency-Key": secrets.token_hex(16)}
        answer = client.post(path, json={"tekst": said}, headers=key)
        assert answer.status_code == 200, answer.text
        heard.append(answer.json())
    return heard
