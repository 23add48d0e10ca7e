"""A model is trained again when, and only when, what it is made from changed."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import training
from bot.training import ensure_model, read_card, wanted_card


@pytest.fixture
def trained(tmp_path, monkeypatch):
    """Where models go in this test, and how often training was asked for."""
    model = tmp_path / "models" / "sociale-triage.tar.gz"
    calls = []

    def train_model(path):
        calls.append(path)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"model")

    monkeypatch.setattr(training, "train_model", train_model)
    return model, calls


def test_trains_once_and_then_leaves_the_model_alone(trained):
    model, calls = trained
    assert ensure_model(model=model) == model
    ensure_model(model=model)
    assert len(calls) == 1


def test_who_comes_while_another_trains_waits_and_uses_that_model(trained, monkeypatch):
    model, calls = trained
    alone, both_are_here = training._alone, threading.Barrier(2)

    def alone_when_both_are_here(path):
        both_are_here.wait()
        return alone(path)

    monkeypatch.setattr(training, "_alone", alone_when_both_are_here)
    with ThreadPoolExecutor(2) as both:
        assert list(both.map(lambda _: ensure_model(model=model), range(2))) == [model, model]
    assert len(calls) == 1


def test_force_trains_again(trained):
    model, calls = trained
    ensure_model(model=model)
    ensure_model(force=True, model=model)
    assert len(calls) == 2


def test_another_language_model_trains_again(trained, monkeypatch):
    model, calls = trained
    ensure_model(model=model)
    assert read_card(model).language_model == training.installed_model()
    monkeypatch.setattr(training, "installed_model", lambda: "nl_core_news_sm 9.9.9")
    ensure_model(model=model)
    assert len(calls) == 2 and read_card(model).language_model == "nl_core_news_sm 9.9.9"


def test_a_card_without_a_model_or_a_broken_card_trains_again(trained):
    model, calls = trained
    ensure_model(model=model)
    training.card_path(model).write_text("{")
    ensure_model(model=model)
    model.unlink()
    ensure_model(model=model)
    assert len(calls) == 3


@pytest.mark.parametrize(
    "name", ["data/nlu/x.yml", "bot/config.yml", "data/answers/gevaar.yml", "bot/triage/classifier.py"]
)
def test_an_input_that_changes_changes_the_card(name, tmp_path):
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    for other in training.INPUTS:
        path = tmp_path / other
        if path.suffix and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
    before = wanted_card(tmp_path)
    file.write_text("changed")
    assert wanted_card(tmp_path) != before


def test_the_card_is_readable_for_people(trained):
    model, _ = trained
    ensure_model(model=model)
    assert set(json.loads(training.card_path(model).read_text())) == {"inputs", "language_model"}


def test_every_file_with_responses_is_an_input_and_other_texts_are_not():
    answers = training.ROOT / "data" / "answers"
    with_responses = {
        f"data/answers/{path.name}"
        for path in answers.glob("*.yml")
        if "\nresponses:" in "\n" + path.read_text(encoding="utf-8")
    }
    assert with_responses == {name for name in training.INPUTS if name.startswith("data/answers")}
