"""`serve` with RASA_URL, and `rasa`: what they need, and the one line when they do not have it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from api.cli.main import main


class StockRasa(BaseHTTPRequestHandler):
    """What `rasa run` with its own channels answers to our calls; `status` may be another one."""

    status = 404

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b"Not Found")

    def log_message(self, *_: object) -> None:
        """Be silent."""


@pytest.fixture
def stock(monkeypatch) -> Iterator[type[StockRasa]]:
    class Answering(StockRasa):
        pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("RASA_URL", f"http://127.0.0.1:{server.server_port}")
    yield Answering
    server.shutdown()
    server.server_close()


@pytest.fixture
def served(monkeypatch) -> list[str]:
    started: list[str] = []
    monkeypatch.setattr("api.cli.server._have_model", lambda settings: started.append("model"))
    monkeypatch.setattr("api.main.serve", lambda settings: started.append("server") or True)
    return started


def test_a_rasa_without_our_channel_stops_the_start_with_one_line(stock, served, capsys):
    assert main(["serve"]) == 2
    [line] = capsys.readouterr().err.strip().split("\n")
    assert "RASA_URL" in line and "sociale-triage rasa" in line
    assert served == []


def test_a_token_that_is_not_accepted_stops_the_start_with_one_line(stock, served, capsys):
    stock.status = 401
    assert main(["serve"]) == 2
    [line] = capsys.readouterr().err.strip().split("\n")
    assert "RASA_TOKEN" in line and served == []


def test_a_rasa_that_is_away_may_come_back(served, monkeypatch, capsys):
    monkeypatch.setenv("RASA_URL", "http://127.0.0.1:9")
    assert main(["serve"]) == 0
    assert served == ["server"], "no model is needed here"
    assert "does not answer yet" in capsys.readouterr().out


def test_a_rasa_behind_a_proxy_that_cannot_reach_it_may_come_back(stock, served):
    stock.status = 502
    assert main(["serve"]) == 0 and served == ["server"]


@pytest.mark.parametrize("token", ["", "kort"])
def test_no_rasa_without_a_token(served, monkeypatch, capsys, token):
    monkeypatch.setenv("RASA_TOKEN", token)
    assert main(["rasa"]) == 2
    assert "RASA_TOKEN" in capsys.readouterr().err and served == []


def test_the_program_beside_a_rasa_apart_loads_no_model_library():
    """They are most of the memory of the program."""
    code = (
        "import api.app, bot.assistant, sys; print(*{'tensorflow', 'rasa.core.agent'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
