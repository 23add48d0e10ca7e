"""The development exam of data/exam: where it lies, what the program answers, and which program that is."""

from __future__ import annotations

from pathlib import Path

from bot.model_files import find_model, rules_version
from bot.training import ROOT, read_card
from bot.triage.evaluation import Answer, Assess, read_cases, run

EXAM = ROOT / "data" / "exam"
CONVERSATIONS = "gesprekken"
"""How the name of a file with conversations begins."""
SEARCH_QUERIES = "zoekvragen"
"""How the name of a file with search queries begins: a format of its own, for the catalogue's search."""
BY_OUR_OWN_HAND = ("balie_notities",)
"""Files by a writer who also wrote what they measure: shown, and counted in no total of the exam."""


def exam_files(folder: Path = EXAM) -> list[Path]:
    """The case files with one message a case, in the order of their names."""
    return [path for path in _case_files(folder) if not path.stem.startswith((CONVERSATIONS, SEARCH_QUERIES))]


def conversation_files(folder: Path = EXAM) -> list[Path]:
    """The case files with conversations, in the order of their names."""
    return [path for path in _case_files(folder) if path.stem.startswith(CONVERSATIONS)]


def answer_exam(assess: Assess, folder: Path = EXAM) -> dict[str, list[Answer]]:
    """What `assess` answers to every single message of the exam, by file name without extension.

    Raises CaseFileError for a file that does not follow the contract.
    """
    return {path.stem: run(read_cases(path), assess) for path in exam_files(folder)}


def all_answers(answered: dict[str, list[Answer]]) -> list[Answer]:
    """The answers to all files together, without those of BY_OUR_OWN_HAND beside others."""
    counted = [answers for name, answers in answered.items() if name not in BY_OUR_OWN_HAND]
    return [answer for answers in counted or answered.values() for answer in answers]


def measured_version(model: Path | None = None) -> dict[str, str]:
    """What the answers of a trained model depend on: `{"regels", "model", "taalmodel"}`.

    Raises FileNotFoundError, with what to do, when there is no trained model.
    """
    card = read_card(find_model(model))
    return {
        "regels": rules_version(),
        "model": card.version if card else "onbekend",
        "taalmodel": card.language_model if card else "onbekend",
    }


def _case_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl"))
