"""What more data and each part of the program are worth: the learning curve and the ablation.

Trains the classifier without Rasa, once for every variant of corpus, lexicon or lemmas: slow.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.assessor import Assessor
from bot.exam import EXAM, all_answers, answer_exam
from bot.triage.classifier import TwoHeadClassifier
from bot.triage.corpus import Example
from bot.triage.evaluation import metrics
from bot.triage.language import blank_pipeline, lemmas_of, lemmas_of_all
from bot.triage.lexicon import Lexicon
from bot.triage.types import Screening

SEED = 0
FIGURES = ("goedAandeel", "verbodenAandeel", "gevaarRecall", "valsAlarm", "routeTop1")


class SilentScreen:
    """A safety screen without rules."""

    def check(self, text: str) -> Screening:
        return Screening()


@dataclass(frozen=True)
class Trained:
    """A classifier, the number of utterances it learnt from and how long that took."""

    classifier: TwoHeadClassifier
    utterances: int
    seconds: float


def measure_variants(
    assessor: Assessor,
    corpus: Sequence[Example],
    exam: Path = EXAM,
    tell: Callable[[str], None] = lambda line: None,
) -> dict:
    """`{"datum", "uitingen", "leercurve": [row], "weggelaten": [row]}`, over all single messages of the exam.

    A row is `{"variant", "uitingen", "trainingSeconden"}` with the shares of FIGURES. `corpus` has no
    lemmas yet. `tell` hears which variant is being measured.
    """
    texts = [example.text for example in corpus]
    lookup = blank_pipeline()
    tell("lemmas")
    examples = _with_lemmas(corpus, lemmas_of_all(texts))
    looked_up = _with_lemmas(corpus, [lemmas_of(text, lookup) for text in texts])

    def row(variant: str, trained: Trained, using: Assessor = assessor) -> dict:
        tell(variant)
        answers = answer_exam(using.with_parts(classifier=trained.classifier).assess, exam)
        figures = metrics(all_answers(answers))
        return {
            "variant": variant,
            "uitingen": trained.utterances,
            **{name: figures[name] for name in FIGURES},
            "trainingSeconden": round(trained.seconds),
        }

    parts = {"a quarter": 0.25, "half": 0.5}
    curve = [row(name, _train(_part(examples, share))) for name, share in parts.items()]
    whole = _train(examples)
    everything = row("the whole corpus", whole)
    return {
        "datum": date.today().isoformat(),
        "uitingen": len(corpus),
        "leercurve": [*curve, everything],
        "weggelaten": [
            {**everything, "variant": "nothing"},
            row("the rules", whole, assessor.with_parts(screen=SilentScreen())),
            row("the lexicon", _train(examples, Lexicon([]))),
            row("the lemmas", _train(corpus)),
            row(
                "the Dutch model (looked-up lemmas)",
                _train(looked_up),
                assessor.with_parts(language=lookup),
            ),
        ],
    }


def _part(examples: Sequence[Example], share: float) -> list[Example]:
    """A random part, the same one every time."""
    return random.Random(SEED).sample(examples, round(share * len(examples)))


def _with_lemmas(corpus: Sequence[Example], lemmas: Sequence[str]) -> list[Example]:
    return [replace(example, lemmas=found) for example, found in zip(corpus, lemmas, strict=True)]


def _train(examples: Sequence[Example], lexicon: Lexicon | None = None) -> Trained:
    started = time.perf_counter()
    classifier = TwoHeadClassifier(lexicon).train(examples, SEED)
    return Trained(classifier, len(examples), time.perf_counter() - started)
