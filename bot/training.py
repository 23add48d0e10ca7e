"""Train the Rasa model when it is missing or older than what it is made from."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.quiet import silence_rasa
from bot.triage.language import installed_model

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "sociale-triage.tar.gz"
BUILD = ROOT / "build"

INPUTS = (
    "bot/config.yml",
    "bot/domain",
    "bot/rules",
    "bot/nlu",
    "bot/training.py",
    "bot/triage/classifier.py",
    "bot/triage/corpus.py",
    "bot/triage/features.py",
    "bot/triage/language.py",
    "bot/triage/lexicon.py",
    "bot/triage/machines.py",
    "bot/triage/one_row.py",
    "bot/triage/spelling.py",
    "data/answers/andere_talen.yml",
    "data/answers/gesprek.yml",
    "data/answers/gevaar.yml",
    "data/answers/hulpvraag.yml",
    "data/answers/plaats.yml",
    "data/lexicon",
    "data/nlu",
    "requirements.lock",
)
"""What the trained model is made from. Safety rules, the catalogue and other texts are read at run time."""


@dataclass(frozen=True)
class ModelCard:
    """What a trained model remembers of itself, in a JSON file beside it."""

    inputs: str
    language_model: str

    @property
    def version(self) -> str:
        return self.inputs[:12]


def card_path(model: Path = MODEL) -> Path:
    return model.with_name(model.name.removesuffix(".tar.gz") + ".json")


def read_card(model: Path = MODEL) -> ModelCard | None:
    """The card of a trained model; None when the model or its card is missing or unreadable."""
    try:
        card = ModelCard(**json.loads(card_path(model).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return card if model.exists() else None


def wanted_card(root: Path = ROOT) -> ModelCard:
    """The card that a model trained now would get."""
    language_model = installed_model()
    digest = hashlib.sha256(language_model.encode())
    for path in _files(root / name for name in INPUTS):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return ModelCard(inputs=digest.hexdigest(), language_model=language_model)


def ensure_model(force: bool = False, model: Path = MODEL) -> Path:
    """The path of a model that fits the data, the code and the installed Dutch language model.

    Trains when there is none, when an input changed, or when `force` is set; where another process
    is training it, waits for that one. Raises RuntimeError when training gave no model.
    """
    wanted = wanted_card()
    if not force and read_card(model) == wanted:
        return model
    with _alone(model):
        if force or read_card(model) != wanted:
            train_model(model)
            card_path(model).write_text(json.dumps(vars(wanted), indent=2) + "\n", encoding="utf-8")
    return model


@contextmanager
def _alone(model: Path) -> Iterator[None]:
    """Hold the right to train `model`; the system takes it back from a process that dies."""
    model.parent.mkdir(parents=True, exist_ok=True)
    with model.with_name(model.name + ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def train_model(model: Path = MODEL) -> None:
    """Train with Rasa and put the archive at `model`. Raises RuntimeError when that fails."""
    silence_rasa()
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(BUILD / "rasa-cache"))
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # whether to train is decided here, by ModelCard
    from rasa.model_training import train

    card_path(model).unlink(missing_ok=True)
    model.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=model.parent) as folder:
        result = train(
            domain=str(_write_domain(Path(folder) / "domain.yml")),
            config=str(ROOT / "bot" / "config.yml"),
            training_files=[str(ROOT / "bot" / "rules")],
            output=folder,
            fixed_model_name="model",
            force_training=True,
        )
        if not result.model:
            raise RuntimeError("Rasa gave no model; its messages above say why.")
        shutil.move(result.model, model)


def _write_domain(path: Path) -> Path:
    from rasa.shared.core.domain import Domain

    Domain.load([str(ROOT / "bot" / "domain"), str(ROOT / "data" / "answers")]).persist(path)
    return path


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        found.extend(path.rglob("*") if path.is_dir() else [path])
    return sorted(p for p in found if p.is_file() and p.suffix in {".yml", ".py", ".lock"})
