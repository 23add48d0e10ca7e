"""The same actions as a separate action server, and what happens when it goes away."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from rasa.utils.endpoints import EndpointConfig

pytestmark = pytest.mark.model

SOCIAL = "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe in Groningen?"
DANGER = "ik krijg ineens geen lucht en heb druk op mijn borst"


@pytest.fixture(scope="module")
def action_server():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "api.cli.main", "actions", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/health", timeout=1)
                break
            except OSError:
                assert server.poll() is None, "the action server stopped by itself"
                time.sleep(0.25)
        yield server, address
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def remote(assistant, action_server, monkeypatch):
    endpoint = EndpointConfig(url=f"{action_server[1]}/webhook", enable_selective_domain=True)
    monkeypatch.setattr(assistant._engine._agent.processor, "action_endpoint", endpoint)
    return assistant


def test_actions_over_http_then_a_server_that_is_gone(remote, action_server, event_loop_of_session):
    run = event_loop_of_session.run_until_complete
    run(remote.start("op-afstand", None, "bewoner"))
    turn = run(remote.say("op-afstand", SOCIAL))
    assert "Odensehuis Groningen" in turn.messages[-1]["tekst"]

    os.kill(action_server[0].pid, signal.SIGKILL)
    action_server[0].wait()
    turn = run(remote.say("op-afstand", SOCIAL))
    assert "112" in turn.messages[-1]["tekst"] and turn.action_errors
    turn = run(remote.say("op-afstand", DANGER))
    assert turn.triage["uitkomst"] == "spoed_112" and "112" in turn.messages[0]["tekst"]
    run(remote.forget("op-afstand"))
