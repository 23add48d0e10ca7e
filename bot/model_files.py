"""Where the trained model is, and what its answers are based on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.model_signature import ModelKeys, verify
from bot.training import MODEL, ROOT, read_card
from bot.triage.screen import Screen
from bot.triage.shorthand import load_shorthand


def model_file(path: Path | str | None = None, keys: ModelKeys | None = None) -> Path:
    """The trained model, verified. Whatever loads a model asks for it here: to load one is to run it.

    `path` as in `find_model`; `keys` are those of the settings. Raises FileNotFoundError where there
    is none and NotOurModel where we did not sign it; both say what to do.
    """
    model = find_model(path)
    verify(model, keys)
    return model


def find_model(path: Path | str | None = None) -> Path:
    """Where the model is: a file, or the newest archive in a folder, relative to the repository.

    Raises FileNotFoundError that says what to do when there is none.
    """
    path = ROOT / path if path else MODEL
    if path.is_dir():
        archives = sorted(path.glob("*.tar.gz"), key=lambda archive: archive.stat().st_mtime)
        path = archives[-1] if archives else path / MODEL.name
    if not path.exists():
        raise FileNotFoundError(f"There is no trained model at {path}: run `make train` first.")
    return path


def versions(model: Path, catalogue_version: str) -> dict[str, str]:
    """`{"model", "catalogus", "regels"}` of the contract."""
    card = read_card(model)
    return {
        "model": card.version if card else "onbekend",
        "catalogus": catalogue_version,
        "regels": rules_version(),
    }


def rules_version() -> str:
    """Short hash of what is read at run time: the safety rules and the list of abbreviations."""
    both = Screen.load().version + load_shorthand().version
    return hashlib.sha256(both.encode()).hexdigest()[:12]
