"""Nothing of Rasa's own logging survives: it holds what people typed."""

from __future__ import annotations

import logging
import os

import structlog

from bot.quiet import silence_rasa


def test_rasa_logs_nothing_and_sends_nothing(capfd, caplog):
    silence_rasa()
    logging.getLogger("rasa.core.processor").critical("geheim")
    structlog.get_logger().error("geheim", text="geheim")
    captured = capfd.readouterr()
    assert "geheim" not in captured.out + captured.err + caplog.text
    assert os.environ["RASA_TELEMETRY_ENABLED"] == "false"
