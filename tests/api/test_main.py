from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from api.main import base_address, open_socket
from api.settings import Settings, SettingsError

ROOT = Path(__file__).parents[2]
SERVE = (
    "from api.main import serve; from api.settings import Settings; "
    "from tests.api.fakes import FakeAssistant; serve(Settings.from_environment(), FakeAssistant())"
)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_address_that_is_printed_is_one_that_works():
    for host, address in {
        "127.0.0.1": "http://127.0.0.1:8000",
        "0.0.0.0": "http://127.0.0.1:8000",
        "::1": "http://[::1]:8000",
    }.items():
        assert base_address(Settings.from_environment({"HOST": host})) == address


def test_a_port_in_use_is_named_with_the_fix():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError) as caught:
            open_socket(Settings.from_environment({"PORT": str(port)}))
    assert f"PORT={port + 1}" in str(caught.value) and "\n" not in str(caught.value)


def test_the_server_says_where_it_is_and_answers_without_an_access_log(free_port):
    environ = {**os.environ, "PORT": str(free_port), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            printed = [server.stdout.readline() for _ in range(7)]
            base = f"http://127.0.0.1:{free_port}"
            for path in ("/", "/voorbeeld-knop", "/integratie", "/docs", "/health"):
                assert any(line.endswith(f" {base}{path}\n") for line in printed)
                assert httpx.get(base + path).status_code == 200
            answer = httpx.post(f"{base}/v1/triage", json={"tekst": "kwetsbaar"})
            assert answer.status_code == 200 and "server" not in answer.headers
            assert httpx.get(f"{base}/kwetsbaar").status_code == 404
        finally:
            server.terminate()
        _, logged = server.communicate()
    assert '"event": "turn"' in logged
    assert "kwetsbaar" not in logged and "GET /" not in logged
