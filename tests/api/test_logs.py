from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest
import structlog

from api import logs
from tests.log_capture import logging_as_served

ROOT = Path(__file__).parents[2]
SECRET = "Kwetsbaar"


@pytest.fixture
def lines():
    """What was logged, line by line."""
    with logging_as_served() as stream:
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def test_one_line_a_turn_with_codes_only(client, conversation, lines):
    client.post(conversation, json={"tekst": f"{SECRET} druk op mijn borst"})
    (line,) = lines()
    identifier = conversation.split("/")[3]
    assert line["event"] == "turn" and line["outcome"] == "spoed_112" and line["flags"] == ["spoed_112"]
    assert line["channel"] == "bewoner" and line["status"] == 200 and line["duration_ms"] >= 0
    assert line["conversation"] == logs.pseudonym(identifier) != identifier
    assert line.keys() <= logs.FIELDS.keys()


@pytest.mark.parametrize("trouble", [None, "break_with", "silent"])
def test_typed_text_is_never_logged(client, conversation, assistant, lines, trouble):
    if trouble:
        setattr(assistant, trouble, ValueError(SECRET) if trouble == "break_with" else True)
    calls = [
        (conversation, {"tekst": SECRET}),
        (conversation, {"keuze": SECRET}),
        (conversation, {"tekst": SECRET * 1000}),
        (conversation, {SECRET: SECRET}),
        ("/v1/triage", {"tekst": SECRET, "plaats": SECRET}),
        ("/webhooks/rest/webhook", {"sender": SECRET, "message": SECRET}),
        (f"/v1/gesprekken/{SECRET}/berichten", {"tekst": SECRET}),
    ]
    for path, body in calls:
        client.post(path, json=body)
    client.get("/v1/initiatieven", params={"zoek": SECRET, "limiet": SECRET})
    client.get("/v1/initiatieven", params={"zoek": SECRET})
    client.get(f"/{SECRET}")
    written = lines()
    assert written
    assert SECRET.lower() not in json.dumps(written).lower()
    assert conversation.split("/")[3] not in json.dumps(written)


def test_an_error_outside_the_assistant_keeps_its_message_to_itself(client, assistant, lines):
    def broken() -> dict:
        raise RuntimeError(SECRET)

    assistant.ready = broken
    assert client.get("/ready").status_code == 500
    (line,) = lines()
    assert line["event"] == "request_failed" and line["error"] == "RuntimeError"
    assert line["where"].startswith("tests.api.test_logs:") and SECRET not in str(line)


def test_what_libraries_say_is_dropped_and_where_they_said_it_is_kept(lines):
    log = logging.getLogger("elders.processor")
    log.warning("Could not handle %s", SECRET)
    try:
        raise KeyError(SECRET)
    except KeyError:
        log.exception(f"Failed on {SECRET}")
    logging.getLogger("uvicorn.error").error("Failed", exc_info=ValueError(SECRET))
    structlog.get_logger("elders").warning("processor.parse", text=SECRET, event_info=SECRET)
    structlog.get_logger("elders").warning(f"Failed on {SECRET}")
    structlog.get_logger("elders").info("processor.said_too_much")
    written = lines()
    assert [line["event"] for line in written] == ["library"] * 3 + ["processor.parse", "library"]
    assert written[0]["logger"] == "elders.processor" and written[1]["error"] == "KeyError"
    assert SECRET not in json.dumps(written)


def test_our_lines_stay_when_a_library_changes_structlog(client, conversation, lines):
    structlog.configure(processors=[lambda *_: (_ for _ in ()).throw(structlog.DropEvent)])
    client.post(conversation, json={"tekst": "hoi"})
    assert [line["event"] for line in lines()] == ["turn"]


def _of_the_server(module: str, text: str) -> None:
    """Let the web server say something in one of its modules."""
    record = logging.LogRecord("uvicorn.error", logging.INFO, f"/uvicorn/{module}.py", 1, text, None, None)
    logging.getLogger("uvicorn.error").handle(record)


def test_the_server_itself_may_say_that_it_started_and_nothing_about_a_request(lines):
    _of_the_server("on", "Application startup complete.")
    _of_the_server("httptools_impl", f"Invalid HTTP request received: {SECRET}")
    assert [line.get("message") for line in lines()] == ["Application startup complete.", None]


def test_flags_and_outcomes_are_codes_of_the_contract():
    triage = {"uitkomst": "sociaal", "redenen": [{"fragment": SECRET, "wijstOp": "crisis_113"}]}
    assert logs.danger_flags(triage) == ["crisis_113"] and logs.outcome_code(triage) == "sociaal"
    odd = {"uitkomst": SECRET, "redenen": [{"fragment": SECRET, "wijstOp": SECRET}]}
    assert logs.danger_flags(odd) == [] and logs.outcome_code(odd) is None


def test_the_documentation_lists_exactly_the_fields_and_the_events():
    text = (ROOT / "docs" / "logging.md").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]*) \|$", text, re.MULTILINE))
    assert fields == logs.FIELDS
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "api").rglob("*.py"))
    written = set(re.findall(r'(?:failure|delivery|_log\.[a-z]+)\(\s*"([a-z_]+)"', code))
    events = written | {"server", "library"}
    assert set(re.findall(r"^\| `([a-z_]+)` \| [^|]* \| [^|]* \|$", text, re.MULTILINE)) == events
