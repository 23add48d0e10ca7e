"""Schemathesis over the whole OpenAPI document, in this process, with the same cases every time.

Every phase that it has: the examples of the document, what each schema allows and forbids at its edges,
random requests, and chains of calls that use the answers of earlier ones. test_fuzz.py sends what no schema
describes: bytes that are no JSON, and every kind of character.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.engine import events, from_schema

from api.app import create_app
from tests.api.every_call import operations
from tests.api.fakes import FakeAssistant
from tests.api.installation import NO_LIMITS, installation
from tests.api.true_examples import document_with_true_examples
from tests.own_settings import own_settings

SAME_CASES = {"seed": 20261122, "generation": {"deterministic": True, "max-examples": 3}}
OFF = {"enabled": False}
OUR_RULES = {
    # Refused, and no schema says so: an empty text, two fields of which one may be there.
    "positive_data_acceptance": OFF,
}
WITHOUT_ASKING_WHO = {"ignored_auth": OFF, "negative_data_rejection": OFF}
ONLY_EXAMPLES = {"coverage": OFF, "fuzzing": OFF, "stateful": OFF}


@dataclass
class Played:
    """What came of it: `faults` are a 5xx or what the document does not say; `seen` every call and status."""

    faults: list[str] = field(default_factory=list)
    seen: set[tuple[str, int]] = field(default_factory=set)


def play(app: FastAPI, document: dict, **config: object) -> Played:
    """Let schemathesis ask `app` everything that `document` describes."""
    config = {**SAME_CASES, **config, "checks": {**OUR_RULES, **config.get("checks", {})}}
    schema = schemathesis.openapi.from_dict(document, config=schemathesis.Config.from_dict(config))
    schema.app = app
    played = Played()
    for event in from_schema(schema).execute():
        if isinstance(event, (events.NonFatalError, events.FatalError)):
            played.faults.append(f"schemathesis: {getattr(event, 'value', None) or event.exception}")
        if isinstance(event, (events.ScenarioFinished, events.FuzzScenarioFinished)):
            for asked in event.recorder.interactions.values():
                played.seen.add((event.recorder.label, asked.response.status_code))
            checks = [one for checks in event.recorder.checks.values() for one in checks if one.failure_info]
            for one in (check.failure_info for check in checks):
                played.faults.append(f"{one.failure.title}\n{one.failure.message}\n{one.code_sample}")
    return played


def successes(document: dict) -> set[tuple[str, int]]:
    """Every call with the success that its description promises."""
    return {
        (f"{method.upper()} {path}", int(status))
        for path, method, operation in operations(document)
        for status in operation["responses"]
        if status < "300"
    }


def assert_nothing_wrong(played: Played) -> None:
    assert played.seen and not played.faults, "\n\n".join(dict.fromkeys(played.faults))


def test_with_and_without_what_opens_the_doors():
    """In production: every call with its token or session, without it, and with a wrong one."""
    here = installation(FakeAssistant())
    document = document_with_true_examples(here)
    auth = {name: {"api_key" if name == "Balie" else "bearer": key} for name, key in here.keys.items()}
    assert document["components"]["securitySchemes"].keys() == auth.keys()
    played = play(here.app, document, auth={"openapi": auth})
    assert_nothing_wrong(played)
    assert successes(document) <= played.seen, "an example that does not lead to success"


def test_as_make_run_starts_it():
    """On loopback, without a practice or a token: the desk and the webhook are open, referrals are not."""
    app = create_app(own_settings(**NO_LIMITS), FakeAssistant())
    phases = {"stateful": OFF, "coverage": OFF}
    assert_nothing_wrong(play(app, app.openapi(), phases=phases, checks=WITHOUT_ASKING_WHO))


@pytest.mark.parametrize("trouble", ["break_with", "silent"])
def test_while_the_assistant_fails(trouble):
    """What it answers then is documented, too."""
    assistant = FakeAssistant()
    setattr(assistant, trouble, ValueError("stuk") if trouble == "break_with" else True)
    app = create_app(own_settings(**NO_LIMITS), assistant)
    checks = {**WITHOUT_ASKING_WHO, "not_a_server_error": OFF}
    assert_nothing_wrong(play(app, app.openapi(), phases=ONLY_EXAMPLES, checks=checks))
