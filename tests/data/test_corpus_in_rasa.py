"""Rasa and corpus.py read the same texts, labels and metadata."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.nlu.training_data.loading import load_data

from bot.triage.corpus import Example, load_corpus

FOLDER = Path(__file__).resolve().parents[2] / "data" / "nlu"


def read_by_rasa():
    messages = [m for file in FOLDER.glob("*.yml") for m in load_data(str(file)).training_examples]
    assert not any(message.get("entities") for message in messages)
    for message in messages:
        group = message.get("metadata")["intent"]
        yield Example(
            message.get("text"), message.get("intent"), tuple(group.get("routes", ())), group["kanaal"]
        )


def test_rasa_reads_the_same_corpus():
    def key(example):
        return (example.text, example.intent, example.routes, example.channel)

    assert sorted(map(key, read_by_rasa())) == sorted(map(key, load_corpus(FOLDER)))
