"""Servers are started on free ports of the loopback address and stopped, also when something fails."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from api.cli.bench import servers
from api.cli.bench.memory import descendants
from api.cli.bench.servers import Program, Side, free_ports, our_programs, running, stock_programs
from api.cli.errors import CommandError
from tests.cli.bench.fake_sides import fake_side


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_side_answers_while_it_runs_and_is_gone_with_all_it_started_afterwards():
    with running(fake_side("ours", "child")) as server:
        assert server.start_seconds > 0
        family = descendants(server.processes)
        assert len(family) == 2
    assert not any(_alive_after_a_moment(family))


def test_a_side_is_stopped_also_when_the_measurement_fails():
    with pytest.raises(ZeroDivisionError), running(fake_side("ours")) as server:
        raise ZeroDivisionError
    assert not any(_alive_after_a_moment(server.processes))


def test_one_program_that_ends_early_stops_the_others_and_its_last_words_are_told():
    other = (sys.executable, "-c", "import time; time.sleep(600)")
    wrong = (sys.executable, "-c", "print('there is no model'); raise SystemExit(1)")
    started = []

    def programs(folder: Path, ports) -> list[Program]:
        return [Program(other, {}), Program(wrong, {})]

    original = servers.subprocess.Popen

    class Popen(original):
        def __init__(self, *given, **named):
            super().__init__(*given, **named)
            started.append(self.pid)

    servers.subprocess.Popen = Popen
    try:
        with pytest.raises(CommandError, match="there is no model"), running(Side("x", "/", programs, 1)):
            pytest.fail("it does not answer")
    finally:
        servers.subprocess.Popen = original
    assert len(started) == 2 and not any(_alive_after_a_moment(started))


def test_free_ports_differ():
    assert len(set(free_ports(3))) == 3


def test_settings_of_the_user_do_not_distort_ours(monkeypatch, tmp_path):
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")
    monkeypatch.setenv("OPSLAG_URL", "sqlite:///real.sqlite")
    monkeypatch.setenv("MODEL_PATH", "models/other.tar.gz")
    code = "import os; print(*(f'{k}={v}' for k, v in os.environ.items()), sep='\\n')"
    (program,) = our_programs(tmp_path, [1234])
    log = tmp_path / "log"
    with servers.started(Program((sys.executable, "-c", code), program.environ), log) as process:
        process.wait()
    given = dict(line.split("=", 1) for line in log.read_text("utf-8").splitlines() if "=" in line)
    assert given["PORT"] == "1234" and given["MODEL_PATH"] == "models/other.tar.gz"
    assert given["RATE_LIMIT_GESPREK"] == given["RATE_LIMIT_ADRES"] == servers.PLENTY
    assert given["DATABASE_URL"] == f"sqlite:///{tmp_path}/opslag.sqlite"
    assert "REDIS_URL" not in given and "OPSLAG_URL" not in given


def test_stock_is_rasa_as_it_comes_on_the_loopback_address(tmp_path):
    rasa, actions = stock_programs(tmp_path / "model.tar.gz")(tmp_path, [1234, 1235])
    assert rasa.command[1:4] == ("-m", "rasa", "run") and actions.command[1:5] == (
        "-m",
        "rasa",
        "run",
        "actions",
    )
    assert "127.0.0.1:1235/webhook" in (tmp_path / "endpoints.yml").read_text("utf-8")
    assert (tmp_path / "credentials.yml").read_text("utf-8") == "rest:\n"
    assert actions.environ["SANIC_HOST"] == "127.0.0.1" and "127.0.0.1" in rasa.command
    assert rasa.environ["RASA_TELEMETRY_ENABLED"] == "false"


def _alive_after_a_moment(processes) -> list[bool]:
    """A killed grandchild is reaped by init, which takes a moment."""
    for _ in range(200):
        if not any(alive(process) for process in processes):
            break
        time.sleep(0.05)
    return [alive(process) for process in processes]
