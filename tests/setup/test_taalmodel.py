"""The best-effort installation of the Dutch language model, with a made-up installer."""

from __future__ import annotations

import importlib.util
import json
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def step(tmp_path, monkeypatch):
    """The script as a module: no model installed, no notes, an installer that only counts."""
    spec = importlib.util.spec_from_file_location("taalmodel", ROOT / ".ci" / "taalmodel.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.calls, module.works, module.version = [], True, None
    monkeypatch.setattr(module, "NOTES", tmp_path / "taalmodel.json")
    monkeypatch.setattr(module, "installed_version", lambda: module.version)

    def pip_install(arguments):
        module.calls.append(arguments)
        return module.works

    monkeypatch.setattr(module, "pip_install", pip_install)
    monkeypatch.delenv("TAALMODEL_WHEEL", raising=False)
    return module


def test_the_official_model_is_asked_for_by_hash(step):
    assert step.main([]) == 0
    assert step.calls == [["--require-hashes", "-r", str(step.OFFICIAL)]]


def test_an_installed_model_is_left_alone(step):
    step.version = "3.8.0"
    assert step.main([]) == 0
    assert step.calls == []


def test_where_it_cannot_be_reached_one_line_says_so_and_set_up_goes_on(step, capsys):
    step.works = False
    assert step.main([]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_it_is_not_tried_again_the_same_day_unless_asked(step):
    step.works = False
    step.main([])
    step.main([])
    assert len(step.calls) == 1
    assert step.main(["--taalmodel-now"]) == 1
    assert len(step.calls) == 2


def test_it_is_tried_again_the_next_day(step):
    step.NOTES.write_text(json.dumps({"failed_at": time.time() - 25 * 3600}), encoding="utf-8")
    step.main([])
    assert len(step.calls) == 1


def test_another_wheel_replaces_the_model_once(step, monkeypatch, tmp_path):
    wheel = tmp_path / "nl_core_news_sm-3.8.0-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    monkeypatch.setenv("TAALMODEL_WHEEL", str(wheel))
    step.version = "3.8.0"
    assert step.main([]) == 0
    assert step.main([]) == 0
    assert [call[-1] for call in step.calls] == [str(wheel)]


def test_that_wheel_comes_back_after_the_environment_was_renewed(step, monkeypatch, tmp_path):
    wheel = tmp_path / "nl_core_news_sm-3.8.0-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    monkeypatch.setenv("TAALMODEL_WHEEL", str(wheel))
    step.main([])
    monkeypatch.delenv("TAALMODEL_WHEEL")
    step.main([])
    assert [call[-1] for call in step.calls] == [str(wheel), str(wheel)]


def test_a_wheel_that_is_not_there_stops_with_one_line(step, monkeypatch, capsys):
    monkeypatch.setenv("TAALMODEL_WHEEL", "/er/is/geen.whl")
    assert step.main([]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert step.calls == []
