"""Every variant is trained on what it says and measured with the parts that belong to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from bot.evaluation_report import variants
from bot.evaluation_report.variants import SilentScreen, measure_variants
from bot.triage.corpus import Example

CORPUS = [Example(f"ik zoek hulp {number}", "sociaal", ("rouw",)) for number in range(20)]


@dataclass
class FakeClassifier:
    """Remembers what it was trained on."""

    lexicon: object = None

    def train(self, examples, seed):
        self.examples = examples
        return self


class FakeAssessor:
    """Answers everything alike, and remembers the parts of every assessor made from it."""

    def __init__(self, seen: list, **parts) -> None:
        self.seen, self.parts = seen, parts

    def with_parts(self, **parts):
        return FakeAssessor(self.seen, **self.parts, **parts)

    def assess(self, text, place, channel):
        self.seen.append(self.parts)
        return SimpleNamespace(outcome="sociaal", routes=("rouw",))


@pytest.fixture
def measured(tmp_path, monkeypatch):
    case = {"id": "a", "tekst": "hallo", "uitkomst": "sociaal", "routes": ["rouw"]}
    (tmp_path / "deel.jsonl").write_text(json.dumps(case), encoding="utf-8")
    monkeypatch.setattr(variants, "TwoHeadClassifier", FakeClassifier)
    monkeypatch.setattr(variants, "lemmas_of_all", lambda texts: ["geladen"] * len(texts))
    seen: list = []
    return measure_variants(FakeAssessor(seen), CORPUS, tmp_path), seen


def test_the_learning_curve_and_the_parts_each_have_a_row(measured):
    result, _ = measured
    assert [row["uitingen"] for row in result["leercurve"]] == [5, 10, 20]
    assert [row["variant"] for row in result["weggelaten"]] == [
        "nothing",
        "the rules",
        "the lexicon",
        "the lemmas",
        "the Dutch model (looked-up lemmas)",
    ]
    assert result["uitingen"] == 20
    assert result["leercurve"][2]["goedAandeel"] == result["leercurve"][2]["routeTop1"] == 1.0


def test_each_row_leaves_out_its_own_part_only(measured):
    *curve, rules, lexicon, lemmas, model = measured[1]
    assert [set(parts) for parts in curve] == [{"classifier"}] * 3
    assert [len(parts["classifier"].examples) for parts in curve] == [5, 10, 20]
    assert rules["classifier"] is curve[2]["classifier"]
    assert rules["screen"].check("ik krijg geen adem").hits == ()
    assert lexicon["classifier"].lexicon.concepts == {}
    assert {example.lemmas for example in lemmas["classifier"].examples} == {""}
    assert {example.lemmas for example in lexicon["classifier"].examples} == {"geladen"}
    assert model["classifier"].examples[0].lemmas.startswith("ik zoeken hulp")
    assert [token.lemma_ for token in model["language"]("boeken")] == ["boek"]


@pytest.mark.model
def test_the_program_works_with_another_part_and_keeps_its_own(assessor):
    text = "ik krijg geen adem meer"
    without_rules = assessor.with_parts(screen=SilentScreen())
    assert without_rules.assess(text).rules == ()
    assert assessor.assess(text).rules != ()
