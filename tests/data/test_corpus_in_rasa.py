"""Rasa and corpus.py read the same texts, labels and metadata."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.nlu.training_data.loading import load_data

from bot.triage.corpus import Example, read_file

FOLDER = Path(__file__).resolve().parents[2] / "data" / "nlu"

READS_ONE_OF = 5
"""Rasa's reader takes twenty seconds for all files, which have one form; test_corpus_quality.py reads all."""


FILES = sorted(FOLDER.glob("*.yml"))[::READS_ONE_OF]


def read_by_rasa():
    messages = [m for file in FILES for m in load_data(str(file)).training_examples]
    assert not any(message.get("entities") for message in messages)
    for message in messages:
        group = message.get("metadata")["intent"]
        yield Example(
            message.get("text"), message.get("intent"), tuple(group.get("routes", ())), group["kanaal"]
        )


def test_rasa_reads_the_same_corpus():
    def key(example):
        return (example.text, example.intent, example.routes, example.channel)

    by_us = [example for file in FILES for example in read_file(file)]
    assert sorted(map(key, read_by_rasa())) == sorted(map(key, by_us))
