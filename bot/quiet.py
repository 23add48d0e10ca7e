"""Keeps Rasa from writing what people typed into any log, trace or report."""

from __future__ import annotations

import logging
import os
import warnings

import structlog

NOISY_LOGGERS = ("py.warnings", "rasa", "rasa_sdk", "tensorflow", "matplotlib", "apscheduler", "asyncio")


def silence_rasa() -> None:
    """Switch off Rasa's telemetry and every log line of Rasa, rasa_sdk and TensorFlow.

    Rasa logs message texts at several levels and inside tracebacks; our own log (docs/logging.md)
    says what happened without them. Call this before Rasa is imported.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.filterwarnings("ignore", module=r"(rasa|sanic|pkg_resources|tensorflow|matplotlib).*")
    for name in NOISY_LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)
    silent = structlog.make_filtering_bound_logger(logging.CRITICAL)  # below it a call does nothing at all
    structlog.configure(processors=[_drop], wrapper_class=silent)


def _drop(logger: object, method: str, event: dict) -> dict:
    raise structlog.DropEvent
