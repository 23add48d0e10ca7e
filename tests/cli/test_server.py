"""`train` and `serve`: when they train, and what happens when that fails."""

from __future__ import annotations

import subprocess
import sys

import pytest

from api.cli.main import main


@pytest.fixture
def trainer(monkeypatch, tmp_path):
    """A trainer that only counts; `trainer.fits` says whether there is a model that fits."""

    class Trainer:
        fits, fails, forced = False, False, []

        def ensure_own_model(self, force=False, keys=None):
            print("a page of progress bars")
            if self.fails:
                raise RuntimeError("Rasa gave no model.")
            self.forced.append(force)

    trainer = Trainer()
    trainer.forced = []
    monkeypatch.setattr("bot.own_model.ensure_own_model", trainer.ensure_own_model)
    monkeypatch.setattr("api.cli.server.model_fits", lambda: trainer.fits)
    monkeypatch.setattr("api.cli.server.TRAINING_LOG", tmp_path / "build" / "training.log")
    trainer.log = tmp_path / "build" / "training.log"
    return trainer


def test_a_model_that_fits_is_left_alone_and_nothing_is_said(trainer, capsys):
    trainer.fits = True
    assert main(["train"]) == 0
    assert trainer.forced == []
    assert capsys.readouterr().out == ""


def test_training_says_so_in_one_line_and_keeps_the_rest_in_a_file(trainer, capsys):
    assert main(["train"]) == 0
    assert trainer.forced == [False]
    assert capsys.readouterr().out.count("\n") == 1
    assert "progress bars" in trainer.log.read_text(encoding="utf-8")


def test_force_trains_anyway(trainer):
    trainer.fits = True
    assert main(["train", "--force"]) == 0
    assert trainer.forced == [True]


def test_training_that_fails_names_the_file_to_read(trainer, capsys):
    trainer.fails = True
    assert main(["train"]) == 2
    assert "training.log" in capsys.readouterr().err


@pytest.fixture
def served(monkeypatch, trainer):
    """What `serve` started: the trainings in a process of their own, and the server."""
    started = []

    def run(command):
        started.append(command)
        return subprocess.CompletedProcess(command, 1 if trainer.fails else 0)

    monkeypatch.setattr("api.cli.server.subprocess.run", run)
    monkeypatch.setattr("bot.model_files.model_file", lambda path, keys: path)
    monkeypatch.setattr("api.main.serve", lambda settings: started.append("server") or True)
    return started


TRAINING = [sys.executable, "-m", "api.cli.main", "train"]


def test_serve_trains_first_where_the_model_does_not_fit(served):
    assert main(["serve"]) == 0
    assert served == [TRAINING, "server"]


def test_serve_starts_at_once_where_the_model_fits(served, trainer):
    trainer.fits = True
    assert main(["serve"]) == 0
    assert served == ["server"]


def test_serve_never_trains_for_a_model_from_elsewhere(served, monkeypatch, tmp_path):
    monkeypatch.setenv("MODEL_PATH", str(tmp_path))
    assert main(["serve"]) == 0
    assert served == ["server"]


def test_no_server_without_a_model_that_fits(served, trainer):
    trainer.fails = True
    assert main(["serve"]) == 2
    assert served == [TRAINING]
