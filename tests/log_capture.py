"""The log of the server, for tests that read it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from api import logs


@contextmanager
def logging_as_served() -> Iterator[io.StringIO]:
    """Write all logs as the server does; afterwards logging is as it was, Rasa's silence included."""
    root, rasa = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure("INFO", stream)
    yield stream
    logging.captureWarnings(False)
    root.handlers[:], root.level = handlers, level
    structlog.configure(**rasa)
