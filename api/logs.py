"""Structured logs that can hold codes and figures, and never what a person typed.

Only the fields in FIELDS leave the program. Messages of libraries are dropped and
replaced by the place they came from, because they may quote a message.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import TextIO

import structlog

from api import request_ids
from bot import trace
from bot.triage.types import CHANNELS, DANGER_OUTCOMES, OUTCOMES

FIELDS: dict[str, str] = {
    "time": "Moment in UTC, ISO 8601.",
    "level": "`info`, `warning` or `error`.",
    "event": "What happened, as a code.",
    "request": "Id of the request, as in `X-Request-ID` and in the `instance` of a problem.",
    "trace": "Id of the trace, as in `traceparent` (W3C Trace Context).",
    "conversation": "Conversation, hashed with a salt that changes at every start.",
    "channel": "`bewoner`, `balie` or `webhook`.",
    "outcome": "Outcome code of the contract.",
    "rating": "What somebody thought of the answer: `goed` or `niet_goed`.",
    "receiver": "Id of a receiver of events, as `sociale-triage receivers list` shows it.",
    "event_type": "Type of the event that was sent.",
    "flags": "Danger outcomes that the safety screen raised.",
    "duration_ms": "Time that the answer took, in milliseconds.",
    "status": "HTTP status of the answer.",
    "error": "Class of the exception, or `timeout`.",
    "where": "Module and line that the line or the exception comes from.",
    "store": "`database` or `redis`.",
    "task": "Background work, as the label of that name in [metrics.md](metrics.md).",
    "model": "Version of the trained model.",
    "catalogue": "Version of the catalogue.",
    "rules": "Version of the safety rules.",
    "logger": "Library that wrote the line.",
    "message": "Text of the web server itself about starting and stopping.",
}

_CODE = re.compile(r"[A-Za-z0-9_.]{1,80}")
_WITH_MESSAGE = {("uvicorn.error", "server"), ("uvicorn.error", "on")}
"""Logger and module of the lines about starting and stopping; its other lines are about a request."""
_SALT = secrets.token_bytes(16)


def pseudonym(conversation_id: str) -> str:
    """A short hash by which the lines of one conversation can be told together until the next start."""
    key = conversation_id.encode("utf-8", "replace")
    return hashlib.blake2b(key, key=_SALT, digest_size=6).hexdigest()


def danger_flags(triage: dict | None) -> list[str]:
    """The danger outcomes in a Triage object: its outcome and what its reasons point to."""
    if not triage:
        return []
    codes = {triage.get("uitkomst")} | {reason.get("wijstOp") for reason in triage.get("redenen", [])}
    return [code for code in DANGER_OUTCOMES if code in codes]


def outcome_code(triage: dict | None) -> str | None:
    """The outcome in a Triage object when it is one of the contract, else None."""
    outcome = (triage or {}).get("uitkomst")
    return outcome if outcome in OUTCOMES else None


def turn(
    conversation_id: str | None,
    channel: str | None,
    triage: dict | None,
    duration_ms: float,
    status: int,
    error: str | None = None,
) -> None:
    """Write the one line of a turn."""
    _log.info(
        "turn",
        conversation=pseudonym(conversation_id) if conversation_id else None,
        channel=channel if channel in (*CHANNELS, "webhook") else None,
        outcome=outcome_code(triage),
        flags=danger_flags(triage),
        duration_ms=round(duration_ms, 1),
        status=status,
        error=error,
    )


def rating(given: str, outcome: str | None) -> None:
    """Write that somebody liked an answer with `outcome` or not, both as codes; of whom stays out."""
    _log.info("rating", rating=given, outcome=outcome if outcome in OUTCOMES else None)


def delivery(
    event: str,
    receiver_id: str,
    event_type: str,
    status: int | None,
    error: str | None,
    duration_ms: float | None = None,
) -> None:
    """Write what came of sending an event: `delivery`, or `delivery_dead` when it is not tried again."""
    (_log.info if status and 200 <= status < 300 else _log.warning)(
        event,
        receiver=receiver_id,
        event_type=event_type,
        status=status,
        error=error,
        duration_ms=None if duration_ms is None else round(duration_ms, 1),
    )


def failure(event: str, error: BaseException, status: int | None = None, task: str | None = None) -> None:
    """Write that `error` happened and where; its message stays out."""
    _log.error(event, error=type(error).__name__, where=_origin(error), status=status, task=task)


def store(name: str, error: str | None) -> None:
    """Write that a store cannot be used any more, by the class of `error`, or (None) that it can again."""
    if error:
        _log.error("store_lost", store=name, error=error)
    else:
        _log.warning("store_found", store=name)


def server_started(version: Mapping[str, str]) -> None:
    """Write that questions can be answered, and on what: `model`, `catalogus` and `regels` of `version`."""
    _log.info("started", model=version["model"], catalogue=version["catalogus"], rules=version["regels"])


def draining() -> None:
    """Write that the server was asked to stop."""
    _log.info("draining")


def server_stopped() -> None:
    """Write that the last question was answered and the server stops."""
    _log.info("stopped")


def _origin(error: BaseException) -> str | None:
    frames = list(traceback.walk_tb(error.__traceback__))
    if not frames:
        return None
    frame, line = frames[-1]
    return f"{frame.f_globals.get('__name__', 'unknown')}:{line}"


def _with_request(logger: object, method: str, event: dict) -> dict:
    """Say which request and which trace the line is about."""
    return {**_whereabouts(), **event}


def _whereabouts() -> dict:
    """The ids of the request and the trace at hand, as far as there are."""
    here = trace.current()
    found = {"request": request_ids.current(), "trace": here.id if here else None}
    return {name: value for name, value in found.items() if value}


def _only_listed_fields(logger: object, method: str, event: dict) -> dict:
    """Drop every field that is not listed, and an event that is not a code."""
    kept = {name: event[name] for name in FIELDS if event.get(name) is not None}
    if not _CODE.fullmatch(str(kept.get("event"))):
        kept["event"] = "library"
    return kept


_PROCESSORS = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", key="time"),
    _with_request,
    _only_listed_fields,
    structlog.processors.JSONRenderer(),
]


def _coded(target: object, threshold: int) -> structlog.typing.FilteringBoundLogger:
    """A logger of our own, which no library can reconfigure."""
    wrapper = structlog.make_filtering_bound_logger(threshold)
    return structlog.wrap_logger(target, processors=_PROCESSORS, wrapper_class=wrapper)


_log = _coded(structlog.ReturnLogger(), logging.INFO)
"""Silent until `configure` gives it a stream."""


class _CodesOnly(logging.Formatter):
    """Lines of the standard logging module: where they come from, not what they say."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, timezone.utc).isoformat().replace("+00:00", "Z")
        line = {"time": moment, "level": record.levelname.lower(), "event": "library", "logger": record.name}
        line["where"] = f"{record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[1]:
            line["error"] = type(record.exc_info[1]).__name__
            line["where"] = _origin(record.exc_info[1]) or line["where"]
        elif (record.name, record.module) in _WITH_MESSAGE:
            line |= {"event": "server", "message": record.getMessage()}
        return json.dumps(line | _whereabouts())


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send all logs as JSON lines to `stream` (default: standard error), from `level` up.

    Libraries are heard from `WARNING` up.
    """
    global _log
    stream = stream or sys.stderr
    threshold = logging.getLevelName(level)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_CodesOnly())
    logging.basicConfig(handlers=[handler], level=max(threshold, logging.WARNING), force=True)
    logging.getLogger("uvicorn").setLevel(threshold)
    logging.captureWarnings(True)
    _log = _coded(structlog.PrintLogger(stream), threshold)
    structlog.configure(
        processors=_PROCESSORS,
        logger_factory=structlog.PrintLoggerFactory(stream),
        wrapper_class=structlog.make_filtering_bound_logger(max(threshold, logging.WARNING)),
    )
